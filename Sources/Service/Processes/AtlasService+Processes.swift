import Formats
import HTTPTypes
import Jobs
import Synchronization

extension AtlasService {
    func served() throws(Problem) -> ServedProcesses {
        if let processes { return processes }
        throw Problem(.notFound, "no-processes", "This service runs no processes.")
    }

    private static func page(_ html: String) -> ServiceResponse {
        var response = ServiceResponse(type: MediaType.html, text: html)
        response.headers[.cacheControl] = "no-store"
        return response
    }

    private static func document(
        _ value: JSONValue, _ status: HTTPResponse.Status = .ok
    ) -> ServiceResponse {
        var response = ServiceResponse(status, type: MediaType.json, text: value.text + "\n")
        response.headers[.cacheControl] = "no-store"
        return response
    }

    // MARK: Processes

    /// The list of processes.
    func processList(_ call: Call) throws -> ServiceResponse {
        let all = try served().catalogue.processes
        if try call.form() == .html {
            return ServiceResponse(type: MediaType.html, text: ProcessesPage(call, all).html)
        }
        return Self.json([
            "processes": .array(all.map { $0.summary(at: call.base) }),
            "links": .array([Link.json("self", call.base + "/processes", MediaType.json)]),
        ])
    }

    /// The description of a process.
    func process(_ call: Call) throws -> ServiceResponse {
        let process = try served().catalogue.process(call.word("processId"))
        if try call.form() == .html {
            let page = ProcessPage(call, process, needsKey: keys != nil)
            return ServiceResponse(type: MediaType.html, text: page.html)
        }
        var response = ServiceResponse(
            type: MediaType.json, text: process.json(at: call.base).text + "\n")
        response.headers[.cacheControl] = "no-cache"
        response.headers[.eTag] = EntityTag.of(response.body)
        return response
    }

    /// Runs a process: at once, or as a job where the client prefers that.
    func execute(_ call: Call) async throws -> ServiceResponse {
        let served = try served()
        let id = call.word("processId")
        _ = try served.catalogue.process(id)
        try Self.checkType(call.request)
        let request = try ExecuteRequest(call.request.body, limits: served.runner.limits)
        let features = try await referred(in: request, served, call)
        let order = try served.catalogue.order(
            request, of: id, base: call.base, collections: features
        ) { job, output in
            guard let job = try served.runner.job(job, of: call.owner), job.state == .successful
            else { return nil }
            return served.runner.results(of: job).file(of: output)
        }
        let job = try await served.runner.submit(order, owner: call.owner)
        let place = "\(call.base)/jobs/\(job.id)"
        if Preferences(call.request).isAsync {
            var response = Self.document(job.statusInfo(at: call.base), .created)
            response.headers[.location] = place
            Preferences.tell("respond-async", in: &response)
            return response
        }
        let ended = try await served.runner.end(of: job.id) ?? job
        if !ended.state.isFinal {
            // The service ends; the next one runs the job.
            throw Problem(
                JobLimitError(
                    .closing, "the service ends before the job \(job.id)",
                    remedy: "ask for it at /jobs/\(job.id) when the service is back"))
        }
        var response = try Self.results(of: ended, served, call)
        if let name = HTTPField.Name("Link") {
            response.headers[name] = "<\(place)>; rel=\"monitor\""
        }
        return response
    }

    /// The features of the collections that a request refers to and no job would find by their names.
    private func referred(
        in request: ExecuteRequest, _ served: ServedProcesses, _ call: Call
    ) async throws -> [String: [UInt8]] {
        var features: [String: [UInt8]] = [:]
        for name in request.collections(base: call.base)
        where !served.catalogue.layers.contains(name) && features[name] == nil {
            guard let collection = try? shelf.collection(name) else { continue }
            features[name] = try await collection.content().collectionText
        }
        return features
    }

    /// A body of another type could be sent by any page without being asked.
    static func checkType(_ request: ServiceRequest) throws(Problem) {
        let type = request.headers[.contentType]?.prefix { $0 != ";" }.lowercased() ?? ""
        guard type == MediaType.json || (type.hasPrefix("application/") && type.hasSuffix("+json"))
        else {
            throw Problem(
                .unsupportedMediaType, "bad-type",
                "The body is sent as application/json, or a type that ends in +json.")
        }
    }

    // MARK: Jobs

    func job(_ call: Call, _ served: ServedProcesses) throws -> JobRecord {
        let id = call.word("jobId")
        if let job = try served.runner.job(id, of: call.owner) { return job }
        throw Self.noJob(id)
    }

    private static func noJob(_ id: String) -> Problem {
        Problem(.notFound, "no-such-job", "There is no job \"\(id.prefix(80))\".")
    }

