/// The greatest gain of whole items within a room, found by dividing on the item of greatest gain for
/// its load.
///
/// Items may be in triples: a penalty is paid for each of which two or three are taken, which the
/// continuous relaxation leaves out. Every sum is rounded so that the result is not less than the true one.
/// E. Horowitz, S. Sahni, 1974, https://doi.org/10.1145/321812.321823; the bound by one part of an item is
/// G. B. Dantzig's, 1957.
struct Knapsack {
    /// An item that brings something.
    struct Item {
        let row: Int
        let gain: Double
        let load: Double
        /// What it brings for its load, not less than the true one.
        let ratio: Double

        init(row: Int, gain: Double, load: Double) {
            (self.row, self.gain, self.load) = (row, gain, load)
            ratio = load > 0 ? (gain / load).nextUp : .infinity
        }
    }

    /// The items, those of greatest ratio first.
    private(set) var items: [Item] = []
    private var room = 0.0
    /// What the continuous relaxation brings, and the ratio at which it ends.
    private(set) var relaxed = 0.0
    private(set) var ratio = 0.0
    /// The greatest gain, or the relaxation's where it was not found in so many nodes.
    private(set) var value = 0.0
    /// The items that bring it, as places among ``items``.
    private(set) var taken: [Int] = []
    /// The triples of rows, and the penalty of each.
    var triples = RowTriples(rows: 0)
    var penalties: [Double] = [] {
        didSet { held = Array(repeating: 0, count: penalties.count) }
    }
    /// How many rows of each triple are taken.
    private var held: [UInt8] = []
    private var path: [Int] = []
    private var nodes = 0

    private static let limit = 20_000

    /// Begins with other items; those that do not fit are left out.
    mutating func fill(_ items: inout [Item], room: Double) {
        items.sort { ($0.ratio, $1.row) > ($1.ratio, $0.row) }
        swap(&self.items, &items)
        self.room = room
        ratio = 0
        relaxed = bound(from: 0, 0, room, &ratio)
    }

    private func bound(
        from first: Int, _ value: Double, _ room: Double, _ ratio: inout Double
    ) -> Double {
        var (value, room) = (value, room)
        for place in first..<items.count {
            let item = items[place]
            if item.load <= room {
                value = (value + item.gain).nextUp
                room = (room - item.load).nextUp
            } else {
                ratio = item.ratio
                return (value + (room * item.ratio).nextUp).nextUp
            }
        }
        return value
    }

    /// Finds the greatest gain.
    mutating func solve() {
        (value, nodes) = (0, 0)
        taken.removeAll(keepingCapacity: true)
        path.removeAll(keepingCapacity: true)
        visit(0, 0, room)
        if nodes > Self.limit { value = relaxed }
    }

    private mutating func visit(_ first: Int, _ gain: Double, _ room: Double) {
        nodes += 1
        if gain > value { (value, taken) = (gain, path) }
        var ratio = 0.0
        guard nodes <= Self.limit, bound(from: first, gain, room, &ratio) > value else { return }
        var place = first
        while place < items.count, items[place].load > room { place += 1 }
        guard place < items.count else { return }
        path.append(place)
        var more = (gain + items[place].gain).nextUp
        if !penalties.isEmpty {
            for triple in triples.ofRow[items[place].row] {
                held[Int(triple)] += 1
                if held[Int(triple)] == 2 { more = (more - penalties[Int(triple)]).nextUp }
            }
        }
        visit(place + 1, more, (room - items[place].load).nextUp)
        if !penalties.isEmpty {
            for triple in triples.ofRow[items[place].row] { held[Int(triple)] -= 1 }
        }
        path.removeLast()
        visit(place + 1, gain, room)
    }
}
