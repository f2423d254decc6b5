#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A file, and the layer in it that is meant: `zones.gpkg:parcels`.
///
/// A file that exists under the whole name is that file; the layer is told by the last colon behind
/// an ending of a format that holds layers.
public struct LayerAddress: Hashable, Sendable {
    /// The file, or the words that open a database.
    public var path: String
    /// The name of the layer, where one is named.
    public var layer: String?

    /// Reads an address.
    ///
    /// - Parameter text: The name of a file, perhaps with a colon and the name of a layer behind it.
    public init(_ text: String) {
        path = text
        if text.hasPrefix(FileFormat.databasePrefix) {
            let rest = text.dropFirst(FileFormat.databasePrefix.count)
            guard let colon = rest.lastIndex(of: ":") else { return }
            let name = rest[rest.index(after: colon)...]
            guard !name.isEmpty, !name.contains(where: { " ='".contains($0) }) else { return }
            path = String(text[..<colon])
            layer = String(name)
            return
        }
        guard let colon = text.lastIndex(of: ":"), access(text, F_OK) != 0 else { return }
        let before = String(text[..<colon])
        guard FileFormat(ending: FileFormat.ending(before))?.driver != nil else { return }
        path = before
        layer = String(text[text.index(after: colon)...])
    }
}