    /// Reads what a job gave.
    ///
    /// - Throws: ``Problem`` (410, 404) where the job was dismissed or forgotten since it was looked up.
    private static func reading<Result>(
        _ job: JobRecord, _ served: ServedProcesses, _ read: (JobResults) throws -> Result
    ) throws -> Result {
        do {
            return try read(served.runner.results(of: job))
        } catch let error as FormatError {
            guard let now = try served.runner.job(job.id) else { throw noJob(job.id) }
            throw now.state == .successful ? error : Problem(now)
        }
    }

    /// The jobs of the client.
    func jobs(_ call: Call) throws -> ServiceResponse {
        let limit = call.count("limit")
        let found = try served().runner.jobs(
            of: call.owner, processes: call["processID"].map { [$0] } ?? [],
            states: call["status"].flatMap { JobRecord.State(rawValue: $0) }.map { [$0] } ?? [],
            limit: limit + 1, before: call["before"].flatMap { Int64($0) })
        let shown = found.prefix(limit)
        let form = try call.form()
        var next: String?
        if found.count > limit, let last = shown.last {
            var query = "f=\(form.rawValue)&limit=\(limit)&before=\(last.number)"
            for name in ["processID", "status"] {
                if let value = call[name] { query += "&\(name)=\(value)" }
            }
            next = call.base + "/jobs?" + query
        }
        if form == .html { return Self.page(JobsPage(call, shown, next: next).html) }
        let links =
            [Link.json("self", call.base + "/jobs", MediaType.json)]
            + [next.map { Link.json("next", $0, MediaType.json) }].compactMap(\.self)
        return Self.document(
            .object([
                "jobs": .array(shown.map { $0.statusInfo(at: call.base) }),
                "links": .array(links),
            ]))
    }

    /// Where a job stands; told when it has ended, where the client prefers to wait for that.
    func jobStatus(_ call: Call) async throws -> ServiceResponse {
        let served = try served()
        let form = try call.form()
        var job = try job(call, served)
        let wait = Preferences(call.request).wait
        let deadline = ContinuousClock.now + .seconds(wait ?? 0)
        while !job.state.isFinal, ContinuousClock.now < deadline,
            !state.withLock({ $0.isEnding })
        {
            try await Task.sleep(for: .milliseconds(30))
            job = try self.job(call, served)
        }
        if form == .html { return Self.page(JobPage(call, job).html) }
        var response = Self.document(job.statusInfo(at: call.base))
        if let wait { Preferences.tell("wait=\(wait)", in: &response) }
        return response
    }

    /// Ends a job, or removes its results.
    func dismissJob(_ call: Call) async throws -> ServiceResponse {
        let served = try served()
        let job = try job(call, served)
        let ended = try await served.runner.dismiss(job.id) ?? job
        return Self.document(ended.statusInfo(at: call.base))
    }

    /// The results of a job.
    func jobResults(_ call: Call) throws -> ServiceResponse {
        let served = try served()
        return try Self.results(of: try job(call, served), served, call)
    }

    /// One output of a job.
    func jobOutput(_ call: Call) throws -> ServiceResponse {
        let served = try served()
        let job = try job(call, served)
        guard job.state == .successful else { throw Problem(job) }
        let name = call.word("outputId")
        guard let (bytes, form) = try Self.reading(job, served, { try $0.bytes(of: name) }) else {
            throw Problem(
                .notFound, "no-such-output",
                "The job has no output \"\(name.prefix(80))\". It has "
                    + job.outputs.map(\.id).joined(separator: ", ") + ".")
        }
        return Self.bytes(bytes, form)
    }

    static func results(
        of job: JobRecord, _ served: ServedProcesses, _ call: Call
    ) throws -> ServiceResponse {
        guard job.state == .successful else { throw Problem(job) }
        guard job.response == .raw, let output = job.outputs.first else {
            var response = ServiceResponse(
                type: MediaType.json,
                body: try reading(job, served) { try $0.document(at: call.base) })
            response.headers[.cacheControl] = "no-store"
            return response
        }
        if output.isReference {
            var response = ServiceResponse(.noContent)
            let address = "\(call.base)/jobs/\(job.id)/results/\(output.id)"
            if let name = HTTPField.Name("Link") {
                response.headers[name] =
                    "<\(address)>; rel=\"item\"; type=\"\(output.form.mediaType)\""
            }
            response.headers[.cacheControl] = "no-store"
            return response
        }
        guard let (bytes, form) = try reading(job, served, { try $0.bytes(of: output.id) }) else {
            throw Problem(job)
        }
        return Self.bytes(bytes, form)
    }

    private static func bytes(_ bytes: [UInt8], _ form: OutputForm) -> ServiceResponse {
        var response = ServiceResponse(type: form.mediaType, body: bytes)
        response.headers[.cacheControl] = "no-store"
        return response
    }
}
