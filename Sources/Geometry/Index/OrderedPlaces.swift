/// Many places in an order in which neighbours on the ground follow each other, from the centre of
/// the earth.
///
/// The order is that of a Z-curve over the places' box (G. M. Morton, A computer oriented geodetic
/// data base, 1966): what is close together is asked about together. It decides how fast an answer
/// comes, never which.
///
/// Memory of its own, to be given back with ``deallocate()``.
struct OrderedPlaces {
    /// The number of places.
    let count: Int
    /// The row of each place.
    let rows: UnsafeMutablePointer<Int32>
    /// Where each place stands on the curve.
    private let keys: UnsafeMutablePointer<UInt32>
    /// Metres from the centre of the earth, padded to a multiple of four with the last place.
    let x: UnsafeMutablePointer<Double>
    let y: UnsafeMutablePointer<Double>
    let z: UnsafeMutablePointer<Double>

    /// Takes the rows that have a place.
    ///
    /// - Parameters:
    ///   - longitudes: Degrees; NaN for a row without a place.
    ///   - latitudes: Degrees, as many as longitudes.
    /// - Throws: ``GeometryError`` (`badPosition`) naming the first row that is not on the globe.
    init(longitudes: [Double], latitudes: [Double]) throws(GeometryError) {
        let count = longitudes.count
        var (minX, minY) = (Double.infinity, Double.infinity)
        var (maxX, maxY) = (-Double.infinity, -Double.infinity)
        var keys = [UInt64](repeating: 0, count: count)
        var next = 0
        for row in 0..<count {
            let place = Position(longitudes[row], latitudes[row])
            if place.x.isNaN || place.y.isNaN { continue }
            try place.checkOnGlobe(row: row)
            (minX, minY) = (min(minX, place.x), min(minY, place.y))
            (maxX, maxY) = (max(maxX, place.x), max(maxY, place.y))
            keys[next] = UInt64(row)
            next += 1
        }
        keys.removeLast(count - next)
        let scaleX = Double(Self.lines - 1) / max(maxX - minX, 1e-9)
        let scaleY = Double(Self.lines - 1) / max(maxY - minY, 1e-9)
        for at in keys.indices {
            let row = Int(keys[at])
            let column = Self.spread(UInt64((longitudes[row] - minX) * scaleX))
            let line = Self.spread(UInt64((latitudes[row] - minY) * scaleY))
            keys[at] |= (column | line << 1) << 32
        }
        Self.sort(&keys)
        self.count = keys.count
        rows = .allocate(capacity: keys.count + 1)
        self.keys = .allocate(capacity: keys.count + 1)
        for (at, key) in keys.enumerated() {
            rows[at] = Int32(truncatingIfNeeded: key)
            self.keys[at] = UInt32(truncatingIfNeeded: key >> 32)
        }
        x = .allocate(capacity: keys.count + 4)
        y = .allocate(capacity: keys.count + 4)
        z = .allocate(capacity: keys.count + 4)
        for first in stride(from: 0, to: keys.count, by: 4) {
            var (longitude, latitude) = (SIMD4<Double>(), SIMD4<Double>())
            for lane in 0..<4 {
                let row = Int(rows[min(first + lane, keys.count - 1)])
                longitude[lane] = longitudes[row]
                latitude[lane] = latitudes[row]
            }
            let four = EarthCentred.coordinates(longitude: longitude, latitude: latitude)
            UnsafeMutableRawPointer(x + first).storeBytes(of: four.x, as: SIMD4<Double>.self)
            UnsafeMutableRawPointer(y + first).storeBytes(of: four.y, as: SIMD4<Double>.self)
            UnsafeMutableRawPointer(z + first).storeBytes(of: four.z, as: SIMD4<Double>.self)
        }
    }

    func deallocate() {
        rows.deallocate()
        keys.deallocate()
        x.deallocate()
        y.deallocate()
        z.deallocate()
    }

