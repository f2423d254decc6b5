public import Features

/// Features to a GeoJSON text (RFC 7946): one FeatureCollection, one feature a line.
///
/// Exterior rings run counterclockwise and holes clockwise, whatever came in. What goes beyond
/// ±180° of longitude is cut there. Coordinates are rounded to the decimals asked for; a ring that
/// would be left with fewer than three corners keeps all its digits instead. Numbers that are not
/// finite become null. The file appears on `finish`, or not at all.
public final class GeoJSONSink: FeatureSink {
    private var pipe: TextPipe
    private let options: WritingOptions
    private let text: GeoJSONText
    private var buffer = TextBuffer()
    private let target: TargetSystem
    private var written = 0
    private var membersWritten: Set<String> = []

    /// Opens a destination.
    ///
    /// - Parameters:
    ///   - path: The file; `-` for standard output.
    ///   - options: How to write.
    /// - Throws: ``FormatError`` where nothing can be written there.
    public init(path: String, options: WritingOptions = WritingOptions()) throws(FormatError) {
        self.options = options
        target = try TargetSystem(options, file: path)
        text = GeoJSONText(
            decimals: target.decimals(options.precision), writesBoxes: options.writesBoxes,
            isOnGlobe: target.isWGS84, separator: ",\n")
        pipe = try TextPipe(path: path, options)
    }

    private func begin() {
        guard membersWritten.isEmpty else { return }
        membersWritten = ["type", "features"]
        buffer.append("{\"type\":\"FeatureCollection\",\n")
        if let crs = target.legacyMember { member("crs", json: Array(crs.utf8), isBefore: true) }
        if let collection = options.collection { members(collection, isBefore: true) }
        buffer.append("\"features\":[\n")
    }

    private func members(_ collection: CollectionInfo, isBefore: Bool) {
        if !collection.name.isEmpty {
            member("name", json: JSONText.string(collection.name.utf8), isBefore: isBefore)
        }
        for foreign in collection.foreignMembers {
            member(foreign.name, json: Array(foreign.json.utf8), isBefore: isBefore)
        }
    }

    private func member(_ name: String, json: [UInt8], isBefore: Bool) {
        guard membersWritten.insert(name).inserted else { return }
        if !isBefore { buffer.append(",\n") }
        buffer.append(jsonString: name)
        buffer.append(":")
        buffer.append(json)
        if isBefore { buffer.append(",\n") }
    }

    /// Writes a batch after those written before.
    ///
    /// Text is made on all processors; a fault may come out of a later call.
    ///
    /// - Parameter batch: The features.
    /// - Throws: ``FormatError`` naming the file and what stopped it.
    public func write(_ batch: FeatureBatch) throws(FormatError) {
        begin()
        try pipe.write(&buffer)
        try text.write(try target.transformed(batch), hasBefore: written > 0, to: &pipe)
        written += batch.count
    }

    /// Ends the collection and lets the file appear.
    ///
    /// - Parameter collection: What is said of the collection; members that were written before
    ///   the features are not written again.
    /// - Throws: ``FormatError`` naming the file and what stopped it.
    public func finish(_ collection: CollectionInfo) throws(FormatError) {
        begin()
        buffer.append(written > 0 ? "\n]" : "]")
        members(collection, isBefore: false)
        // All features must be written before the box around them is known.
        try pipe.drain()
        if options.writesBoxes, let box = pipe.box {
            buffer.append(",\n")
            text.append(box, to: &buffer)
        }
        buffer.append("}\n")
        try pipe.write(&buffer)
        try pipe.finish()
    }
}

/// The coordinate reference system that is written in.
struct TargetSystem {
    private let transformer: Transformer?
    private let name: String?
    private let file: String

    init(_ options: WritingOptions, file: String) throws(FormatError) {
        name = options.crs
        self.file = file
        guard let name else {
            transformer = nil
            return
        }
        transformer = try Transformer.to(
            name, doubtful: options.doubtfulTransformation, place: file)
    }

    /// Whether nothing is transformed.
    var isWGS84: Bool { transformer == nil }

    /// Whether coordinates are degrees.
    var isInDegrees: Bool { transformer?.isInDegrees ?? true }

    func decimals(_ wanted: Int?) -> Int {
        min(max(wanted ?? (isInDegrees ? 7 : 3), 0), 15)
    }

    /// The member "crs" of the specification of 2008, as JSON.
    var legacyMember: String? {
        guard let name, let transformer else { return nil }
        let parts = transformer.code?.split(separator: ":") ?? []
        let urn = parts.count == 2 ? "urn:ogc:def:crs:\(parts[0])::\(parts[1])" : name
        let json = String(decoding: JSONText.string(urn.utf8), as: UTF8.self)
        return "{\"type\":\"name\",\"properties\":{\"name\":\(json)}}"
    }

    /// The batch with its positions in the target system.
    func transformed(_ batch: FeatureBatch) throws(FormatError) -> FeatureBatch {
        guard let transformer else { return batch }
        var batch = batch
        batch.geometry = try transformer.apply(
            batch.geometry,
            place: "\(file), features \(batch.firstIndex + 1) to \(batch.firstIndex + batch.count)")
        return batch
    }
}
