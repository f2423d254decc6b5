public import Geometry

/// How a file is read.
public struct ReadingOptions: Hashable, Sendable {
    /// What to do with rings that turn the wrong way round (RFC 7946, section 3.1.6).
    public enum Winding: Hashable, Sendable {
        /// Turn them, and say so in the remarks of the collection.
        case tolerate
        /// Refuse the file.
        case refuse
    }

    /// What to do with rings that turn the wrong way round.
    public var winding: Winding
    /// The coordinate reference system of a file that names none, as a code or definition that PROJ
    /// knows.
    ///
    /// The one that a file names goes before it, unless that one is unknown or refused. Without
    /// either, positions are longitude, latitude on WGS 84.
    public var assumedCRS: String?
    /// What to do about a transformation to WGS 84 that is likely to be wrong.
    public var doubtfulTransformation = Transformation.DoubtPolicy.refuse
    /// Whether the numbers of positions stay as they stand in the file: nothing is transformed, and
    /// they need not lie on the globe.
    ///
    /// What is read so is longitude, latitude only where the file has it so. A reference system that
    /// the file names is still said of the collection, but neither looked up nor judged.
    public var keepsNumbers = false
    /// Whether ``CollectionInfo/inputs`` tells the size and the SHA-256 of what was read.
    ///
    /// The digest is a quarter of the work of reading GeoJSON.
    public var recordsInputs = true
    /// The format, where the file's name does not tell.
    public var format: FileFormat?
    /// The encoding of texts in CSV and shapefiles; told by their bytes where `nil`.
    public var encoding: TextEncoding?
    /// The column of a CSV file that holds longitudes or eastings, where its name does not tell.
    public var longitudeColumn: String?
    /// The column of a CSV file that holds latitudes or northings, where its name does not tell.
    public var latitudeColumn: String?
    /// The column of a CSV file that holds well-known text, where its name does not tell.
    public var wktColumn: String?

    /// Creates options.
    ///
    /// - Parameters:
    ///   - winding: What to do with rings that turn the wrong way round.
    ///   - assumedCRS: The coordinate reference system of a file that names none.
    ///   - format: The format, where the file's name does not tell.
    public init(
        winding: Winding = .tolerate, assumedCRS: String? = nil, format: FileFormat? = nil
    ) {
        self.winding = winding
        self.assumedCRS = assumedCRS
        self.format = format
    }

    /// Reading that refuses whatever RFC 7946 forbids, for checks.
    public static let strict = ReadingOptions(winding: .refuse)

    /// Whether the format was told by the first bytes only, so that CSV must prove itself.
    var isFormatGuessed = false
    /// How many bytes of text make one block; a block is parsed into one batch.
    var blockBytes = 8 << 20
    /// How many bytes to ask an input for at once.
    var readBytes = 1 << 20
}
