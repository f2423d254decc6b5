import Geometry

/// Boxes as filters write them.
enum CQLBox {
    /// West, south, east, north of four or six numbers.
    static func sides(_ numbers: [Double]) -> Envelope {
        let half = numbers.count / 2
        return Envelope(
            minX: numbers[0], minY: numbers[1], maxX: numbers[half], maxY: numbers[half + 1])
    }

    /// The area of a box: two where west lies east of east, across the antimeridian.
    static func shape(_ numbers: [Double]) -> Shape {
        let box = sides(numbers)
        func ring(_ west: Double, _ east: Double) -> [[Position]] {
            [
                [
                    Position(west, box.minY), Position(east, box.minY), Position(east, box.maxY),
                    Position(west, box.maxY), Position(west, box.minY),
                ]
            ]
        }
        guard box.minX > box.maxX else { return .polygon(ring(box.minX, box.maxX)) }
        return .multiPolygon([ring(box.minX, 180), ring(-180, box.maxX)])
    }

    /// A box without width or height as the line or the point that it is.
    static func simplest(_ box: Shape) -> Shape {
        guard case .polygon(let rings) = box, let envelope = box.envelope, let ring = rings.first,
            envelope.width == 0 || envelope.height == 0
        else { return box }
        return envelope.width == 0 && envelope.height == 0
            ? .point(ring[0]) : .lineString([ring[0], ring[2]])
    }
}
