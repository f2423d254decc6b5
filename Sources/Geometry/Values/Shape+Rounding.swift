extension Shape {
    /// Returns the shape on a grid of so many decimals, so that what is measured is what is written.
    ///
    /// Positions that fall together in a line or ring come once; rings that collapse, and parts
    /// without any position, are left out. Parts that share vertices still share them.
    ///
    /// - Parameter decimals: Decimals of a degree: 7 is about a centimetre.
    /// - Returns: The shape with rounded coordinates.
    public func rounded(decimals: Int) -> Shape {
        var scale = 1.0
        for _ in 0..<decimals { scale *= 10 }
        func round(_ position: Position) -> Position {
            // Dividing a whole number gives the double that the written decimals read back as.
            Position(
                (position.x * scale).rounded() / scale, (position.y * scale).rounded() / scale,
                position.z)
        }
        func line(_ positions: [Position]) -> [Position] {
            var result: [Position] = []
            for position in positions.map(round) where position != result.last {
                result.append(position)
            }
            return result
        }
        func rings(_ rings: [[Position]]) -> [[Position]] {
            let rounded = rings.map(line)
            guard let outer = rounded.first, outer.count > 3 else { return [] }
            return rounded.filter { $0.count > 3 }
        }
        switch self {
        case .point, .multiPoint: return mapPositions(round)
        case .lineString(let positions): return .lineString(line(positions))
        case .multiLineString(let lines):
            return .multiLineString(lines.map(line).filter { $0.count > 1 })
        case .polygon(let parts): return .polygon(rings(parts))
        case .multiPolygon(let polygons):
            return .multiPolygon(polygons.map(rings).filter { !$0.isEmpty })
        case .collection(let parts):
            return .collection(parts.map { $0.rounded(decimals: decimals) })
        }
    }
}
