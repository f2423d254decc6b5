/// A ring with its coordinates as whole numbers of the last decimal that is written.
struct ScaledRing {
    let x: UnsafeMutableBufferPointer<Int64>
    let y: UnsafeMutableBufferPointer<Int64>

    /// Takes the coordinates; false where one cannot be scaled.
    func scale(_ coordinates: CoordinatePointers, _ range: Range<Int>, decimals: Int) -> Bool {
        for i in 0..<range.count {
            let at = range.lowerBound + i
            guard let scaledX = Rounding.scaled(coordinates.x[at], decimals: decimals),
                let scaledY = Rounding.scaled(coordinates.y[at], decimals: decimals)
            else { return false }
            x[i] = scaledX
            y[i] = scaledY
        }
        return true
    }

    var hasThreeCorners: Bool {
        guard let firstX = x.first, let firstY = y.first else { return false }
        var second: (x: Int64, y: Int64)?
        for at in x.indices where x[at] != firstX || y[at] != firstY {
            guard let known = second else {
                second = (x[at], y[at])
                continue
            }
            if x[at] != known.x || y[at] != known.y { return true }
        }
        return false
    }

    /// Twice the signed area.
    var turn: Double {
        var area = 0.0
        var (dx, dy) = (0.0, 0.0)
        for at in x.indices.dropFirst() {
            let (nx, ny) = (Double(x[at] - x[0]), Double(y[at] - y[0]))
            area += dx * ny - nx * dy
            (dx, dy) = (nx, ny)
        }
        return area
    }
}
