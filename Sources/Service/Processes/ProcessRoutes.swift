import Formats
import HTTPTypes
import Jobs

/// The routes of OGC API – Processes.
enum ProcessRoutes {
    static func routes(of processes: ServedProcesses) -> [Route] {
        let ids = processes.catalogue.processes.map(\.id)
        let process = Parameter("processId", .path, .choice(ids), "The name of a process.")
        let job = Parameter("jobId", .path, .text, "The identifier of a job.")
        let output = Parameter("outputId", .path, .text, "The name of an output.")
        func json(_ schema: String) -> [Route.Answer] {
            [Route.Answer(type: MediaType.json, schema: schema)]
        }
        /// JSON, or a page for people.
        func both(_ schema: String) -> [Route.Answer] { json(schema) + [.html] }
        let results =
            json("results")
            + OutputForm.allCases.filter { $0 != .json }.map {
                Route.Answer(type: $0.mediaType, schema: nil)
            }
        /// Routes about jobs are for those whose jobs they are.
        func own(
            _ route: Route, _ problems: [HTTPResponse.Status] = [],
            weight: @escaping @Sendable (Call) -> Route.Weight = { _ in .light }
        ) -> Route {
            var route = route
            route.needsKey = true
            route.problems = problems
            route.weight = weight
            return route
        }
        var execute = Route(
            "execute", "/processes/{processId}/execution", by: .post, group: "Processes",
            "Runs a process: at once, or with \"Prefer: respond-async\" as a job.", [process],
            answers: results
        ) { try await $0.execute($1) }
        execute.bodySchema = "execute"
        execute.created = Route.Answer(type: MediaType.json, schema: "statusInfo")
        let failures: [HTTPResponse.Status] = [
            .gone, .unprocessableContent, .serviceUnavailable,
        ]
        return [
            Route(
                "processes", "/processes", group: "Processes", "The processes.", [.form],
                answers: both("processList")
            ) { try $0.processList($1) },
            Route(
                "process", "/processes/{processId}", group: "Processes",
                "What a process takes and gives.", [process, .form], answers: both("process")
            ) { try $0.process($1) },
            own(
                execute,
                [
                    .contentTooLarge, .unsupportedMediaType, .tooManyRequests,
                ] + failures,
                // A large body, or the features of a collection, are read before there is a job.
                weight: { $0.request.body.count > 1 << 16 ? .heavy : .light }),
            own(
                Route(
                    "jobs", "/jobs", group: "Jobs", "The jobs, the latest first.",
                    [
                        Parameter("limit", .query, .count(1...1000, usual: 100), "How many."),
                        Parameter(
                            "processID", .query, .choice(ids), "Only jobs of this process."),
                        Parameter(
                            "status", .query,
                            .choice(JobRecord.State.allCases.map(\.rawValue)),
                            "Only jobs that stand there."),
                        Parameter(
                            "before", .query, .integer,
                            "Only jobs accepted before one, by its number, as the link next says."),
                        .form,
                    ], answers: both("jobList")
                ) { try $0.jobs($1) }),
            own(
                Route(
                    "job", "/jobs/{jobId}", group: "Jobs",
                    "Where a job stands; with \"Prefer: wait=10\" told when it ends, or after that time.",
                    [job, .form], answers: both("statusInfo")
                ) { try await $0.jobStatus($1) }),
            own(
                Route(
                    "dismiss", "/jobs/{jobId}", by: .delete, group: "Jobs",
                    "Ends a job, or removes its results.", [job], answers: json("statusInfo")
                ) { try await $0.dismissJob($1) }),
            own(
                Route(
                    "results", "/jobs/{jobId}/results", group: "Jobs", "The results of a job.",
                    [job], answers: results
                ) { try $0.jobResults($1) }, failures, weight: { _ in .heavy }),
            own(
                Route(
                    "output", "/jobs/{jobId}/results/{outputId}", group: "Jobs",
                    "One output of a job.", [job, output], answers: results
                ) { try $0.jobOutput($1) }, failures, weight: { _ in .heavy }),
        ]
            + AtlasService.tileRoutes(
                at: "/jobs/{jobId}/results/{outputId}", of: "what a job has made", [job, output],
                [],
                prefix: "result-"
            ).map { own($0, failures, weight: { _ in .heavy }) }
    }

    /// The schemas by which requests and answers are described.
    static var schemas: [JSONValue.Member] {
        let text = OpenAPIDocument.text
        let object = OpenAPIDocument.object
        let list = OpenAPIDocument.list
        let reference = OpenAPIDocument.reference
        let any = JSONValue.object(["type": .string("object")])
        let time = JSONValue.object([
            "type": .string("string"), "format": .string("date-time"),
        ])
        func words(_ words: [String]) -> JSONValue {
            .object(["type": .string("string"), "enum": .array(words.map(JSONValue.string))])
        }
        let links = list(reference("link"))
        let head: KeyValuePairs<String, JSONValue?> = [
            "id": text, "title": text, "description": text, "version": text,
            "jobControlOptions": list(words(["sync-execute", "async-execute", "dismiss"])),
            "outputTransmission": list(words(["value", "reference"])),
            "inputs": any, "outputs": any, "links": links,
        ]
        let schemas: KeyValuePairs<String, JSONValue> = [
            "process": object(["id", "version"], head),
            "processList": object(
                ["processes", "links"],
                ["processes": list(reference("process")), "links": links]),
            "execute": object(
                [],
                [
                    "inputs": any,
                    "outputs": .object([
                        "type": .string("object"),
                        "additionalProperties": object(
                            [],
                            [
                                "format": object(["mediaType"], ["mediaType": text]),
                                "transmissionMode": words(["value", "reference"]),
                            ]),
                    ]),
                    "response": words(ExecuteRequest.Response.allCases.map(\.rawValue)),
                ]),
            "statusInfo": object(
                ["jobID", "status", "type"],
                [
                    "processID": text, "type": words(["process"]), "jobID": text,
                    "status": words(JobRecord.State.allCases.map(\.rawValue)), "message": text,
                    "created": time, "started": time, "finished": time, "updated": time,
                    "progress": .object([
                        "type": .string("integer"), "minimum": .int(0), "maximum": .int(100),
                    ]),
                    "links": links,
                ]),
            "jobList": object(
                ["jobs", "links"],
                ["jobs": list(reference("statusInfo")), "links": links]),
            // The report of a process may be an array.
            "results": .object(["description": .string("An output, or all in an object.")]),
        ]
        return schemas.map { JSONValue.Member(name: $0.key, value: $0.value) }
    }
}
