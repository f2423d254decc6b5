internal import Formats

/// What is known of a job.
public struct JobRecord: Hashable, Sendable {
    /// Its identifier: 128 bits by chance, in hexadecimal digits.
    public let id: String
    /// The process that it runs.
    public let process: String
    /// Whose it is: the name of a key; empty where the service has none.
    public let owner: String
    /// Where it stands.
    public var state: State
    /// How far it has come, in percent; `nil` where that is not known.
    public var progress: Int?
    /// What is to be told of it.
    public var message: String?
    /// Why it failed.
    public var failure: Failure?
    /// When it was accepted.
    public let created: Moment
    /// When it last began to run.
    public var started: Moment?
    /// When it ended.
    public var finished: Moment?
    /// When anything of this last changed.
    public var updated: Moment
    /// The SHA-256 of its words and of all it reads.
    public let inputs: String
    /// The bytes of its results.
    public var bytes: Int
    /// How often it was begun.
    public var attempts: Int
    /// The words of its operation.
    public let words: [String]
    /// What it gives.
    public let outputs: [JobOrder.Output]
    /// How results are sent.
    public let response: ExecuteRequest.Response
    /// Which of all jobs of the journal it is, in the order in which they were accepted; 0 before that.
    public var number: Int64 = 0

    /// Where a job stands (OGC API – Processes, `statusCode`).
    public enum State: String, Hashable, Sendable, CaseIterable {
        /// It waits.
        case accepted
        /// It runs.
        case running
        /// Its results are there.
        case successful
        /// It has no results.
        case failed
        /// Its owner does not want it any more.
        case dismissed

        /// Whether nothing more happens to it.
        public var isFinal: Bool { self != .accepted && self != .running }
    }

    /// Why a job failed.
    public enum Failure: String, Hashable, Sendable, CaseIterable {
        /// The operation found a fault in what it was given.
        case operation
        /// It ran longer than it may.
        case time
        /// It held more memory than it may.
        case memory
        /// It wrote more than it may.
        case output
        /// The program broke down.
        case program
    }

    /// Milliseconds since 1970-01-01 UTC.
    public typealias Moment = Int64
}

extension JobRecord {
    /// What has to be known to run the job, as JSON text.
    var order: String {
        JSONValue.object([
            "words": .array(words.map { .string($0) }),
            "response": .string(response.rawValue),
            "outputs": .array(
                outputs.map {
                    .object([
                        "id": .string($0.id), "file": .string($0.file),
                        "form": .string($0.form.rawValue), "reference": .bool($0.isReference),
                    ])
                }),
        ]).text
    }

    /// Reads ``order``.
    static func read(
        order text: String
    ) -> (words: [String], outputs: [JobOrder.Output], response: ExecuteRequest.Response)? {
        guard let json = try? JSONValue.parse(Array(text.utf8)),
            let words = json["words"]?.array?.compactMap(\.string),
            let response = json["response"]?.string.flatMap({
                ExecuteRequest.Response(rawValue: $0)
            }), let outputs = json["outputs"]?.array
        else { return nil }
        return (
            words,
            outputs.compactMap { output in
                guard let id = output["id"]?.string, let file = output["file"]?.string,
                    let form = output["form"]?.string.flatMap({ OutputForm(rawValue: $0) })
                else { return nil }
                return JobOrder.Output(
                    id, file: file, form: form, isReference: output["reference"]?.bool == true)
            }, response
        )
    }
}
