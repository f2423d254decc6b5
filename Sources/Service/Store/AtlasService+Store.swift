import Features
import Formats
import HTTPTypes
import Jobs
import NIOPosix

extension AtlasService {
    /// The routes by which collections of a database are written.
    static func storeRoutes(_ collection: Parameter) -> [Route] {
        var put = Route(
            "import", "/collections/{collectionId}", by: .put, group: "Features",
            "Writes a collection of the database: new, or in place of the one that is there.",
            [collection], answers: [Route.Answer(type: MediaType.json, schema: "collection")]
        ) { try await $0.importCollection($1) }
        put.bodySchema = "featureCollection"
        put.created = Route.Answer(type: MediaType.json, schema: "collection")
        put.needsKey = true
        put.weight = { _ in .heavy }
        put.problems = [.conflict, .contentTooLarge, .unsupportedMediaType, .serviceUnavailable]
        var drop = Route(
            "drop", "/collections/{collectionId}", by: .delete, group: "Features",
            "Removes a collection of the database.", [collection],
            answers: [Route.Answer(type: MediaType.json, schema: nil)]
        ) { try await $0.dropCollection($1) }
        drop.needsKey = true
        drop.problems = [.conflict, .serviceUnavailable]
        return [put, drop]
    }

    /// Writes a collection of the database.
    func importCollection(_ call: Call) async throws -> ServiceResponse {
        let (stored, id) = try storedTable(call)
        try Self.checkType(call.request)
        let limits = processes?.runner.limits ?? JobLimits()
        let body = call.request.body
        let isNew = try await onDatabase { tell in
            let source = GeoJSONSource(
                bytes: body, name: "body", options: ReadingOptions(winding: .tolerate))
            var batches: [FeatureBatch] = []
            var count = 0
            do {
                while let batch = try source.next() {
                    count += batch.count
                    guard count <= limits.features else {
                        throw JobLimitError(
                            .features, at: "",
                            "more than \(limits.features) features, which are taken at most",
                            remedy: "send fewer, or write them to the database yourself")
                    }
                    batches.append(batch)
                }
            } catch let error as FormatError {
                throw Problem(.badRequest, "bad-features", "\(error)")
            }
            guard count > 0 else {
                throw Problem(.badRequest, "no-features", "There are no features in the body.")
            }
            return try stored.put(id, FeatureBatch.joining(batches), tell: tell)
        }
        let collection = try shelf.collection(id)
        var response = ServiceResponse(
            type: MediaType.json,
            text: Self.description(of: collection, try await collection.content(), call.base).text
                + "\n")
        if isNew {
            response.status = .created
            response.headers[.location] = "\(call.base)/collections/\(id)"
        }
        response.headers[.cacheControl] = "no-store"
        return response
    }

    /// Removes a collection of the database.
    func dropCollection(_ call: Call) async throws -> ServiceResponse {
        let (stored, id) = try storedTable(call)
        guard try await onDatabase({ tell in try stored.drop(id, tell: tell) }) else {
            _ = try shelf.collection(id)
            throw Problem(.notFound, "no-such-collection", "There is no table \"\(id)\".")
        }
        var response = Self.json(["dropped": .string(id)])
        response.headers[.cacheControl] = "no-store"
        return response
    }

    /// The database, and the name of the table that a request writes.
    private func storedTable(_ call: Call) throws(Problem) -> (StoredLayers, String) {
        guard let stored else {
            throw Problem(.notFound, "no-store", "This service keeps nothing in a database.")
        }
        let id = call.word("collectionId")
        let isPlain = id.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                true
            default: byte >= 0x80
            }
        }
        guard isPlain, (1...60).contains(id.utf8.count) else {
            throw Problem(
                .badRequest, "bad-name",
                "A collection is named by 1 to 60 bytes: letters, digits, hyphens and underscores.",
                parameter: "collectionId")
        }
        guard !shelf.isFixed(id) else {
            throw Problem(
                .conflict, "not-in-store",
                "\"\(id)\" is a collection of the catalogue or of a file, which is not written here."
            )
        }
        return (stored, id)
    }

    /// Looks at the database now and then, until the task is cancelled.
    ///
    /// - Parameter interval: The time between.
    public func watchStore(every interval: Duration = .seconds(5)) async {
        guard let stored else { return }
        var said = ""
        while !Task.isCancelled {
            try? await Task.sleep(for: interval)
            do {
                try await offThreads { tell in try stored.refresh(tell: tell) }
                said = ""
            } catch {
                let text = "\(error)"
                if text != said, !Task.isCancelled { log?.warn(text) }
                said = text
            }
        }
    }

    /// Reads all tables, before the service begins.
    ///
    /// - Throws: `FormatError` where the database does not answer.
    public func readStore() async throws {
        guard let stored else { return }
        try await offThreads { tell in try stored.refresh(tell: tell) }
    }

    /// Does what waits for the database away from the threads that answer.
    private func offThreads<Result: Sendable>(
        _ work: @escaping @Sendable (_ tell: (String) -> Void) throws -> Result
    ) async throws -> Result {
        let log = log
        return try await NIOThreadPool.singleton.runIfActive { try work { log?.warn($0) } }
    }

    /// Does for a client what waits for the database, which it is told in words of the service.
    private func onDatabase<Result: Sendable>(
        _ work: @escaping @Sendable (_ tell: (String) -> Void) throws -> Result
    ) async throws -> Result {
        do {
            return try await offThreads(work)
        } catch let error as FormatError {
            log?.warn("\(error)")
            if error.problem.hasPrefix("the database says:") {
                throw Problem(
                    .conflict, "refused",
                    "The database refuses that, as where a view needs the table. The service's log "
                        + "says why.")
            }
            throw error.code == .busy
                ? Problem(
                    .serviceUnavailable, "database-busy",
                    "Others hold the table in the database. Ask again when they are done.")
                : Problem(
                    .serviceUnavailable, "no-database",
                    "The database does not do that now. The service's log says why.")
        }
    }
}
