/// Whoever knows the operations: the command line, which declares them.
///
/// The room of studies knows no command. It asks what there is, and has words checked that were put
/// together from a plan; the service that offers operations over HTTP can ask the same.
public protocol OperationCatalogue: Sendable {
    /// The operations, in the order in which people are shown them.
    var operations: [StudyOperation] { get }

    /// The names of the layers of a catalogue.
    ///
    /// - Parameter folder: Own records; `nil` for the built-in ones.
    /// - Returns: The names, and those of groups of layers.
    /// - Throws: Where there is no such catalogue.
    func layers(in folder: String?) throws -> [String]

    /// What the operation itself finds wrong with the words that would run it, before it runs.
    ///
    /// - Parameter words: The words.
    /// - Returns: What is wrong, or `nil`.
    func fault(in words: [String]) -> String?

    /// What results rest on beside their inputs: versions of the program, its libraries and the
    /// catalogue's content.
    ///
    /// - Parameter folder: Own records; `nil` for the built-in ones.
    /// - Returns: The versions.
    /// - Throws: Where the catalogue cannot be read.
    func versions(in folder: String?) throws -> StudyVersions

    /// The publications that records of the catalogue take their facts from.
    ///
    /// - Parameters:
    ///   - view: The layer that is meant, and the date on which it is seen.
    ///   - folder: Own records; `nil` for the built-in ones.
    /// - Returns: The identifiers of the sources.
    /// - Throws: Where the catalogue cannot be read.
    func sources(of view: CatalogueView, in folder: String?) throws -> Set<String>

    /// What else the results of an operation rest on, because of the files that it reads and writes.
    ///
    /// - Parameters:
    ///   - operation: The name of the operation.
    ///   - files: The names of the files.
    /// - Returns: Libraries with their versions, `none` for those that are not here.
    func libraries(of operation: String, files: [String]) -> [StudyVersions.Software]
}

/// What results rest on beside their inputs and parameters.
public struct StudyVersions: Hashable, Sendable {
    /// Names and versions of the program and its libraries, in order.
    public var software: [Software]
    /// The version of the catalogue.
    public var catalogue: String
    /// The SHA-256 of all the files of the catalogue.
    public var catalogueDigest: String

    /// A program or library.
    public struct Software: Hashable, Sendable {
        /// Its name: `proj`.
        public let name: String
        /// Its version.
        public let version: String

        /// Creates a record.
        ///
        /// - Parameters:
        ///   - name: Its name.
        ///   - version: Its version.
        public init(name: String, version: String) {
            self.name = name
            self.version = version
        }
    }

    /// Creates a record of versions.
    ///
    /// - Parameters:
    ///   - software: Names and versions of the program and its libraries.
    ///   - catalogue: The version of the catalogue.
    ///   - catalogueDigest: The SHA-256 of all its files.
    public init(software: [Software], catalogue: String, catalogueDigest: String) {
        self.software = software
        self.catalogue = catalogue
        self.catalogueDigest = catalogueDigest
    }
}
