import Catalogue
import CoreMetrics
import Formats
import Jobs
import Service

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The processes of a service, and the folder in which its jobs are kept.
struct KeptJobs {
    let processes: ServedProcesses
    /// A folder that goes with the service; `nil` for one that was named.
    private let passing: String?

    /// Opens the folder and begins to run what an earlier service left there.
    ///
    /// - Parameters:
    ///   - folder: The folder; `nil` for one that goes with the service.
    ///   - data: A folder of own records; `nil` for the built-in ones.
    ///   - metrics: Where jobs are counted.
    ///   - makePassing: Makes a folder that goes with the service.
    /// - Throws: Where the catalogue or the folder cannot be opened.
    init(
        in folder: String?, data: String?,
        metrics: any MetricsFactory = NOOPMetricsHandler.instance,
        makePassing: () throws -> String = { try FolderKeeping.makePassing("clusteratlas-jobs") }
    ) async throws {
        var limits = JobLimits()
        limits.concurrent = max(1, EffortOptions.processors)
        let place = try folder ?? makePassing()
        passing = folder == nil ? place : nil
        do {
            let catalogue = try ProcessCatalogue(
                DeclaredOperations(), data: data.map(Self.absolute),
                threads: max(1, EffortOptions.processors / limits.concurrent))
            let runner = try JobRunner(
                folder: place, program: StudyPlace.program, limits: limits, metrics: metrics)
            try await runner.start()
            processes = ServedProcesses(catalogue, on: runner)
        } catch {
            if let passing { FolderKeeping.remove(passing) }
            throw error
        }
    }

    /// Ends the jobs, and removes a folder that nobody named.
    func end() async {
        await processes.runner.shutdown(grace: .zero)
        if passing != nil { await processes.runner.removeFolder() }
    }

    private static func absolute(_ path: String) -> String {
        guard let resolved = realpath(path, nil) else { return path }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}
