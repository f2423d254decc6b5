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
    /// How many places have a note of their own.
    private static let mostRows = 4096

    init(_ base: any FacilityFinder, _ notes: FoundNotes, of layer: FoundQuestion) {
        self.base = base
        self.notes = notes
        self.layer = layer
    }

    func nearest(
        longitudes: [Double], latitudes: [Double], k: Int, within limit: Distance?
    ) throws -> NeighbourTable {
        let count = longitudes.count
        var (indices, distances): ([Int32], [Double]) = ([], [])
        do {
            for first in stride(from: 0, to: count, by: Self.mostRows)
            where count >= Self.leastRows {
                let rows = first..<min(first + Self.mostRows, count)
                let (x, y) = (Array(longitudes[rows]), Array(latitudes[rows]))
                let question = question("nearest", x, y, within: limit)
                let table = try notes.table(question, rows: rows.count, k: k) {
                    try base.nearest(longitudes: x, latitudes: y, k: k, within: limit)
                }
                indices += table.indices
                distances += table.distances
            }
        } catch {
            // Found again below, where it names the row among all.
            indices = []
        }
        return try NeighbourTable(rows: count, k: k, indices: indices, distances: distances)
            ?? base.nearest(longitudes: longitudes, latitudes: latitudes, k: k, within: limit)
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
    /// Adds shapes, with where their parts and rings begin.
    mutating func add(_ shapes: [Shape?]) {
        var bytes: [UInt8] = []
        for shape in shapes {
            bytes.removeAll(keepingCapacity: true)
            if let shape { WellKnownBinary.append(shape, to: &bytes) }
            add(bytes)
        }
        add([shapes.count])
    }
}
