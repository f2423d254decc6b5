import Geometry

/// Boxes as filters write them.
enum CQLBox {
    /// West, south, east, north of four or six numbers.
    static func sides(_ numbers: [Double]) -> Envelope {
        let half = numbers.count / 2
        return Envelope(
            minX: numbers[0], minY: numbers[1], maxX: numbers[half], maxY: numbers[half + 1])
    }

    /// The numbers of a box whose first axis points north, x east first.
    static func eastFirst(_ numbers: [Double]) -> [Double] {
        var turned = numbers
        for first in [0, numbers.count / 2] { turned.swapAt(first, first + 1) }
        return turned
    }

    /// The area of a box: in degrees two where west lies east of east, across the antimeridian.
    ///
    /// - Parameters:
    ///   - numbers: West, south, east, north, or six of them.
    ///   - isInDegrees: Whether they are degrees.
    ///   - place: Where the box stands.
    /// - Returns: Polygons that are closed.
    /// - Throws: ``CQLError`` where south lies north of north, or, in metres, west east of east.
    static func shape(
        _ numbers: [Double], isInDegrees: Bool = true, at place: CQLPlace
    ) throws(CQLError) -> Shape {
        let box = sides(numbers)
        guard box.minY <= box.maxY else {
            throw CQLError(
                at: place, "a box has its south, \(box.minY), north of its north, \(box.maxY)")
        }
        guard isInDegrees || box.minX <= box.maxX else {
            throw CQLError(
                at: place, "a box has its west, \(box.minX), east of its east, \(box.maxX)",
                remedy: "only boxes in degrees cross the antimeridian")
        }
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
