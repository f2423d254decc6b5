public import Features

/// Features from comma-separated values (RFC 4180) with a header.
///
/// Separators are comma, semicolon, tab or bar, whichever the header has most; line ends are CRLF,
/// LF or CR; the text is UTF-8. Columns called `lon` and `lat` (in many spellings, Korean ones
/// too) become points, a column called `wkt`, `geometry` or `geom` geometries of any kind; those
/// columns are not attributes as well. Without either, features have no geometry and a remark says
/// so. Empty fields are null. A column holds whole numbers, numbers or texts; numbers with leading
/// zeros and whole numbers of more than 18 digits are codes, hence texts. A column's type is found
/// batch by batch and only widens: once text, always text. A column `id` is an attribute and the
/// identifier of the features.
public final class CSVSource: FeatureSource {
    /// What is remarked of a table that has no columns of coordinates.
    package static let withoutCoordinates =
        "no columns of coordinates were found (lon and lat, or wkt), so features have no geometry"

    private var blocks: BlockSource<CSVSplitter>

    /// What is known of the whole.
    public var collection: CollectionInfo { blocks.collection }

    /// Opens a file.
    ///
    /// - Parameters:
    ///   - path: The file; `-` for standard input.
    ///   - options: How to read.
    /// - Throws: ``FormatError`` where the file cannot be opened.
    public convenience init(
        path: String, options: ReadingOptions = ReadingOptions()
    ) throws(FormatError) {
        self.init(try Inputs.open(path), options: options)
    }

    /// Reads a text that is in memory.
    ///
    /// - Parameters:
    ///   - bytes: The text as UTF-8.
    ///   - name: The name by which errors call it.
    ///   - options: How to read.
    public convenience init(
        bytes: [UInt8], name: String = "CSV", options: ReadingOptions = ReadingOptions()
    ) {
        self.init(MemoryInput(bytes, name: name), options: options)
    }

    init(_ input: any ByteInput, options: ReadingOptions) {
        blocks = BlockSource(
            CSVSplitter(input, options: options), file: input.name, options: options)
    }

    /// Reads the next block of rows.
    ///
    /// - Returns: Its features, or `nil` after the last one.
    /// - Throws: ``FormatError`` naming the file, the feature and the line.
    public func next() throws(FormatError) -> FeatureBatch? { try blocks.next() }
}
