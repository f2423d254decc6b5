public import Features
import Geometry

/// Features from Arrow's IPC format, a stream or a file.
///
/// The first column with an extension of GeoArrow (`geoarrow.point`, `geoarrow.wkb` and so on, or
/// the older `ogc.wkb`) is the geometry, its metadata name the coordinate reference system. Whole
/// and other numbers, texts, truth values and dictionaries of these become attributes; columns of
/// other types are left out, and a remark says so. Buffers may be packed with Zstandard.
public final class ArrowSource: FeatureSource {
    /// What is known of the whole.
    public private(set) var collection: CollectionInfo
    private let input: any ByteInput
    private var reader: ArrowMessageReader
    private var system: SourceSystem
    private var fields: [ArrowField] = []
    private var dictionaries: [Int64: Column] = [:]
    private var leftOut: [String] = []
    private var nextIndex = 0
    /// Whether the bytes were written by a sink of this program just now: positions may be in any
    /// system, and stay there.
    private let isOwn: Bool
    private let keepsNumbers: Bool

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

    init(_ input: any ByteInput, options: ReadingOptions, isOwn: Bool = false) {
        self.input = input
        self.isOwn = isOwn
        keepsNumbers = options.keepsNumbers
        reader = ArrowMessageReader(input)
        collection = CollectionInfo(name: FileFormat.layerName(input.name))
        system = SourceSystem(options, file: input.name)
    }

    /// Reads the next record batch.
    ///
    /// - Returns: Its features, or `nil` after the last one.
    /// - Throws: ``FormatError`` naming the file and what is wrong with it.
    public func next() throws(FormatError) -> FeatureBatch? {
        while let message = try reader.next() {
            do throws(ArrowFault) {
                switch message.kind {
                case .schema: try readSchema(message.header)
                case .dictionary: try readDictionary(message)
                case .batch:
                    let batch = try batch(message)
                    return try placed(batch).get()
                case .other: break
                }
            } catch {
                throw waiting ?? explained(error)
            }
        }
        if fields.isEmpty {
            throw FormatError(
                .truncated, at: input.name, "the file holds no schema of Arrow",
                remedy: "write or download the file again")
        }
        return nil
    }

    private var waiting: FormatError?

    private func explained(_ fault: ArrowFault) -> FormatError {
        let place = "\(input.name), features from \(nextIndex + 1)"
        switch fault {
        case .damaged: return reader.damaged("a column that does not fit its type")
        case .packed(let how):
            return FormatError(
                .unknownFormat, at: place, "the file holds \(how), which is not read",
                remedy: how == "LZ4"
                    ? "write it without compression, or with compression=\"zstd\""
                    : "leave the column out")
        }
    }

    private func readSchema(_ header: FlatTable) throws(ArrowFault) {
        do throws(FlatTable.Damage) {
            guard try header.number(0, usual: Int16(0)) == 0 else { throw FlatTable.Damage() }
            fields = []
            for field in try header.tables(1) { fields.append(try ArrowField(field)) }
        } catch {
            throw .damaged
        }
        dictionaries = [:]
        guard !isOwn, let geometry = fields.first(where: Self.isGeometry) else { return }
        do throws(FormatError) {
            try system.named(Self.crs(geometry.extensionMetadata))
            _ = try system.transformer()
            collection.crs = system.definition
            collection.isCRSNamed = system.isNamed
        } catch {
            waiting = error
            throw .damaged
        }
    }

    private static func isGeometry(_ field: ArrowField) -> Bool {
        guard let name = field.extensionName else { return false }
        return name == "ogc.wkb" || name.hasPrefix("geoarrow.")
    }

    /// The system that the metadata of a geometry column name.
    private static func crs(_ metadata: String?) -> String? {
        guard let metadata, let json = try? JSONValue.parse(Array(metadata.utf8)),
            let crs = json["crs"], !crs.isNull
        else { return nil }
        if let text = crs.string { return text }
        // A definition in the words of PROJ, which mostly has a code as well.
        if let id = crs["id"], let authority = id["authority"]?.string, let code = id["code"] {
            if let number = code.int { return "\(authority):\(number)" }
            if let text = code.string { return "\(authority):\(text)" }
        }
        return crs.text
    }

    private func readDictionary(_ message: ArrowMessageReader.Message) throws(ArrowFault) {
        do throws(FlatTable.Damage) {
            let id: Int64 = try message.header.number(0)
            guard let data = try message.header.table(1),
                var field = fields.first(where: { $0.dictionary?.id == id })
            else { return }
            field.dictionary = nil
            let words = try vectors(data, message.body, [field]).get().first
            do throws(ArrowFault) {
                dictionaries[id] = try words?.column([:])
            } catch {
                throw FlatTable.Damage()
            }
        } catch {
            throw .damaged
        }
    }

    private func vectors(
        _ header: FlatTable, _ body: [UInt8], _ fields: [ArrowField]
    ) -> Result<[ArrowVector], FlatTable.Damage> {
        do throws(ArrowFault) {
            var reader = try ArrowVectorReader(header, body)
            var vectors: [ArrowVector] = []
            for field in fields { vectors.append(try reader.next(field)) }
            return .success(vectors)
        } catch {
            return .failure(FlatTable.Damage())
        }
    }

    private func batch(
        _ message: ArrowMessageReader.Message
    ) throws(ArrowFault) -> FeatureBatch {
        var reader = try ArrowVectorReader(message.header, message.body)
        var geometry: GeometryColumn?
        var columns: [(name: String, column: Column)] = []
        for field in fields {
            let vector = try reader.next(field)
            guard vector.count == reader.count else { throw .damaged }
            if geometry == nil, Self.isGeometry(field), let name = field.extensionName,
                let found = try vector.geometries(name)
            {
                geometry = found
            } else if let column = try vector.column(dictionaries) {
                columns.append((field.name, column))
            } else if !leftOut.contains(field.name) {
                leftOut.append(field.name)
                collection.remarks.append(
                    "the column \"\(field.name)\" (\(field.type.title)) was left out")
            }
        }
        if geometry == nil {
            guard !fields.isEmpty || reader.count == 0 else { throw .damaged }
            geometry = GeometryColumn([Shape?](repeating: nil, count: reader.count))
        }
        guard let geometry else { throw .damaged }
        var batch = FeatureBatch(geometry: geometry, firstIndex: nextIndex)
        for (name, column) in columns {
            batch.set(name, column)
            if name.lowercased() == "id", batch.ids == nil { batch.ids = column }
        }
        nextIndex += batch.count
        return batch
    }

    /// The batch with its positions in longitude and latitude, which must be on the globe.
    private func placed(_ batch: FeatureBatch) -> Result<FeatureBatch, ArrowFault> {
        guard !isOwn else { return .success(batch) }
        do throws(FormatError) {
            var batch = batch
            let last = batch.firstIndex + batch.count
            let place = "\(input.name), features \(batch.firstIndex + 1) to \(last)"
            if let transformer = try system.transformer() {
                // What is no geometry at all would become none.
                try OffGlobe.check(batch, file: input.name, keepsNumbers: true)
                batch.geometry = try transformer.apply(batch.geometry, place: place)
            }
            try OffGlobe.check(batch, file: input.name, keepsNumbers: keepsNumbers)
            collection.warnings = system.warnings
            for remark in system.remarks where !collection.remarks.contains(remark) {
                collection.remarks.append(remark)
            }
            return .success(batch)
        } catch {
            waiting = error
            return .failure(.damaged)
        }
    }
}
