import Features
import Geometry

/// Coordinates where they lie in memory; good only inside the closure that is given them.
struct CoordinatePointers {
    let x: UnsafeBufferPointer<Double>
    let y: UnsafeBufferPointer<Double>
    let z: UnsafeBufferPointer<Double>?

    static func with<Result, Failure: Error>(
        _ coordinates: GeometryColumn.Coordinates,
        _ body: (CoordinatePointers) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try coordinates.x.withUnsafeBufferPointer { x throws(Failure) in
            try coordinates.y.withUnsafeBufferPointer { y throws(Failure) in
                guard let heights = coordinates.z else {
                    return try body(CoordinatePointers(x: x, y: y, z: nil))
                }
                return try heights.withUnsafeBufferPointer { z throws(Failure) in
                    try body(CoordinatePointers(x: x, y: y, z: z))
                }
            }
        }
    }

    static func with<Result, Failure: Error>(
        _ positions: [Position], _ body: (CoordinatePointers) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let hasHeights = positions.contains { $0.z != nil }
        return try with(
            GeometryColumn.Coordinates(
                x: positions.map(\.x), y: positions.map(\.y),
                z: hasHeights ? positions.map { $0.z ?? .nan } : nil), body)
    }
}