    /// A place from the centre of the earth.
    @inline(__always)
    subscript(at: Int) -> EarthCentred { EarthCentred(x: x[at], y: y[at], z: z[at]) }

    /// Four places that follow each other, from a multiple of four on.
    @inline(__always)
    func four(_ at: Int) -> (x: SIMD4<Double>, y: SIMD4<Double>, z: SIMD4<Double>) {
        (
            UnsafeRawPointer(x + at).loadUnaligned(as: SIMD4<Double>.self),
            UnsafeRawPointer(y + at).loadUnaligned(as: SIMD4<Double>.self),
            UnsafeRawPointer(z + at).loadUnaligned(as: SIMD4<Double>.self)
        )
    }

    /// How often the places' box can be quartered.
    static let depth = 12
    /// Into how many lines and columns.
    private static let lines = 1 << depth

    /// The places of the quarters of a cell that hold any.
    ///
    /// - Parameters:
    ///   - cell: The places of the cell.
    ///   - level: How often the box was quartered to come to it, below ``depth``.
    ///   - body: Gets those of each quarter.
    @inline(__always)
    func forEachQuarter(of cell: Range<Int>, level: Int, _ body: (Range<Int>) -> Void) {
        let shift = UInt32(2 * (Self.depth - 1 - level))
        var start = cell.lowerBound
        while start < cell.upperBound {
            let quarter = keys[start] >> shift
            var (low, high) = (start + 1, cell.upperBound)
            while low < high {
                let middle = (low + high) / 2
                if keys[middle] >> shift == quarter { low = middle + 1 } else { high = middle }
            }
            body(start..<low)
            start = low
        }
    }

    /// The middle of a cell, and the greatest chord from it to a place.
    func surroundings(of cell: Range<Int>) -> (middle: EarthCentred, radius: Double) {
        var sum = EarthCentred(x: 0, y: 0, z: 0)
        for at in cell {
            sum.x += x[at]
            sum.y += y[at]
            sum.z += z[at]
        }
        let share = 1 / Double(cell.count)
        let middle = EarthCentred(x: sum.x * share, y: sum.y * share, z: sum.z * share)
        var squared = 0.0
        for at in cell { squared = max(squared, middle.squaredChord(to: self[at])) }
        return (middle, squared.squareRoot())
    }

    /// Puts a zero between the 16 lowest bits of a number.
    @inline(__always)
    private static func spread(_ number: UInt64) -> UInt64 {
        var bits = number & 0xFFFF
        bits = (bits | bits << 8) & 0x00FF_00FF
        bits = (bits | bits << 4) & 0x0F0F_0F0F
        bits = (bits | bits << 2) & 0x3333_3333
        return (bits | bits << 1) & 0x5555_5555
    }

    /// Sorts keys by their upper halves, in two rounds of twelve bits.
    private static func sort(_ keys: inout [UInt64]) {
        guard keys.count > 1 else { return }
        var other = keys
        for shift in [UInt64(32), 44] {
            var starts = [Int32](repeating: 0, count: 4097)
            for key in keys { starts[Int(key >> shift & 4095) + 1] += 1 }
            for digit in 1..<4096 { starts[digit] += starts[digit - 1] }
            for key in keys {
                let digit = Int(key >> shift & 4095)
                other[Int(starts[digit])] = key
                starts[digit] += 1
            }
            swap(&keys, &other)
        }
    }
}

extension Position {
    /// Refuses a position that is not a longitude and latitude.
    ///
    /// - Parameter row: Where it stands, for the message.
    /// - Throws: ``GeometryError`` (`badPosition`).
    @inline(__always)
    func checkOnGlobe(row: Int) throws(GeometryError) {
        guard isOnGlobe else { throw offGlobe(row: row) }
    }

    @inline(never)
    private func offGlobe(row: Int) -> GeometryError {
        GeometryError(
            .badPosition, "row \(row) is \(self), which is not a longitude and latitude",
            remedy: swappedRemedy)
    }
}
