import Foundation
import Geometry

/// Shapes from a fixed seed, so that a failure comes back.
struct RandomShapes: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// SplitMix64 (Steele, Lea and Flood 2014, doi 10.1145/2714064.2660195).
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func position(height: Bool = false) -> Position {
        Position(
            .random(in: 124...132, using: &self), .random(in: 33...39, using: &self),
            height ? .random(in: -50...2000, using: &self) : nil)
    }

    mutating func positions(_ count: ClosedRange<Int>, height: Bool = false) -> [Position] {
        (0..<Int.random(in: count, using: &self)).map { _ in position(height: height) }
    }

    /// A valid ring around a centre, which it sees all of.
    mutating func ring(around centre: Position, radius: Double, count: Int) -> [Position] {
        var ring: [Position] = []
        for corner in 0..<count {
            let angle = 2 * Double.pi * Double(corner) / Double(count)
            let far = radius * Double.random(in: 0.5...1, using: &self)
            ring.append(Position(centre.x + far * cos(angle), centre.y + far * sin(angle)))
        }
        return ring + ring.prefix(1)
    }

    /// A valid polygon, with a hole if asked for.
    mutating func polygon(hole: Bool = false) -> Shape {
        let centre = position()
        let radius = Double.random(in: 0.1...1, using: &self)
        var rings = [
            ring(around: centre, radius: radius, count: .random(in: 5...40, using: &self))
        ]
        if hole { rings.append(ring(around: centre, radius: radius / 4, count: 6).reversed()) }
        return .polygon(rings)
    }

    /// A shape of any kind, valid or not, that a geometry can be built from.
    mutating func shape(depth: Int = 0) -> Shape {
        let height = Bool.random(using: &self)
        func closed(_ ring: [Position]) -> [Position] { ring + ring.prefix(1) }
        switch Int.random(in: depth > 2 ? 0...5 : 0...6, using: &self) {
        case 0: return .point(position(height: height))
        case 1: return .multiPoint(positions(0...6, height: height))
        case 2: return .lineString(positions(2...9, height: height))
        case 3:
            return .multiLineString(
                (0..<Int.random(in: 0...3, using: &self)).map { _ in positions(2...5) })
        case 4:
            return .polygon(
                (0..<Int.random(in: 1...3, using: &self)).map { _ in
                    closed(positions(3...8, height: height))
                })
        case 5:
            return .multiPolygon(
                (0..<Int.random(in: 0...3, using: &self)).map { _ in [closed(positions(3...6))] })
        default:
            return .collection(
                (0..<Int.random(in: 0...4, using: &self)).map { _ in shape(depth: depth + 1) })
        }
    }

    /// One empty shape of every kind, and shapes with empty members.
    static let empties: [Shape] = [
        .point(.empty), .multiPoint([]), .lineString([]), .multiLineString([]), .polygon([]),
        .multiPolygon([]), .collection([]),
    ]

    /// Shapes with empty members among others, and with nothing but empty members.
    static let partlyEmpty: [Shape] = [
        .multiPoint([.empty, Position(1, 2)]), .multiPoint([.empty]),
        .multiLineString([[], [Position(0, 0), Position(1, 1)]]), .multiLineString([[]]),
        .multiPolygon([[], [square(0, 0)]]), .multiPolygon([[]]),
        .polygon([square(0, 0), []]),
        .collection([.point(.empty), .lineString([]), .polygon([])]),
        .collection([.lineString([]), .point(Position(1, 2)), .collection([.point(.empty)])]),
        .collection([.polygon([square(0, 0)]), .point(.empty), .multiPoint([.empty])]),
        .collection([.multiPoint([.empty, Position(3, 3)]), .multiLineString([[]])]),
    ]

    /// The ring of a square with sides of 2.
    static func square(_ x: Double, _ y: Double, side: Double = 2) -> [Position] {
        [
            Position(x, y), Position(x + side, y), Position(x + side, y + side),
            Position(x, y + side), Position(x, y),
        ]
    }
}
