extension Shape {
    /// Reads well-known text, for example `POLYGON ((0 0, 1 0, 1 1, 0 0))`.
    ///
    /// Names in any case, heights with or without `Z`, `EMPTY` for every kind, both ways to write
    /// a `MULTIPOINT`; a fourth ordinate (`ZM`) is dropped as in ``WellKnownBinary``, and a
    /// `LINEARRING` is read as a line. Numbers are read exactly. See OGC 06-103r4, section 7.
    ///
    /// - Parameter wkt: The text of one geometry.
    /// - Throws: ``GeometryError`` (`malformed`) that names the byte where it stopped.
    public init(wkt: String) throws(GeometryError) {
        var reader = WellKnownTextReader(text: Array(wkt.utf8))
        self = try reader.wholeShape()
    }

    /// Returns the shape as well-known text.
    ///
    /// Numbers come in the fewest digits that read back as the same number, or rounded. Where any
    /// position has a height the text says `Z`, and `NaN` for heights that are missing.
    ///
    /// - Parameter decimals: The greatest number of digits after the point; all where `nil`.
    /// - Returns: The text, for example `POINT Z (127.3654 36.3721 50)`.
    public func wkt(decimals: Int? = nil) -> String {
        WellKnownTextWriter(self, decimals: decimals).text
    }
}
