public import Features
public import Geometry

/// How a file is written.
public struct WritingOptions: Hashable, Sendable {
    /// Digits after the decimal point of coordinates.
    ///
    /// Where `nil`, 7 in degrees (about a centimetre) and 3 in metres. Zeros at the end are left
    /// out.
    public var precision: Int?
    /// Whether each feature, and the collection, says in which box it lies.
    public var writesBoxes = false
    /// The coordinate reference system to write in; `nil` for longitude, latitude on WGS 84.
    ///
    /// GeoJSON then carries the member "crs" of the specification of 2008, which RFC 7946 removed.
    public var crs: String?
    /// The encoding of the texts of a shapefile; UTF-8 where `nil`.
    public var encoding: TextEncoding?
    /// What to do about a transformation from WGS 84 that is likely to be wrong.
    public var doubtfulTransformation = Transformation.DoubtPolicy.refuse
    /// How the file is packed; told by the last ending of its name where `nil`.
    public var compression: Compression?
    /// What is said of the collection, where it is known before the features; what
    /// `finish` is given then only adds members that are new.
    public var collection: CollectionInfo?
    /// Whether GeoJSONSeq puts the record separator (0x1E) before each feature, as RFC 8142 has it.
    public var writesRecordSeparators = false
    /// Whether CSV begins with a byte order mark, without which Excel misreads Korean.
    public var writesByteOrderMark = false
    /// The character between the fields of CSV.
    public var separator: Character = ","

    /// Creates the usual options.
    ///
    /// - Parameters:
    ///   - precision: Digits after the decimal point of coordinates.
    ///   - crs: The coordinate reference system to write in.
    public init(precision: Int? = nil, crs: String? = nil) {
        self.precision = precision
        self.crs = crs
    }
}
