/// The positions of an index side by side, so that the distances from a place to all of them are
/// worked out four at a time.
struct DenseDistances {
    /// Four positions from the centre of the earth, and their unit normals.
    private struct Four {
        var x: SIMD4<Double>
        var y: SIMD4<Double>
        var z: SIMD4<Double>
        var normalX: SIMD4<Double>
        var normalY: SIMD4<Double>
        var normalZ: SIMD4<Double>

        init(_ place: EarthCentred) {
            x = SIMD4(repeating: place.x)
            y = SIMD4(repeating: place.y)
            z = SIMD4(repeating: place.z)
            (normalX, normalY, normalZ) = (x, y, z)
        }

        mutating func turnNormals() {
            let steep = z * (1 / (1 - WGS84.e2))
            let shrink = 1 / (x * x + y * y + steep * steep).squareRoot()
            (normalX, normalY, normalZ) = (x * shrink, y * shrink, steep * shrink)
        }
    }

    /// The positions in the order given.
    private var fours: [Four]
    private let index: PointIndex

    init(_ index: PointIndex) {
        self.index = index
        // Lanes without a position repeat one, and are not read.
        let filler = index.count > 0 ? index.position(0) : Position(0, 0)
        fours = Array(repeating: Four(EarthCentred(filler)), count: (index.count + 3) / 4)
        for i in 0..<index.count {
            let at = Int(index.original[i])
            fours[at >> 2].x[at & 3] = index.x[i]
            fours[at >> 2].y[at & 3] = index.y[i]
            fours[at >> 2].z[at & 3] = index.z[i]
        }
        for at in fours.indices { fours[at].turnNormals() }
    }

    /// Writes the distances from a place to all positions, in the order given.
    ///
    /// - Parameters:
    ///   - place: Longitude, latitude in degrees.
    ///   - distances: Metres; room for as many as there are positions.
    func measure(from place: Position, into distances: UnsafeMutablePointer<Double>) {
        var origin = Four(EarthCentred(place))
        origin.turnNormals()
        fours.withUnsafeBufferPointer { fours in
            for (block, four) in fours.enumerated() {
                let lengths = lengths(from: origin, to: four, place, block)
                let at = 4 * block
                if at + 4 <= index.count {
                    UnsafeMutableRawPointer(distances + at).storeBytes(
                        of: lengths, as: SIMD4<Double>.self)
                } else {
                    for lane in 0..<index.count - at { distances[at + lane] = lengths[lane] }
                }
            }
        }
    }

    @inline(__always)
    private func lengths(
        from origin: Four, to four: Four, _ place: Position, _ block: Int
    ) -> SIMD4<Double> {
        let dx = four.x - origin.x
        let dy = four.y - origin.y
        let dz = four.z - origin.z
        let squared = dx * dx + dy * dy + dz * dz
        let fall = origin.normalX * dx + origin.normalY * dy + origin.normalZ * dz
        let rise = four.normalX * dx + four.normalY * dy + four.normalZ * dz
        let none = SIMD4<Double>(repeating: 0)
        let product = -(fall * rise)
        let rises = product.replacing(with: none, where: product .< none)
        var lengths =
            GeodesicSeries.plain(squared, rises: rises)
            + GeodesicSeries.rest(squared, tilt: four.normalZ + origin.normalZ, climb: dz)
        let reach = GeodesicSeries.reach * GeodesicSeries.reach
        if any(squared .>= reach) || any(squared .== 0) {
            correct(&lengths, squared, from: place, block)
        }
        return lengths
    }

    /// Puts right what the series is not meant for: places that coincide, and far ones.
    @inline(never)
    private func correct(
        _ lengths: inout SIMD4<Double>, _ squared: SIMD4<Double>, from place: Position,
        _ block: Int
    ) {
        for lane in 0..<4 where 4 * block + lane < index.count {
            if squared[lane] == 0 { lengths[lane] = 0 }
            if !GeodesicSeries.holds(squared[lane]) {
                lengths[lane] = Geodesic.wgs84.distance(
                    from: place, to: index.position(4 * block + lane))
            }
        }
    }
}
