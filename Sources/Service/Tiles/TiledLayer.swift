import Features
import Formats
import HTTPTypes
import Jobs
import Synchronization

/// What is drawn in tiles: a collection, or the features that a job has made.
struct TiledLayer {
    /// The name of the layer in a tile.
    let name: String
    let title: String
    let description: String
    let content: CollectionContent
    /// The path of what is drawn, before that of its tiles.
    let path: String
}

extension AtlasService {
    /// What the tiles of a request show.
    ///
    /// - Throws: ``Problem`` where there is no such collection, job or output, or the output has no
    ///   features.
    func tiledLayer(_ call: Call) async throws -> TiledLayer {
        guard call["jobId"] == nil else { return try tiledResult(call) }
        let collection = try shelf.collection(call.word("collectionId"))
        let days = call["datetime"].flatMap { TimeInterval($0) }
        return TiledLayer(
            name: collection.id, title: collection.title, description: collection.description,
            content: try await collection.content(during: days),
            path: "/collections/\(RequestTarget.encoded(collection.id))")
    }

    private func tiledResult(_ call: Call) throws -> TiledLayer {
        let served = try served()
        let job = try job(call, served)
        guard job.state == .successful else { throw Problem(job) }
        let output = call.word("outputId")
        guard let (file, form) = served.runner.results(of: job).file(of: output),
            OutputForm.features.contains(form)
        else {
            throw Problem(
                .notFound, "no-such-output",
                "The job has no output \"\(output.prefix(80))\" with features.")
        }
        return TiledLayer(
            name: output, title: "\(job.process) · \(output)",
            description: "What the process \(job.process) has made.",
            content: try results.content(of: job.id + "/" + output, in: file),
            path: "/jobs/\(job.id)/results/\(RequestTarget.encoded(output))")
    }
}

/// The features of results whose tiles were asked for, the latest few.
final class ResultContents: Sendable {
    private static let most = 4
    /// The one asked for last behind the others.
    private let kept = Mutex<[(name: String, content: CollectionContent)]>([])

    /// The features of a result, which never changes.
    ///
    /// - Parameters:
    ///   - name: By which it is known.
    ///   - file: Where it is.
    /// - Returns: The features.
    /// - Throws: `FormatError` where the file cannot be read.
    func content(of name: String, in file: String) throws -> CollectionContent {
        let held = kept.withLock { kept -> CollectionContent? in
            guard let at = kept.firstIndex(where: { $0.name == name }) else { return nil }
            kept.append(kept.remove(at: at))
            return kept[kept.count - 1].content
        }
        if let held { return held }
        var options = ReadingOptions(winding: .tolerate)
        options.recordsInputs = false
        var source = try openSource(file, options: options)
        let content = try CollectionContent(source.readAll())
        kept.withLock { kept in
            kept.removeAll { $0.name == name }
            if kept.count >= Self.most { kept.removeFirst() }
            kept.append((name, content))
        }
        return content
    }
}
