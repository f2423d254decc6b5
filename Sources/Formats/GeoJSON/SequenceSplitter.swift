import Features

/// Cuts GeoJSON features that stand one after another (RFC 8142, or one a line) into blocks.
struct SequenceSplitter: BlockSplitter {
    private var window: ByteWindow
    private let enough: (count: Int, bytes: Int)
    private var nextIndex = 0
    /// The byte that ends a feature; unknown before the first byte has been looked at.
    private var separator: UInt8?
    /// How far the window has been searched for the separator.
    private var searched = 0
    /// Where the record starts that is not complete yet.
    private var start = 0
    private var elements: [Range<Int>] = []
    private var waiting: FormatError?
    private var findings = GeoJSONBlock.Findings()

    private static let recordSeparator: UInt8 = 0x1E
    private static let featureLimit = 512 << 20

    init(_ input: any ByteInput, options: ReadingOptions) {
        window = ByteWindow(input, step: options.readBytes)
        enough = (FeatureBatch.usualCount, options.blockBytes)
    }

    /// The next block, `nil` after the last one.
    mutating func next() throws(FormatError) -> GeoJSONBlock? {
        if let waiting { throw waiting }
        do throws(FormatError) {
            if separator == nil { separator = try begin() }
            let separator = separator ?? 0x0A
            while elements.count < enough.count, start < enough.bytes {
                if let end = window.firstPlace(of: separator, from: searched) {
                    add(start..<end)
                    start = end + 1
                    searched = start
                    continue
                }
                searched = window.count
                if window.count - start > Self.featureLimit {
                    throw FormatError(
                        .truncated, at: window.place(start),
                        "the feature is greater than \(Self.featureLimit >> 20) MiB",
                        remedy: "features must stand one a line, or after the byte 0x1E")
                }
                if try window.fill() { continue }
                add(start..<window.count)
                start = window.count
                break
            }
        } catch {
            guard !elements.isEmpty else { throw error }
            waiting = error
        }
        guard !elements.isEmpty else { return nil }
        return block()
    }

    /// The system is that of RFC 7946, as no feature can name another.
    var crs: String? { nil }

    mutating func accept(_ parsed: GeoJSONBlock.Parsed) -> FeatureBatch {
        findings.merge(parsed.findings)
        return parsed.batch
    }

    func describe(_ collection: inout CollectionInfo) { collection.remarks = findings.remarks }

    /// Looks at the first byte and finds what separates features.
    private mutating func begin() throws(FormatError) -> UInt8 {
        while window.count < 4, try window.fill() {}
        if window.bytes[..<window.count].starts(with: ByteOrderMark.utf8) { start = 3 }
        if let known = KnownBytes.describe(window.bytes[..<window.count]) {
            throw FormatError(
                .unknownFormat, at: window.name, "this is no GeoJSONSeq but \(known.what)",
                remedy: known.remedy)
        }
        var first = start
        while true {
            while first < window.count, Self.isSpace(window.bytes[first]) { first += 1 }
            if first < window.count { break }
            if try !window.fill() { break }
        }
        let isMarked = first < window.count && window.bytes[first] == Self.recordSeparator
        if isMarked { start = first + 1 }
        searched = start
        return isMarked ? Self.recordSeparator : 0x0A
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
    }

    /// Adds a record without the white space around it; blank ones are skipped.
    private mutating func add(_ range: Range<Int>) {
        var (first, last) = (range.lowerBound, range.upperBound)
        while first < last, Self.isSpace(window.bytes[first]) { first += 1 }
        while first < last, Self.isSpace(window.bytes[last - 1]) { last -= 1 }
        if first < last { elements.append(first..<last) }
    }

    private mutating func block() -> GeoJSONBlock {
        var block = GeoJSONBlock(
            bytes: [], elements: elements, firstIndex: nextIndex, file: window.name,
            origin: window.origin, linesBefore: window.linesBefore, mayBeGeometry: true)
        let end = min(start, window.count)
        block.bytes = window.take(end)
        nextIndex += elements.count
        elements.removeAll(keepingCapacity: true)
        searched -= end
        start -= end
        return block
    }
}
