import Features

/// Cuts a GeoJSON text into blocks of whole features and collects what stands around them.
struct CollectionSplitter: BlockSplitter {
    /// What the top level says of the collection.
    private(set) var head = CollectionHead()
    private var window: ByteWindow
    private let enough: (count: Int, bytes: Int)
    private var state = State.start
    private var at = 0
    private var scanner = ElementScanner(at: 0)
    private var nextIndex = 0
    /// An error that comes after features that are still to be given out.
    private var waiting: FormatError?
    private var findings = GeoJSONBlock.Findings()

    private enum State { case start, features, done }

    /// The greatest feature that is read, in bytes.
    private static let featureLimit = 512 << 20

    init(_ input: any ByteInput, options: ReadingOptions) {
        window = ByteWindow(input, step: options.readBytes)
        enough = (FeatureBatch.usualCount, options.blockBytes)
    }

    /// The next block, `nil` after the last one.
    mutating func next() throws(FormatError) -> GeoJSONBlock? {
        if let waiting { throw waiting }
        do throws(FormatError) {
            switch state {
            case .start:
                if let single = try begin() { return single }
                if state == .done { return nil }
            case .features: break
            case .done: return nil
            }
            return try splitFeatures()
        } catch {
            guard !scanner.elements.isEmpty else { throw error }
            waiting = error
            return block(scanner.elements)
        }
    }

    var crs: String? { head.crs }

    mutating func accept(_ parsed: GeoJSONBlock.Parsed) -> FeatureBatch {
        findings.merge(parsed.findings)
        return parsed.batch
    }

    func describe(_ collection: inout CollectionInfo) {
        collection.foreignMembers = head.foreignMembers
        if let name = head.name { collection.name = name }
        collection.remarks = findings.remarks
    }

    // MARK: The top level

    /// Reads up to the features; gives the block where the text is a single feature or geometry.
    private mutating func begin() throws(FormatError) -> GeoJSONBlock? {
        while window.count < 4, try window.fill() {}
        if window.bytes[..<window.count].starts(with: ByteOrderMark.utf8) { at = 3 }
        let start = try attempt { scanner throws(Fault) in
            guard try scanner.peek() == UInt8(ascii: "{") else { throw Self.notGeoJSON(scanner) }
            return scanner.at
        }
        at = start
        let hasMembers = try attempt { scanner throws(Fault) in
            (try scanner.enterObject(), scanner.at)
        }
        at = hasMembers.1
        if hasMembers.0, try readMembers() {
            state = .features
            scanner = ElementScanner(at: at)
            return nil
        }
        try checkEnd()
        state = .done
        try head.checkSingle(place: window.place(start))
        let single = start..<at
        head.forgetMembersOfFeature()
        return block([single], mayBeGeometry: true)
    }

    /// Reads members until the features begin (true) or the object ends (false).
    private mutating func readMembers() throws(FormatError) -> Bool {
        while true {
            let head = self.head
            let found = try attempt { scanner throws(Fault) -> Member in
                let key = try scanner.key()
                let name = scanner.text(key)
                let first = try scanner.peek()
                if name == "features", head.mayBeCollection {
                    guard first == UInt8(ascii: "[") else {
                        throw Fault(
                            .structure, at: scanner.at,
                            "\"features\" must be an array, found \(scanner.described(scanner.at))")
                    }
                    guard !head.hasFeatures else {
                        throw Fault(
                            .structure, at: key.start, "there is a second member \"features\"")
                    }
                    return Member(name: name, value: nil, goesOn: true, at: scanner.at + 1)
                }
                let start = scanner.at
                try scanner.skipValue(depth: 1)
                let end = scanner.at
                let goesOn = try scanner.anotherMember()
                return Member(name: name, value: start..<end, goesOn: goesOn, at: scanner.at)
            }
            at = found.at
            guard let value = found.value else {
                self.head.hasFeatures = true
                return true
            }
            do throws(Fault) {
                try window.bytes.withUnsafeBufferPointer { bytes throws(Fault) in
                    try self.head.add(
                        found.name,
                        JSONScanner(bytes, from: value.lowerBound, to: value.upperBound))
                }
            } catch {
                throw FormatError(
                    error.code, at: window.place(error.at), error.problem, remedy: error.remedy)
            }
            if !found.goesOn { return false }
        }
    }

    private struct Member {
        var name: String
        var value: Range<Int>?
        var goesOn: Bool
        var at: Int
    }

    /// Tries to read something, with more and more of the input until it fits.
    private mutating func attempt<Result>(
        _ read: (inout JSONScanner) throws(Fault) -> Result
    ) throws(FormatError) -> Result {
        while true {
            let fault: Fault
            do throws(Fault) {
                return try window.bytes.withUnsafeBufferPointer { bytes throws(Fault) in
                    var scanner = JSONScanner(bytes, from: at, to: window.count)
                    return try read(&scanner)
                }
            } catch {
                fault = error
            }
            if fault.isEnd, !window.isAtEnd {
                let wanted = max(2 * (window.count - at), 1)
                while window.count - at < wanted, try window.fill() {}
                continue
            }
            if fault.isEnd { throw truncated() }
            throw FormatError(
                fault.code, at: window.place(fault.at), fault.problem, remedy: fault.remedy)
        }
    }

