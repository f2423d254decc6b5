package import Geometry

extension JSONValue {
    /// A shape as GeoJSON results hold it (RFC 7946): to seven decimals, cut at the antimeridian,
    /// exterior rings against the clock.
    ///
    /// - Parameter shape: The shape, positions on WGS 84.
    /// - Throws: ``FormatError`` for a position that is no number, and for a polygon that crosses the
    ///   antimeridian and cannot be cut there.
    package init(geometry shape: Shape) throws(FormatError) {
        var text = GeoJSONText(decimals: 7, writesBoxes: false, isOnGlobe: true, separator: "")
        var out = TextBuffer(capacity: 1 << 10)
        do throws(Fault) {
            let isBeyond = (shape.envelope?.minX ?? 0) < -180 || (shape.envelope?.maxX ?? 0) > 180
            try text.append(isBeyond ? text.cut(shape) : shape, to: &out)
        } catch {
            throw FormatError(error.code, at: "the map", error.problem, remedy: error.remedy)
        }
        self = try JSONValue.parse(out.bytes)
    }
}
