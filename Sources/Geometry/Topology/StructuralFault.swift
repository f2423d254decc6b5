/// Why a shape cannot even be built as a geometry, before any question of topology.
struct StructuralFault {
    /// What is wrong, in words.
    let reason: String
    /// Where, if at a place.
    let place: Position?
    /// What to do.
    let remedy: String
}

extension Shape {
    /// The first structural fault: a coordinate that is no finite number or beyond all size, a line of one position,
    /// a ring that is open or too short, holes without an outer ring, nesting without end.
    var structuralFault: StructuralFault? { structuralFault(depth: 0) }

    /// Refuses a shape with a structural fault.
    func checkStructure() throws(GeometryError) {
        guard let fault = structuralFault else { return }
        throw GeometryError(.malformed, fault.reason, remedy: fault.remedy)
    }

    private func structuralFault(depth: Int) -> StructuralFault? {
        switch self {
        case .point(let position):
            return isEmpty ? nil : Shape.fault(in: position)
        case .multiPoint(let positions):
            for position in positions where !(position.x.isNaN && position.y.isNaN) {
                if let fault = Shape.fault(in: position) { return fault }
            }
        case .lineString(let line):
            return Shape.fault(inLine: line)
        case .multiLineString(let lines):
            for line in lines { if let fault = Shape.fault(inLine: line) { return fault } }
        case .polygon(let rings):
            return Shape.fault(inRings: rings)
        case .multiPolygon(let polygons):
            for rings in polygons { if let fault = Shape.fault(inRings: rings) { return fault } }
        case .collection(let parts):
            guard depth < WellKnownBinary.depthLimit else {
                return StructuralFault(
                    reason: "collections nest deeper than \(WellKnownBinary.depthLimit)",
                    place: nil, remedy: "put the shapes into one flat collection")
            }
            for part in parts {
                if let fault = part.structuralFault(depth: depth + 1) { return fault }
            }
        }
        return nil
    }

    /// The magnitudes that GEOS can square without overflow or underflow, differences included;
    /// with others its distances are 0 or infinite, and some of its indexes never end.
    private static let magnitudes = 1e-130...1e150

    private static func fault(in position: Position) -> StructuralFault? {
        let height = position.z ?? 0
        guard position.isFinite, !height.isInfinite else {
            return StructuralFault(
                reason: "a coordinate is no finite number: \(position)", place: nil,
                remedy: "leave the position out, or give it coordinates")
        }
        guard position.x == 0 || magnitudes.contains(abs(position.x)),
            position.y == 0 || magnitudes.contains(abs(position.y))
        else {
            return StructuralFault(
                reason: "a coordinate is too great or too small to calculate with: \(position)",
                place: position, remedy: "look where the number comes from; write 0 for almost 0")
        }
        return nil
    }

    private static func fault(inLine line: [Position]) -> StructuralFault? {
        for position in line { if let fault = fault(in: position) { return fault } }
        guard line.count == 1 else { return nil }
        return StructuralFault(
            reason: "a line needs at least 2 positions, found 1", place: line.first,
            remedy: "make it a point, or repeat the position")
    }

    private static func fault(inRings rings: [[Position]]) -> StructuralFault? {
        for (index, ring) in rings.enumerated() {
            let name = index == 0 ? "exterior ring" : "interior ring \(index)"
            for position in ring { if let fault = fault(in: position) { return fault } }
            guard let first = ring.first, let last = ring.last else { continue }
            guard first.x == last.x, first.y == last.y else {
                return StructuralFault(
                    reason: "\(name) is not closed: first position \(first); last position \(last)",
                    place: last, remedy: "repeat the first position at the end of the ring")
            }
            // Three positions are there and back: no area, but GEOS can repair it.
            guard ring.count >= 3 else {
                return StructuralFault(
                    reason: "\(name) needs at least 4 positions, found \(ring.count)",
                    place: first, remedy: "leave the ring out")
            }
        }
        if let outer = rings.first, outer.isEmpty, let hole = rings.first(where: { !$0.isEmpty }) {
            return StructuralFault(
                reason: "a polygon has holes but no exterior ring", place: hole.first,
                remedy: "give the exterior ring first")
        }
        return nil
    }
}
