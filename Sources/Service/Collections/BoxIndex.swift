import Geometry

/// The boxes around features, found by a box or gone through in the order of the features.
///
/// A static tree of boxes, packed along Hilbert's curve (I. Kamel, C. Faloutsos: On packing
/// R-trees, CIKM 1993, https://doi.org/10.1145/170088.170403), tells the few features in a small
/// box. Where a box holds many, its features are found one after another from any feature on:
/// boxes around each 64 of them tell which to pass over. So a page costs about the same wherever
/// it begins.
struct BoxIndex: Sendable {
    /// The boxes of the features; NaN for one without a place.
    private let boxes: [Envelope]
    /// A box around each 64 features.
    private let blocks: [Envelope]
    /// The features along the curve.
    private let order: [Int32]
    /// Boxes around each 16 entries of the level below, the lowest level first.
    private let levels: [[Envelope]]

    private static let blockSize = 64
    private static let nodeSize = 16
    /// Touches nothing.
    private static let none = Envelope(minX: .nan, minY: .nan, maxX: .nan, maxY: .nan)

    /// Builds the index.
    ///
    /// - Parameter envelopes: One box a feature; `nil` for one without a place. A box whose sides are no
    ///   finite numbers is none.
    /// - Complexity: O(n log n).
    init(_ envelopes: [Envelope?]) {
        let envelopes = envelopes.map { box in
            box.flatMap { box in
                [box.minX, box.minY, box.maxX, box.maxY].allSatisfy(\.isFinite) ? box : nil
            }
        }
        boxes = envelopes.map { $0 ?? Self.none }
        blocks = Self.joined(boxes, by: Self.blockSize)
        let there = envelopes.indices.filter { envelopes[$0] != nil }
        let whole = envelopes.compactMap(\.self).reduce(nil) { (all: Envelope?, box) in
            all?.union(box) ?? box
        }
        guard let whole else {
            order = []
            levels = []
            extent = nil
            return
        }
        extent = whole
        let keys = there.map { row in
            (Self.hilbert(envelopes[row]?.centre ?? whole.centre, in: whole), Int32(row))
        }
        order = keys.sorted { $0 < $1 }.map(\.1)
        var levels: [[Envelope]] = []
        var below = order.map { [boxes] in boxes[Int($0)] }
        while below.count > 1 || levels.isEmpty {
            below = Self.joined(below, by: Self.nodeSize)
            levels.append(below)
        }
        self.levels = levels
    }

    /// The box around all features; `nil` where none has a place.
    let extent: Envelope?

    private static func joined(_ boxes: [Envelope], by size: Int) -> [Envelope] {
        stride(from: 0, to: boxes.count, by: size).map { start in
            boxes[start..<min(start + size, boxes.count)].reduce(none) { all, box in
                if all.minX.isNaN { return box }
                return box.minX.isNaN ? all : all.union(box)
            }
        }
    }

    /// Whether two boxes share a point; false for none.
    @inline(__always)
    static func touch(_ a: Envelope, _ b: Envelope) -> Bool {
        a.minX <= b.maxX && a.maxX >= b.minX && a.minY <= b.maxY && a.maxY >= b.minY
    }

    /// Whether the box of a feature touches one of some boxes.
    func touches(_ row: Int, _ wanted: [Envelope]) -> Bool {
        wanted.contains { Self.touch(boxes[row], $0) }
    }

    /// Whether the box of a feature lies in one of some boxes.
    func lies(_ row: Int, in wanted: [Envelope]) -> Bool {
        let box = boxes[row]
        return wanted.contains {
            box.minX >= $0.minX && box.maxX <= $0.maxX && box.minY >= $0.minY
                && box.maxY <= $0.maxY
        }
    }

    /// The features whose boxes touch one of some boxes, in their order.
    ///
    /// - Parameters:
    ///   - wanted: The boxes.
    ///   - most: How many features are looked for.
    /// - Returns: The features; `nil` where there are more.
    /// - Complexity: O(log n + k) in practice for k features found.
    func rows(in wanted: [Envelope], atMost most: Int) -> [Int32]? {
        var found: Set<Int32> = []
        for box in wanted where !collect(box, atMost: most, into: &found) { return nil }
        return found.sorted()
    }

    private func collect(
        _ box: Envelope, atMost most: Int, into found: inout Set<Int32>
    ) -> Bool {
        guard let top = levels.indices.last else { return true }
        var stack: [(level: Int, node: Int)] = levels[top].indices.map { (top, $0) }
        while let (level, node) = stack.popLast() {
            guard Self.touch(levels[level][node], box) else { continue }
            let first = node * Self.nodeSize
            guard level > 0 else {
                for at in first..<min(first + Self.nodeSize, order.count)
                where Self.touch(boxes[Int(order[at])], box) {
                    found.insert(order[at])
                    if found.count > most { return false }
                }
                continue
            }
            for child in first..<min(first + Self.nodeSize, levels[level - 1].count) {
                stack.append((level - 1, child))
            }
        }
        return true
    }

    /// The next feature from one on whose box touches one of some boxes.
    ///
    /// - Parameters:
    ///   - row: The feature to begin with; it may be the answer.
    ///   - wanted: The boxes.
    /// - Returns: The feature; `nil` where there is none.
    func next(from row: Int, in wanted: [Envelope]) -> Int? {
        var row = row
        while row < boxes.count {
            let block = row / Self.blockSize
            let end = min((block + 1) * Self.blockSize, boxes.count)
            guard wanted.contains(where: { Self.touch(blocks[block], $0) }) else {
                row = end
                continue
            }
            while row < end {
                if touches(row, wanted) { return row }
                row += 1
            }
        }
        return nil
    }

    /// The last feature up to one whose box touches one of some boxes.
    func previous(from row: Int, in wanted: [Envelope]) -> Int? {
        var row = min(row, boxes.count - 1)
        while row >= 0 {
            let block = row / Self.blockSize
            guard wanted.contains(where: { Self.touch(blocks[block], $0) }) else {
                row = block * Self.blockSize - 1
                continue
            }
            while row >= block * Self.blockSize {
                if touches(row, wanted) { return row }
                row -= 1
            }
        }
        return nil
    }

    /// How far along Hilbert's curve of order 16 over a box a position lies.
    private static func hilbert(_ position: Position, in box: Envelope) -> UInt32 {
        func cell(_ value: Double, _ least: Double, _ size: Double) -> UInt32 {
            let along = (value - least) / size * 65535
            // A box as wide as numbers go has no size.
            return along.isFinite ? UInt32(min(max(along, 0), 65535)) : 0
        }
        var x = cell(position.x, box.minX, box.width)
        var y = cell(position.y, box.minY, box.height)
        var along: UInt32 = 0
        var side: UInt32 = 1 << 15
        while side > 0 {
            let right: UInt32 = x & side > 0 ? 1 : 0
            let upper: UInt32 = y & side > 0 ? 1 : 0
            along += side * side * ((3 * right) ^ upper)
            if upper == 0 {
                if right == 1 {
                    x = 65535 - x
                    y = 65535 - y
                }
                swap(&x, &y)
            }
            side >>= 1
        }
        return along
    }
}
