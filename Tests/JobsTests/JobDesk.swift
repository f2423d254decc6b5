import Foundation
import Jobs
import Studies
import TestSupport

@testable import clusteratlas

/// A folder of jobs beside a folder in which commands run, both removed in the end.
final class JobDesk: Sendable {
    static let processes = Result { try ProcessCatalogue(DeclaredOperations(), threads: 2) }

    let command: CommandRunner
    let folder: String
    let base = "http://127.0.0.1:8080"

    init() throws {
        command = try CommandRunner()
        folder = command.folder.appending(path: "kept jobs").path
    }

    func runner(
        _ limits: JobLimits = JobLimits(), retention: JobRetention = JobRetention(),
        program: String = CommandRunner.program.path
    ) async throws -> JobRunner {
        let runner = try JobRunner(
            folder: folder, program: program, limits: limits, retention: retention)
        try await runner.start()
        return runner
    }

    /// A script that stands for the program.
    func script(_ text: String) throws -> String {
        let file = command.folder.appending(path: "program")
        try ("#!/bin/bash\n" + text).write(to: file, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path)
        return file.path
    }

    /// An order that prints.
    static func order(_ words: String...) -> JobOrder {
        JobOrder(
            process: "locate", words: words,
            outputs: [.init("report", file: JobOrder.printed, form: .json)])
    }

    func order(
        _ process: String, _ body: String, runner: JobRunner? = nil
    ) throws -> JobOrder {
        let request = try ExecuteRequest(Array(body.utf8))
        return try Self.processes.get().order(request, of: process, base: base) { id, name in
            guard let runner, let job = try runner.job(id) else { return nil }
            return runner.results(of: job).file(of: name)
        }
    }

    /// A fixture as it is posted.
    func posted(_ name: String) throws -> String {
        try command.text(of: name).trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
