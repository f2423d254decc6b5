/// What the first bytes of a file tell, for errors that help.
enum KnownBytes {
    static func describe(
        _ bytes: some Collection<UInt8>
    ) -> (what: String, remedy: String)? {
        func begins(_ start: [UInt8]) -> Bool { bytes.starts(with: start) }
        if begins([0x1F, 0x8B]) {
            return ("a file packed with gzip twice", "unpack it once with `gunzip`")
        }
        if begins([0x50, 0x4B]) {
            return (
                "a ZIP archive", "name it .zip if it is one of GIS files, or .xlsx if a workbook"
            )
        }
        if begins([0xFF, 0xFE]) || begins([0xFE, 0xFF]) {
            return ("a text in UTF-16", "convert it with `iconv -f utf-16 -t utf-8`")
        }
        if begins([0x00, 0x00, 0x27, 0x0A]) {
            return ("a shapefile", "name it .shp, with its other files beside it")
        }
        if begins(Array("SQLite format 3".utf8)) {
            return ("a SQLite file", "if it is a GeoPackage, name it .gpkg")
        }
        if bytes.first == UInt8(ascii: "<") {
            return ("XML or HTML", "look at it: a server may have sent a page instead of the file")
        }
        let start = Array(bytes.prefix(512))
        if start.contains(0), !isText(start) {
            return ("a binary file", "name a file of text: GeoJSON, GeoJSONSeq or CSV")
        }
        return nil
    }

    /// Whether bytes are a text that holds a NUL here and there; its end may be cut.
    private static func isText(_ bytes: [UInt8]) -> Bool {
        let fault = bytes.withUnsafeBufferPointer { UTF8Check.firstFault($0) }
        return (fault ?? bytes.count) + 3 >= bytes.count
            && bytes.count(where: { $0 == 0 }) * 32 <= bytes.count
    }
}
