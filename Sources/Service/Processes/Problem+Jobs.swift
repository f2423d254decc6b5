import Formats
import HTTPTypes
import Jobs

extension Problem {
    /// What is wrong with a request to run a process.
    init(_ fault: RequestFault) {
        let status: HTTPResponse.Status =
            switch fault.code {
            case .noSuchProcess: .notFound
            default: .badRequest
            }
        let text = fault.problem + (fault.remedy.map { ". To fix: \($0)" } ?? "")
        self.init(
            status, fault.code.rawValue, text,
            parameter: fault.pointer.isEmpty ? nil : fault.pointer)
    }

    /// A limit that a request does not keep.
    init(_ error: JobLimitError) {
        let status: HTTPResponse.Status =
            switch error.limit {
            case .bodyBytes, .features, .vertices: .contentTooLarge
            case .queued: .tooManyRequests
            case .seconds, .memory, .outputBytes: .unprocessableContent
            case .closing: .serviceUnavailable
            }
        let text = error.problem + (error.remedy.map { ". To fix: \($0)" } ?? "")
        self.init(
            status, error.limit.rawValue, text,
            parameter: error.place.isEmpty ? nil : error.place)
    }

    /// Why a job has no results.
    init(_ job: JobRecord) {
        let message = job.message ?? ""
        switch (job.state, job.failure) {
        case (.failed, .operation?):
            self.init(.unprocessableContent, "job-failed", message)
        case (.failed, .time?):
            self.init(.unprocessableContent, JobLimitError.Limit.seconds.rawValue, message)
        case (.failed, .memory?):
            self.init(.unprocessableContent, JobLimitError.Limit.memory.rawValue, message)
        case (.failed, .output?):
            self.init(.unprocessableContent, JobLimitError.Limit.outputBytes.rawValue, message)
        case (.failed, _):
            self.init(.internalServerError, "job-broken", message)
        case (.dismissed, _):
            self.init(.gone, "job-dismissed", "The job was dismissed, and its results are gone.")
        default:
            self.init(
                .notFound, "result-not-ready",
                "The job is \(job.state.rawValue). Its state is told at /jobs/\(job.id).")
        }
    }

    /// What an error of the keeping of jobs tells a client; `nil` for other errors.
    ///
    /// What is wrong with the service's disk is for its log.
    static func ofJobs(_ error: any Error) -> Problem? {
        if let fault = error as? RequestFault { return Problem(fault) }
        if let limit = error as? JobLimitError { return Problem(limit) }
        if let error = error as? FormatError, error.code == .unwritable || error.code == .noSpace {
            return Problem(
                HTTPResponse.Status(code: 507, reasonPhrase: "Insufficient Storage"),
                "jobs-not-kept",
                "The service cannot keep its jobs at present, as on a full disk. Its log says more, by "
                    + "the request's identifier.")
        }
        return nil
    }

    /// The kinds that OGC API – Processes names itself.
    static let standardKinds: Set<String> = [
        "no-such-process", "no-such-job", "result-not-ready",
    ]
}
