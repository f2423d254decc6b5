import Features
import Geometry

extension GeoJSONText {
    /// Appends a position, refusing one that is not finite.
    func append(
        _ coordinates: CoordinatePointers, _ at: Int, to out: inout TextBuffer
    ) throws(Fault) {
        let (x, y) = (coordinates.x[at], coordinates.y[at])
        guard x.isFinite, y.isFinite else { throw Self.notFinite(x, y) }
        out.append("[")
        if isExact {
            out.append(number: x == 0 ? 0 : x)
            out.append(",")
            out.append(number: y == 0 ? 0 : y)
        } else {
            out.append(coordinate: x, decimals: decimals)
            out.append(",")
            out.append(coordinate: y, decimals: decimals)
        }
        appendHeight(coordinates, at, to: &out)
        out.append("]")
    }

    private func appendHeight(
        _ coordinates: CoordinatePointers, _ at: Int, to out: inout TextBuffer
    ) {
        guard let z = coordinates.z?[at], z.isFinite else { return }
        out.append(",")
        if isExact { return out.append(number: z == 0 ? 0 : z) }
        out.append(coordinate: z, decimals: Self.heightDecimals)
    }

    private static func notFinite(_ x: Double, _ y: Double) -> Fault {
        Fault(
            .badPosition, at: 0, "the position \(x), \(y) is not finite",
            remedy: "leave the feature out, or give it no geometry")
    }

    func appendChain(
        _ coordinates: CoordinatePointers, _ range: Range<Int>, to out: inout TextBuffer
    ) throws(Fault) {
        out.append("[")
        for at in range {
            if at > range.lowerBound { out.append(",") }
            try append(coordinates, at, to: &out)
        }
        out.append("]")
    }

    /// Appends a ring, the outer one counterclockwise and holes clockwise; one that would have
    /// fewer than three corners left is written with all its digits.
    func appendRing(
        _ coordinates: CoordinatePointers, _ range: Range<Int>, isHole: Bool,
        to out: inout TextBuffer
    ) throws(Fault) {
        if isExact { return try appendExactRing(coordinates, range, isHole: isHole, to: &out) }
        let isWritten = withUnsafeTemporaryAllocation(of: Int64.self, capacity: 2 * range.count) {
            space in
            let ring = ScaledRing(
                x: UnsafeMutableBufferPointer(rebasing: space[..<range.count]),
                y: UnsafeMutableBufferPointer(rebasing: space[range.count...]))
            guard ring.scale(coordinates, range, decimals: decimals), ring.hasThreeCorners else {
                return false
            }
            append(ring, coordinates, range.lowerBound, isHole: isHole, to: &out)
            return true
        }
        if !isWritten { try appendExactRing(coordinates, range, isHole: isHole, to: &out) }
    }

    private func append(
        _ ring: ScaledRing, _ coordinates: CoordinatePointers, _ first: Int, isHole: Bool,
        to out: inout TextBuffer
    ) {
        let last = ring.x.count - 1
        let turn = ring.turn
        let isReversed = isHole ? turn > 0 : turn < 0
        out.append("[")
        for step in 0...last {
            let at = isReversed ? last - step : step
            appendPosition(ring.x[at], ring.y[at], isFirst: step == 0, to: &out)
            if coordinates.z != nil { appendHeight(coordinates, first + at, to: &out) }
            out.append(UInt8(ascii: "]"))
        }
        out.append("]")
    }

    /// Appends a position but for its height and the bracket behind it.
    @inline(__always)
    private func appendPosition(
        _ x: Int64, _ y: Int64, isFirst: Bool, to out: inout TextBuffer
    ) {
        out.reserve(112)
        var end = out.end
        let start = end
        end.pointee = UInt8(ascii: ",")
        end += isFirst ? 0 : 1
        end.pointee = UInt8(ascii: "[")
        end += 1
        end += DecimalDigits.write(x, decimals: decimals, to: end)
        end.pointee = UInt8(ascii: ",")
        end += 1
        end += DecimalDigits.write(y, decimals: decimals, to: end)
        out.advance(end - start)
    }

    private func appendExactRing(
        _ coordinates: CoordinatePointers, _ range: Range<Int>, isHole: Bool,
        to out: inout TextBuffer
    ) throws(Fault) {
        var flat = FlatGeometries()
        for at in range { flat.append(coordinates.x[at], coordinates.y[at]) }
        let turn = flat.turn(0..<range.count)
        let isReversed = isHole ? turn > 0 : turn < 0
        out.append("[")
        for step in 0..<range.count {
            if step > 0 { out.append(",") }
            let at = isReversed ? range.upperBound - 1 - step : range.lowerBound + step
            let (x, y) = (coordinates.x[at], coordinates.y[at])
            guard x.isFinite, y.isFinite else { throw Self.notFinite(x, y) }
            out.append("[")
            out.append(number: x == 0 ? 0 : x)
            out.append(",")
            out.append(number: y == 0 ? 0 : y)
            appendHeight(coordinates, at, to: &out)
            out.append("]")
        }
        out.append("]")
    }
}
