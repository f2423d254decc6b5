/// Tiles of an online map below the layers of a page, which is then no longer drawn without a network.
///
/// Tiles are those of the Web Mercator scheme (OGC WebMercatorQuad) as pictures, by z, x and y.
public struct OnlineBase: Hashable, Sendable {
    /// The address of a tile, with `{z}`, `{x}` and `{y}`.
    public let address: String
    /// Whose map it is, as its terms want it told; shown on the map as text.
    public let credit: String
    /// The scheme and host that the page may ask for pictures: `https://tile.example.org`.
    let origin: String

    /// Names a map.
    ///
    /// - Parameters:
    ///   - address: The address of a tile, with `{z}`, `{x}` and `{y}`.
    ///   - credit: Whose map it is.
    /// - Throws: ``MapError`` (`badBase`) where the address is none of a tile, or there is no credit.
    public init(_ address: String, credit: String) throws {
        func refuse(_ problem: String, _ remedy: String) -> MapError {
            MapError(.badBase, at: "the base map \"\(address)\"", problem, remedy: remedy)
        }
        let example = "write it as https://tile.example.org/{z}/{x}/{y}.png"
        guard let origin = address.wholeMatch(of: #/(https?:\/\/[A-Za-z0-9.\-]+(?::\d+)?)\/.*/#)?.1
        else { throw refuse("does not begin with https:// and a host", example) }
        for part in ["{z}", "{x}", "{y}"] where !address.contains(part) {
            throw refuse("holds no \(part)", example)
        }
        let rest = ["{z}", "{x}", "{y}"].reduce(address) { $0.replacing($1, with: "") }
        guard !rest.contains(where: { "{}\"'<> \\".contains($0) || !$0.isASCII }) else {
            throw refuse("holds something that stands in no address", example)
        }
        if credit.isEmpty {
            throw refuse("has no credit", "say whose map it is, as its terms want it told")
        }
        self.address = address
        self.credit = credit
        self.origin = String(origin)
    }
}
