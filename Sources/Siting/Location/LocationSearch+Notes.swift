internal import Features

/// How a search is noted between two nodes of its tree, and goes on from there.
extension LocationSearch {
    /// The parts of the tree that are left, and what is known of those that are done.
    struct Rest {
        var pending: [Pending]
        /// The least bound of what was left behind.
        var open = Double.infinity
        var isPlunging = true
    }

    /// The greatest note that is written, in bytes.
    private static let mostBytes = 300_000_000

    /// Notes how far the search has come, where it is time.
    func note(_ rest: Rest, always: Bool = false) {
        guard let notes = limits.notes, let notePath, always || notes.isDue, !isLate else { return }
        let entries = rest.pending.reduce(0) { $0 + $1.core.sites.count }
        guard entries * 12 + kept * root.rows * 8 <= Self.mostBytes else { return }
        notes.write(notePath) { write(rest, to: &$0) }
    }

    /// Takes up what was noted of this very search.
    ///
    /// - Returns: What is left to do; `nil` where nothing was noted that can be used.
    mutating func restore() -> Rest? {
        guard let notePath, var reader = SearchNoteReader(notePath) else { return nil }
        var restored = self
        guard let rest = try? restored.read(&reader), (try? reader.isWhole()) == true else {
            return nil
        }
        self = restored
        limits.notes?.noteRestored()
        return rest
    }

    /// What the search is about, as a number.
    private var question: UInt64 {
        var sum = NoteSum()
        root.starts.withUnsafeBytes { sum.add($0) }
        root.sites.withUnsafeBytes { sum.add($0) }
        for numbers in [root.costs, root.fallback, root.opening] {
            numbers.withUnsafeBytes { sum.add($0) }
        }
        let more: [Double] = [
            root.fixed, Double(root.least), Double(root.most), root.isCovering ? 1 : 0, limits.gap,
            limits.ceiling ?? .infinity, limits.total ?? .infinity, Double(limits.multipliers),
        ]
        more.withUnsafeBytes { sum.add($0) }
        return sum.value
    }

    /// The form of the notes.
    private static let form = 1

    private func write(_ rest: Rest, to writer: inout SearchNoteWriter) {
        writer.put(one: Self.form)
        writer.put(one: question)
        writer.put(one: cost)
        writer.put(one: incumbent != nil)
        writer.put(incumbent ?? [])
        writer.put(one: nodes)
        writer.put(one: kept)
        writer.put(one: isComplete)
        writer.put(rootMultipliers)
        writer.put(one: rootBound)
        writer.put(gains.numbers)
        writer.put(one: searched.count)
        for choice in searched.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
            writer.put(choice)
        }
        writer.put(one: tree.count)
        for node in tree {
            writer.put(one: node.multipliers.count)
            for multipliers in node.multipliers { writer.put(multipliers) }
            writer.put([Int(node.site ?? -1), node.chosen, node.closed])
        }
        writer.put(one: rest.open)
        writer.put(one: rest.isPlunging)
        writer.put(one: rest.pending.count)
        for part in rest.pending { part.write(to: &writer) }
    }

    private mutating func read(
        _ reader: inout SearchNoteReader
    ) throws(SearchNoteReader.Damage) -> Rest {
        guard try reader.one(Int.self) == Self.form, try reader.one(UInt64.self) == question else {
            throw SearchNoteReader.Damage()
        }
        cost = try reader.one(Double.self)
        let isKnown = try reader.one(UInt8.self) != 0
        let choice = try reader.list(of: Int32.self)
        incumbent = isKnown ? choice : nil
        nodes = try reader.one(Int.self)
        kept = try reader.one(Int.self)
        isComplete = try reader.one(UInt8.self) != 0
        rootMultipliers = try reader.list(of: Double.self)
        rootBound = try reader.one(Double.self)
        gains = DivisionGains(numbers: try reader.list(of: Double.self))
        searched = []
        for _ in 0..<max(0, try reader.one(Int.self)) {
            searched.insert(try reader.list(of: Int32.self))
        }
        tree = []
        for _ in 0..<max(0, try reader.one(Int.self)) {
            var node = BoundCertificate.Node()
            for _ in 0..<max(0, try reader.one(Int.self)) {
                node.multipliers.append(try reader.list(of: Double.self))
            }
            let places = try reader.list(of: Int.self)
            guard places.count == 3 else { throw SearchNoteReader.Damage() }
            node.site = places[0] < 0 ? nil : Int32(truncatingIfNeeded: places[0])
            (node.chosen, node.closed) = (places[1], places[2])
            tree.append(node)
        }
        var rest = Rest(
            pending: [], open: try reader.one(Double.self),
            isPlunging: try reader.one(UInt8.self) != 0)
        for _ in 0..<max(0, try reader.one(Int.self)) {
            var pending = try Pending(&reader)
            pending.core.pace = root.pace
            rest.pending.append(pending)
        }
        return rest
    }
}

extension LocationSearch.Pending {
    fileprivate func write(to writer: inout SearchNoteWriter) {
        core.write(to: &writer)
        writer.put(multipliers)
        writer.put(one: share != nil)
        writer.put(share ?? [])
        writer.put(one: bound)
        writer.put(one: place)
        writer.put(one: division != nil)
        writer.put(one: division?.site ?? 0)
        writer.put(one: division?.decision.rawValue ?? 0)
        writer.put(one: division?.share ?? 0)
    }

    fileprivate init(_ reader: inout SearchNoteReader) throws(SearchNoteReader.Damage) {
        core = try LocationCore(&reader)
        multipliers = try reader.list(of: Double.self)
        let isShared = try reader.one(UInt8.self) != 0
        let shares = try reader.list(of: Double.self)
        share = isShared ? shares : nil
        bound = try reader.one(Double.self)
        place = try reader.one(Int.self)
        let isDivided = try reader.one(UInt8.self) != 0
        let site = try reader.one(Int32.self)
        let decision = LocationCore.Decision(rawValue: try reader.one(UInt8.self))
        let part = try reader.one(Double.self)
        if isDivided {
            guard let decision else { throw SearchNoteReader.Damage() }
            division = (site, decision, part)
        }
    }
}

extension LocationCore {
    fileprivate func write(to writer: inout SearchNoteWriter) {
        writer.put(starts)
        writer.put(sites)
        writer.put(costs)
        writer.put(fallback)
        writer.put(rowOfFirst)
        writer.put(opening)
        writer.put(siteNumbers)
        writer.put(opened)
        writer.put(one: fixed)
        writer.put(one: isCovering)
        writer.put([least, most])
    }

    fileprivate init(_ reader: inout SearchNoteReader) throws(SearchNoteReader.Damage) {
        self.init(opening: [], least: 0, most: 0)
        starts = try reader.list(of: Int.self)
        sites = try reader.list(of: Int32.self)
        costs = try reader.list(of: Double.self)
        fallback = try reader.list(of: Double.self)
        rowOfFirst = try reader.list(of: Int32.self)
        opening = try reader.list(of: Double.self)
        siteNumbers = try reader.list(of: Int32.self)
        opened = try reader.list(of: Int32.self)
        fixed = try reader.one(Double.self)
        isCovering = try reader.one(UInt8.self) != 0
        let numbers = try reader.list(of: Int.self)
        guard numbers.count == 2 else { throw SearchNoteReader.Damage() }
        (least, most) = (numbers[0], numbers[1])
    }
}