    private func truncated() -> FormatError {
        let isBlank = window.bytes[..<window.count].allSatisfy {
            $0 <= 0x20 || ByteOrderMark.utf8.contains($0)
        }
        if window.origin == 0, isBlank {
            return FormatError(
                .truncated, at: window.name, "the file is empty",
                remedy: "an empty collection is {\"type\":\"FeatureCollection\",\"features\":[]}")
        }
        return FormatError(
            .truncated, at: window.place(window.count), "the file ends in the middle of a value",
            remedy: "write or download the file again; it has been cut short")
    }

    private static func notGeoJSON(_ scanner: JSONScanner) -> Fault {
        let start = scanner.at
        if let kind = KnownBytes.describe(scanner.bytes[..<scanner.end]) {
            return Fault(
                .unknownFormat, at: start, "this is no GeoJSON but \(kind.what)",
                remedy: kind.remedy)
        }
        return Fault(
            .unknownFormat, at: start,
            "this is no GeoJSON: it begins with \(scanner.described(start)) instead of '{'",
            remedy: "name a file of GeoJSON (RFC 7946), GeoJSONSeq or CSV")
    }

    private mutating func checkEnd() throws(FormatError) {
        while true {
            let rest = window.bytes[at..<window.count]
            if let other = rest.firstIndex(where: { ![0x20, 0x0A, 0x0D, 0x09].contains($0) }) {
                throw FormatError(
                    .syntax, at: window.place(other), "something follows the end of the object",
                    remedy: window.bytes[other] == UInt8(ascii: "{")
                        ? "features one after another are GeoJSONSeq: name the file .geojsonl"
                        : nil)
            }
            guard try window.fill() else { return }
        }
    }

    // MARK: Features

    private mutating func splitFeatures() throws(FormatError) -> GeoJSONBlock? {
        while true {
            let stop: ElementScanner.Stop
            do throws(Fault) {
                stop = try window.bytes.withUnsafeBufferPointer { bytes throws(Fault) in
                    try scanner.scan(bytes, to: window.count, enough: enough)
                }
            } catch {
                let number = nextIndex + scanner.elements.count + 1
                throw FormatError(
                    error.code, at: place(error.at, feature: number), error.problem,
                    remedy: error.remedy)
            }
            switch stop {
            case .isFull: return block(scanner.elements)
            case .needsMore:
                if let open = scanner.openElement, window.count - open > Self.featureLimit {
                    throw FormatError(
                        .truncated,
                        at: place(open, feature: nextIndex + scanner.elements.count + 1),
                        "the feature is greater than \(Self.featureLimit >> 20) MiB",
                        remedy: "look for a quotation mark or brace that is missing")
                }
                guard try window.fill() else { throw truncatedFeature() }
            case .ended:
                try endFeatures()
                return scanner.elements.isEmpty ? nil : block(scanner.elements)
            }
        }
    }

    private mutating func endFeatures() throws(FormatError) {
        at = scanner.at
        state = .done
        let (goesOn, next) = try attempt { scanner throws(Fault) in
            (try scanner.anotherMember(), scanner.at)
        }
        at = next
        if goesOn { _ = try readMembers() }
        try checkEnd()
        try head.checkCollection(place: window.name)
    }

    private func place(_ at: Int, feature: Int) -> String {
        let line = window.place(at).dropFirst(window.name.count)
        return "\(window.name), feature \(feature)\(line)"
    }

    /// The error for an end inside the features: what breaks the grammar before the end, if
    /// something does, and otherwise that the file ends.
    private func truncatedFeature() -> FormatError {
        let number = nextIndex + scanner.elements.count + 1
        guard let open = scanner.openElement else {
            return FormatError(
                .truncated, at: window.place(window.count),
                "the file ends before the \"features\" do (after feature \(number - 1))",
                remedy: "write or download the file again; it has been cut short")
        }
        let partial = GeoJSONBlock(
            bytes: window.bytes, elements: [open..<window.count], firstIndex: number - 1,
            file: window.name, origin: window.origin, linesBefore: window.linesBefore)
        do throws(Fault) {
            try window.bytes.withUnsafeBufferPointer { bytes throws(Fault) in
                var scanner = JSONScanner(bytes, from: open, to: window.count)
                try scanner.skipValue(depth: 2)
            }
        } catch {
            if !error.isEnd { return partial.error(error, element: 0) }
        }
        var fault = Fault.end(at: window.count)
        fault.problem = "the file ends in the middle of this feature"
        return partial.error(fault, element: 0)
    }

    /// Hands over elements as a block.
    private mutating func block(
        _ elements: [Range<Int>], mayBeGeometry: Bool = false
    ) -> GeoJSONBlock {
        let end = elements.last?.upperBound ?? 0
        var block = GeoJSONBlock(
            bytes: [], elements: elements, firstIndex: nextIndex, file: window.name,
            origin: window.origin, linesBefore: window.linesBefore, mayBeGeometry: mayBeGeometry)
        block.bytes = window.take(end)
        nextIndex += elements.count
        scanner.rebase(end)
        return block
    }
}
