internal import Features
internal import Geometry

/// Finds facilities as another finder does, and notes what it found for blocks of places.
struct NotingFinder: FacilityFinder {
    private let base: any FacilityFinder
    private let notes: FoundNotes
    /// Whose facilities they are, and how distance is measured.
    private let layer: FoundQuestion

    /// How many places are worth a note.
    private static let leastRows = 8

    init(_ base: any FacilityFinder, _ notes: FoundNotes, of layer: FoundQuestion) {
        self.base = base
        self.notes = notes
        self.layer = layer
    }

    func nearest(
        longitudes: [Double], latitudes: [Double], k: Int, within limit: Distance?
    ) throws -> NeighbourTable {
        func find() throws -> NeighbourTable {
            try base.nearest(longitudes: longitudes, latitudes: latitudes, k: k, within: limit)
        }
        guard longitudes.count >= Self.leastRows else { return try find() }
        let question = question("nearest", longitudes, latitudes, within: limit)
        return try notes.table(question, rows: longitudes.count, k: k, find)
    }

    func reach(
        longitudes: [Double], latitudes: [Double], within limit: Distance?
    ) throws -> NeighbourRows {
        func find() throws -> NeighbourRows {
            try base.reach(longitudes: longitudes, latitudes: latitudes, within: limit)
        }
        let count = longitudes.count
        guard count >= Self.leastRows else { return try find() }
        let question = question("reach", longitudes, latitudes, within: limit)
        let numbers = try notes.found(question, rows: count) {
            let rows = try find()
            let counts = (0..<count).map { Int32(rows.entries(of: $0).count) }
            return FoundNumbers(whole: counts + rows.indices, real: rows.distances)
        }
        return try NeighbourRows(
            counts: numbers.whole.prefix(count), indices: numbers.whole.dropFirst(count),
            distances: numbers.real) ?? find()
    }

    private func question(
        _ word: String, _ longitudes: [Double], _ latitudes: [Double], within limit: Distance?
    ) -> FoundQuestion {
        var question = layer
        question.add(word)
        question.add([limit?.metres ?? .infinity])
        question.add(longitudes)
        question.add(latitudes)
        return question
    }
}

extension FoundNotes {
    /// Takes up a table of neighbours, or finds and notes it.
    func table(
        _ question: FoundQuestion, rows: Int, k: Int, _ find: () throws -> NeighbourTable
    ) rethrows -> NeighbourTable {
        var question = question
        question.add([k])
        let numbers = try found(question, rows: rows) {
            let table = try find()
            return FoundNumbers(whole: table.indices, real: table.distances)
        }
        return try NeighbourTable(
            rows: rows, k: k, indices: numbers.whole, distances: numbers.real) ?? find()
    }
}

extension FoundQuestion {
    /// Adds shapes by their kinds and positions.
    mutating func add(_ shapes: [Shape?]) {
        var numbers: [Double] = []
        for shape in shapes {
            numbers.append(Double(shape?.dimension ?? -1))
            shape?.forEachPosition { numbers += [$0.x, $0.y] }
        }
        add(numbers)
        add([shapes.count])
    }
}
