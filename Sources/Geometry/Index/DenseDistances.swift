/// The positions of an index side by side, so that the distances from a place to all of them are
/// worked out four at a time.
struct DenseDistances {
    /// Positions from the centre of the earth and unit normals, in the order given.
    private var x: [SIMD4<Double>]
    private var y: [SIMD4<Double>]
    private var z: [SIMD4<Double>]
    private var normalX: [SIMD4<Double>]
    private var normalY: [SIMD4<Double>]
    private var normalZ: [SIMD4<Double>]
    private let index: PointIndex

    init(_ index: PointIndex) {
        self.index = index
        // Lanes without a position repeat one, and are not read.
        let filler =
            index.count > 0 ? EarthCentred(index.position(0)) : EarthCentred(Position(0, 0))
        let blocks = (index.count + 3) / 4
        x = Array(repeating: SIMD4(repeating: filler.x), count: blocks)
        y = Array(repeating: SIMD4(repeating: filler.y), count: blocks)
        z = Array(repeating: SIMD4(repeating: filler.z), count: blocks)
        for i in 0..<index.count {
            let at = Int(index.original[i])
            x[at >> 2][at & 3] = index.x[i]
            y[at >> 2][at & 3] = index.y[i]
            z[at >> 2][at & 3] = index.z[i]
        }
        normalX = x
        normalY = y
        normalZ = z
        for block in 0..<blocks {
            let steep = z[block] * (1 / (1 - WGS84.e2))
            let shrink =
                1
                / (x[block] * x[block] + y[block] * y[block] + steep * steep).squareRoot()
            normalX[block] = x[block] * shrink
            normalY[block] = y[block] * shrink
            normalZ[block] = steep * shrink
        }
    }

    /// Writes the distances from a place to all positions, in the order given.
    ///
    /// - Parameters:
    ///   - place: Longitude, latitude in degrees.
    ///   - distances: Metres; room for as many as there are positions.
    func measure(from place: Position, into distances: UnsafeMutablePointer<Double>) {
        let from = EarthCentred(place)
        let steep = from.z / (1 - WGS84.e2)
        let shrink = 1 / (from.x * from.x + from.y * from.y + steep * steep).squareRoot()
        let normal = (from.x * shrink, from.y * shrink, steep * shrink)
        let count = index.count
        let reach = GeodesicSeries.reach * GeodesicSeries.reach
        x.withUnsafeBufferPointer { x in
            y.withUnsafeBufferPointer { y in
                z.withUnsafeBufferPointer { z in
                    normalX.withUnsafeBufferPointer { normalX in
                        normalY.withUnsafeBufferPointer { normalY in
                            normalZ.withUnsafeBufferPointer { normalZ in
                                for block in x.indices {
                                    let dx = x[block] - from.x
                                    let dy = y[block] - from.y
                                    let dz = z[block] - from.z
                                    let squared = dx * dx + dy * dy + dz * dz
                                    let fall =
                                        normal.0 * dx + normal.1 * dy + normal.2 * dz
                                    let rise =
                                        normalX[block] * dx + normalY[block] * dy
                                        + normalZ[block] * dz
                                    let tilt = normalZ[block] + normal.2
                                    var lengths = Self.lengths(squared, -(fall * rise), tilt, dz)
                                    if any(squared .>= reach) || any(squared .== 0) {
                                        correct(&lengths, squared, from: place, block)
                                    }
                                    let at = 4 * block
                                    if at + 4 <= count {
                                        UnsafeMutableRawPointer(distances + at).storeBytes(
                                            of: lengths, as: SIMD4<Double>.self)
                                    } else {
                                        for lane in 0..<count - at {
                                            distances[at + lane] = lengths[lane]
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    @inline(__always)
    private static func lengths(
        _ squared: SIMD4<Double>, _ rises: SIMD4<Double>, _ tilt: SIMD4<Double>,
        _ climb: SIMD4<Double>
    ) -> SIMD4<Double> {
        let none = SIMD4<Double>(repeating: 0)
        let rises = rises.replacing(with: none, where: rises .< none)
        return GeodesicSeries.plain(squared, rises: rises)
            + GeodesicSeries.rest(squared, tilt: tilt, climb: climb)
    }

    /// Puts right what the series is not meant for: places that coincide, and far ones.
    @inline(never)
    private func correct(
        _ lengths: inout SIMD4<Double>, _ squared: SIMD4<Double>, from place: Position,
        _ block: Int
    ) {
        for lane in 0..<4 where 4 * block + lane < index.count {
            if squared[lane] == 0 { lengths[lane] = 0 }
            if squared[lane] >= GeodesicSeries.reach * GeodesicSeries.reach {
                lengths[lane] = Geodesic.wgs84.distance(
                    from: place, to: index.position(4 * block + lane))
            }
        }
    }
}
