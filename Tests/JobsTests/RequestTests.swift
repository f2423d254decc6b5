import Formats
import Jobs
import TestSupport
import Testing

@Suite("Requests to run a process") struct RequestTests {
    static let point = #"""
        {"type":"FeatureCollection","features":[{"type":"Feature","properties":{},
        "geometry":{"type":"Point","coordinates":[127.3,36.3]}}]}
        """#

    private func fault(_ body: String, of process: String = "proximity") throws -> RequestFault? {
        let desk = try JobDesk()
        return #expect(throws: RequestFault.self) { try desk.order(process, body) }
    }

    @Test func `a request becomes the words of the command`() throws {
        let body = #"""
            {"inputs": {"from": \#(Self.point), "to": ["universities", {"value": \#(Self.point)}],
              "k": 3, "within": "10km", "pairs": true, "shapes": false},
             "outputs": {"result": {"format": {"mediaType": "text/csv"}}}}
            """#
        let order = try JobDesk().order("proximity", body)
        #expect(
            order.words == [
                "proximity", "from.geojson", "--to", "universities", "--to", "to-2.geojson", "-k",
                "3", "--within", "10km", "--pairs", "--output", "result.csv", "--threads", "2",
            ])
        #expect(order.inputs.map(\.name) == ["from.geojson", "to-2.geojson"])
        #expect(order.inputs.map(\.pointer) == ["/inputs/from", "/inputs/to/1/value"])
        guard case .bytes(let bytes) = order.inputs[0].content else { return }
        #expect(String(decoding: bytes, as: UTF8.self) == Self.point)
    }

    @Test(arguments: [
        ("", ""), ("[1]", ""), ("{\"inputs\":", ""), ("{\"inputs\": 3}", "/inputs"),
        (#"{"input": {}}"#, "/input"), (#"{"inputs": {}, "inputs": {}}"#, "/inputs"),
        (#"{"response": "xml"}"#, "/response"),
        (#"{"subscriber": {"successUri": "http://127.0.0.1:1/"}}"#, "/subscriber"),
        (#"{"outputs": {"result": 3}}"#, "/outputs/result"),
        (
            #"{"outputs": {"result": {"transmissionMode": "mail"}}}"#,
            "/outputs/result/transmissionMode"
        ),
    ])
    func `what is no execute request is refused with its place`(
        body: String, pointer: String
    ) throws {
        #expect(try fault(body)?.pointer == pointer)
    }

    @Test(arguments: [
        (#""from": "universities""#, "/inputs"),
        (#""to": "universities""#, "/inputs/from"),
        (#""from": "clusters", "to": "universities", "kk": 1"#, "/inputs/kk"),
        (#""from": "clusters", "to": "universities", "a/b~c": 1"#, "/inputs/a~1b~0c"),
        (#""from": "clusters", "to": "universities", "k": "3""#, "/inputs/k"),
        (#""from": "clusters", "to": "universities", "k": 1.5"#, "/inputs/k"),
        (#""from": "clusters", "to": "universities", "k": [1, 2]"#, "/inputs/k"),
        (#""from": "clusters", "to": "universities", "k": 0"#, "/inputs"),
        (#""from": "clusters", "to": "universities", "within": "-5km""#, "/inputs/within"),
        (#""from": "clusters", "to": "universities", "within": "5 miles""#, "/inputs/within"),
        (#""from": "clusters", "to": "universities", "pairs": "yes""#, "/inputs/pairs"),
        (#""from": "clusters", "to": "universities", "exclusive": "best""#, "/inputs/exclusive"),
        (#""from": "clusters", "to": "universities", "each": "a\nb""#, "/inputs/each"),
        (#""from": "clusters", "to": ["universities", "nowhere"]"#, "/inputs/to/1"),
        (#""from": {"type": "Feature"}, "to": "universities""#, "/inputs/from"),
        (#""from": {"value": {"type": "Point"}}, "to": "universities""#, "/inputs/from/value"),
        (#""from": {"value": "clusters", "x": 1}, "to": "universities""#, "/inputs/from/x"),
        (#""from": "clusters", "to": "universities", "k": {"value": "x"}"#, "/inputs/k/value"),
    ])
    func `values are checked by the schema, with their place`(
        inputs: String, pointer: String
    ) throws {
        #expect(try fault("{\"inputs\": {\(inputs)}}")?.pointer == pointer)
    }

    @Test(arguments: [
        "/etc/passwd", "../../etc/passwd", "from.geojson", "./x.geojson", "-", "--help",
        "PG:host=127.0.0.1", "/vsicurl/http://127.0.0.1:1/x.geojson", "http://127.0.0.1:1/x",
        "clusters.geojson", "data.zip:layer", "~/x.csv", "universities\u{0}",
    ])
    func `no path and no address becomes a layer`(name: String) throws {
        let text = JSONValue.string(name).text
        for (process, input, other) in [
            ("proximity", "from", #""to": "universities""#),
            ("proximity", "to", #""from": "universities""#),
            ("profile", "layers", #""cluster": "ic-wonju""#),
            ("profile", "demand", #""cluster": "ic-wonju", "weight": "people""#),
            ("convergence", "judge", #""layer": "innovation-cities""#),
            ("convergence", "layer", #""least": 2"#),
            ("site-selection", "candidates", #""model": "p-median", "p": 1, "demand": "ports""#),
        ] {
            let found = try fault(
                "{\"inputs\": {\"\(input)\": \(text), \(other)}}", of: process)
            #expect(found?.code == .badInput)
            #expect(found?.pointer == "/inputs/\(input)")
        }
    }

    @Test(arguments: [
        "http://169.254.169.254/latest/meta-data", "http://localhost:22/", "file:///etc/passwd",
        "https://127.0.0.1:8080/collections/universities", "http://127.0.0.1:80801/collections/x",
        "http://127.0.0.1:8080@evil.example/collections/x", "//evil.example/collections/x",
        "/collections/../jobs", "/collections/%2e%2e/x", "/collections/universities/items?limit=1",
        "/collections/universities#x", "/collections", "/collections//items", "/jobs/../results/x",
        "/jobs/0/results", "/jobs/0/results/a/b", "collections/universities", "", "\\\\host\\share",
        "http://127.0.0.1:8080/collections/a b",
    ])
    func `an address that is none of this service is refused, and never fetched`(
        address: String
    ) throws {
        let text = JSONValue.string(address).text
        let found = try fault(
            "{\"inputs\": {\"from\": {\"href\": \(text)}, \"to\": \"universities\"}}")
        #expect(found?.code == .foreignReference)
        #expect(found?.pointer == "/inputs/from/href")
    }

    @Test func `a collection of this service can be referred to`() throws {
        for address in [
            "/collections/universities/items", "/collections/universities",
            "http://127.0.0.1:8080/collections/universities/items",
        ] {
            let order = try JobDesk().order(
                "proximity",
                "{\"inputs\": {\"from\": {\"href\": \"\(address)\"}, \"to\": \"ports\"}}")
            #expect(order.words.prefix(2) == ["proximity", "universities"])
        }
        let unknown = try fault(
            #"{"inputs": {"from": {"href": "/collections/nowhere"}, "to": "ports"}}"#)
        #expect(unknown?.pointer == "/inputs/from/href")
        let result = try fault(
            #"{"inputs": {"from": {"href": "/jobs/0/results/result"}, "to": "ports"}}"#)
        #expect(result?.pointer == "/inputs/from/href")
    }

    @Test(arguments: [
        "/etc/passwd", "+proj=longlat +nadgrids=@/etc/passwd", "+init=file:x",
        "http://127.0.0.1:1/crs", "EPSG:5179 ", "GEOGCRS[]",
    ])
    func `reference systems are named by codes only`(name: String) throws {
        let text = JSONValue.string(name).text
        let inputs = #""from": "clusters", "to": "ports""#
        let written = try fault("{\"inputs\": {\(inputs), \"crs\": \(text)}}")
        #expect(written?.pointer == "/inputs/crs")
        let member =
            "{\"type\":\"FeatureCollection\",\"features\":[],"
            + "\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\(text)}}}"
        let read = try fault("{\"inputs\": {\"from\": \(member), \"to\": \"ports\"}}")
        #expect(read?.pointer == "/inputs/from/crs")
    }

    @Test func `values that look like options stay values`() throws {
        let bare = try fault(#"{"inputs": {"text": "--data=/etc"}}"#, of: "locate")
        #expect(bare?.pointer == "/inputs/text")
        let order = try JobDesk().order("locate", #"{"inputs": {"at": "-122.4,37.8"}}"#)
        #expect(order.words == ["locate", "--at=-122.4,37.8", "--json"])
    }

    @Test func `outputs that are none, or of no such form, are refused`() throws {
        let inputs = #""inputs": {"from": "clusters", "to": "ports"}"#
        #expect(try fault("{\(inputs), \"outputs\": {\"x\": {}}}")?.pointer == "/outputs/x")
        let form = #"{"result": {"format": {"mediaType": "application/zip"}}}"#
        #expect(
            try fault("{\(inputs), \"outputs\": \(form)}")?.pointer
                == "/outputs/result/format/mediaType")
        let both = #""outputs": {"result": {}, "summary": {}}"#
        #expect(try fault("{\(inputs), \(both)}")?.pointer == "/outputs")
        let order = try JobDesk().order(
            "proximity", "{\(inputs), \(both), \"response\": \"document\"}")
        #expect(order.outputs.map(\.file) == ["result.geojson", JobOrder.printed])
    }

    @Test func `there is no other process`() throws {
        #expect(try fault("{}", of: "convert")?.code == .noSuchProcess)
        #expect(try fault("{}", of: "run")?.code == .noSuchProcess)
        #expect(try fault("{}", of: "../locate")?.code == .noSuchProcess)
    }

    @Test func `a body larger than the limit is refused`() throws {
        var limits = JobLimits()
        limits.bodyBytes = 10
        let error = #expect(throws: JobLimitError.self) {
            try ExecuteRequest(Array(#"{"inputs": {}}"#.utf8), limits: limits)
        }
        #expect(error?.limit == .bodyBytes)
    }
}
