/// A reference in a request to something of this very service: it is read, never fetched.
public enum ServiceReference: Hashable, Sendable {
    /// A collection.
    case collection(String)
    /// An output of a job.
    case output(job: String, name: String)

    /// Reads a reference.
    ///
    /// - Parameters:
    ///   - text: A path of this service, or its whole address: `/collections/universities/items`,
    ///     `/jobs/ID/results/NAME`. Nothing is decoded: percent signs, queries, fragments and dots
    ///     as parts of a path are refused.
    ///   - base: Where clients find this service.
    ///   - pointer: Where the reference stands.
    /// - Throws: ``RequestFault`` (`foreignReference`) for everything else.
    init(_ text: String, base: String, at pointer: String) throws(RequestFault) {
        var path = text[...]
        if !base.isEmpty, path.hasPrefix(base + "/") { path = path.dropFirst(base.count) }
        let words = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        let arePlain = words.dropFirst().allSatisfy { word in
            !word.isEmpty && word.count <= 100
                && word.unicodeScalars.allSatisfy {
                    $0.properties.isAlphabetic || $0.properties.numericType != nil
                        || $0 == "-" || $0 == "_"
                }
        }
        if arePlain, words.first == "" {
            let parts = Array(words.dropFirst())
            if parts.first == "collections", parts.count == 2 || parts.dropFirst(2) == ["items"] {
                self = .collection(parts[1])
                return
            }
            if parts.first == "jobs", parts.count == 4, parts[2] == "results" {
                self = .output(job: parts[1], name: parts[3])
                return
            }
        }
        throw RequestFault(
            .foreignReference, at: pointer,
            "\"\(text.prefix(200))\" is no collection or result of this service",
            remedy: "send the features by value, or refer to /collections/NAME/items or "
                + "/jobs/ID/results/NAME")
    }
}
