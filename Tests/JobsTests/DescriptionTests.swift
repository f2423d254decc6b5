import Formats
import Jobs
import Studies
import TestSupport
import Testing

@testable import clusteratlas

@Suite("Descriptions of processes") struct DescriptionTests {
    private func processes() throws -> ProcessCatalogue { try JobDesk.processes.get() }

    @Test func `eight operations are offered`() throws {
        #expect(
            try processes().processes.map(\.id) == [
                "locate", "proximity", "coverage", "catchment", "accessibility", "site-selection",
                "profile", "convergence",
            ])
    }

    @Test func `every input is a parameter of the command, and none names a file`() throws {
        for process in try processes().processes {
            for input in process.inputs {
                #expect(process.operation[input.id] == input.parameter)
                #expect(input.parameter.kind != .outputFile)
                #expect(input.parameter.kind != .inputFolder)
                if input.parameter.kind == .inputFile { #expect(input.schema == .table) }
            }
            let ids = Set(process.inputs.map(\.id))
            #expect(ids.isDisjoint(with: ["data", "output", "threads", "quiet", "format", "json"]))
        }
    }

    @Test func `every option that is a file the command writes is an output`() throws {
        let coverage = try processes().process("coverage")
        #expect(
            coverage.outputs.map(\.id).sorted() == [
                "by-facility", "demand-output", "depth", "gaps", "group-output", "result",
                "summary",
            ])
        let sites = try processes().process("site-selection")
        #expect(sites.outputs.map(\.id).sorted() == ["allocations", "areas", "report", "result"])
        #expect(try processes().process("locate").outputs.map(\.id) == ["report"])
    }

    @Test func `a description says what may be sent`() throws {
        let json = try processes().process("proximity").json(at: "http://127.0.0.1:8080")
        #expect(json["id"]?.string == "proximity")
        #expect(json["version"]?.string?.isEmpty == false)
        #expect(
            json["jobControlOptions"]?.array?.compactMap(\.string) == [
                "sync-execute", "async-execute", "dismiss",
            ])
        let from = json["inputs"]?["from"]
        #expect(from?["minOccurs"]?.int == 1)
        #expect(from?["maxOccurs"]?.int == 1)
        let names = from?["schema"]?["oneOf"]?[0]?["enum"]?.array?.compactMap(\.string)
        #expect(names?.contains("universities") == true)
        #expect(
            from?["schema"]?["oneOf"]?[1]?["format"]?.string == "geojson-feature-collection")
        #expect(json["inputs"]?["to"]?["maxOccurs"]?.int == 100)
        #expect(json["inputs"]?["k"]?["schema"]?["type"]?.string == "integer")
        #expect(json["inputs"]?["k"]?["schema"]?["default"]?.int == 1)
        #expect(
            json["inputs"]?["exclusive"]?["schema"]?["enum"]?.array?.compactMap(\.string)
                == ["optimal", "greedy"])
        let execute = json["links"]?.array?.first {
            $0["rel"]?.string?.hasSuffix("/rel/ogc/1.0/execute") == true
        }
        #expect(
            execute?["href"]?.string == "http://127.0.0.1:8080/processes/proximity/execution")
    }
}
