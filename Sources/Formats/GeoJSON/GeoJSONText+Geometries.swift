import Features
import Geometry

extension GeoJSONText {
    /// Hands on where the geometries of a column lie, with the writer itself.
    mutating func withGeometries(
        of column: GeometryColumn,
        _ body: (GeometryPointers, inout GeoJSONText) throws(Fault) -> Void
    ) throws(Fault) {
        var text = self
        defer { self = text }
        func go(_ layout: GeometryPointers.Layout) throws(Fault) {
            try body(
                GeometryPointers(
                    column: column, isAllValid: column.validity.isAllValid, layout: layout), &text)
        }
        if mayCross { return try go(.shapes) }
        switch column.layout {
        case .points(let coordinates):
            try CoordinatePointers.with(coordinates) { at throws(Fault) in try go(.points(at)) }
        case .chains(let coordinates, let offsets, let kind):
            try CoordinatePointers.with(coordinates) { at throws(Fault) in
                try offsets.withUnsafeBufferPointer { offsets throws(Fault) in
                    try go(.chains(at, offsets, kind))
                }
            }
        case .rings(let coordinates, let rings, let offsets, let kind):
            try CoordinatePointers.with(coordinates) { at throws(Fault) in
                try rings.withUnsafeBufferPointer { rings throws(Fault) in
                    try offsets.withUnsafeBufferPointer { offsets throws(Fault) in
                        try go(.rings(at, rings, offsets, kind))
                    }
                }
            }
        case .polygons(let coordinates, let rings, let polygons, let offsets):
            try CoordinatePointers.with(coordinates) { at throws(Fault) in
                try rings.withUnsafeBufferPointer { rings throws(Fault) in
                    try polygons.withUnsafeBufferPointer { polygons throws(Fault) in
                        try offsets.withUnsafeBufferPointer { offsets throws(Fault) in
                            try go(.polygons(at, rings, polygons, offsets))
                        }
                    }
                }
            }
        case .binary: try go(.shapes)
        }
    }

    @inline(__always)
    mutating func append(
        _ row: Int, of geometries: GeometryPointers, to out: inout TextBuffer
    ) throws(Fault) {
        guard geometries.isAllValid || geometries.column.validity[row] else {
            return out.append("null")
        }
        switch geometries.layout {
        case .points(let coordinates):
            begin(.point, &out)
            if coordinates.x[row].isNaN, coordinates.y[row].isNaN {
                out.append("[]")
            } else {
                try append(coordinates, row, to: &out)
            }
        case .chains(let coordinates, let offsets, let kind):
            begin(kind, &out)
            try appendChain(coordinates, offsets[row]..<offsets[row + 1], to: &out)
        case .rings(let coordinates, let rings, let offsets, let kind):
            begin(kind, &out)
            try appendRings(
                coordinates, rings, offsets[row]..<offsets[row + 1], areal: kind == .polygon,
                to: &out)
        case .polygons(let coordinates, let rings, let polygons, let offsets):
            begin(.multiPolygon, &out)
            out.append("[")
            for polygon in offsets[row]..<offsets[row + 1] {
                if polygon > offsets[row] { out.append(",") }
                try appendRings(
                    coordinates, rings, polygons[polygon]..<polygons[polygon + 1], areal: true,
                    to: &out)
            }
            out.append("]")
        case .shapes:
            guard let shape = geometries.column[row] else { return out.append("null") }
            return try append(mayCross ? cut(shape) : shape, to: &out)
        }
        out.append("}")
    }

    private func begin(_ kind: Shape.Kind, _ out: inout TextBuffer) {
        switch kind {
        case .point: out.append("{\"type\":\"Point\",\"coordinates\":")
        case .lineString: out.append("{\"type\":\"LineString\",\"coordinates\":")
        case .polygon: out.append("{\"type\":\"Polygon\",\"coordinates\":")
        case .multiPoint: out.append("{\"type\":\"MultiPoint\",\"coordinates\":")
        case .multiLineString: out.append("{\"type\":\"MultiLineString\",\"coordinates\":")
        case .multiPolygon: out.append("{\"type\":\"MultiPolygon\",\"coordinates\":")
        case .collection: out.append("{\"type\":\"GeometryCollection\",\"geometries\":")
        }
    }

    /// Appends a shape of any kind.
    mutating func append(_ shape: Shape, to out: inout TextBuffer) throws(Fault) {
        begin(shape.kind, &out)
        switch shape {
        case .collection(let parts):
            out.append("[")
            for (at, part) in parts.enumerated() {
                if at > 0 { out.append(",") }
                try append(part, to: &out)
            }
            out.append("]")
        case .point(let position):
            if shape.isEmpty {
                out.append("[]")
            } else {
                try CoordinatePointers.with([position]) { at throws(Fault) in
                    try append(at, 0, to: &out)
                }
            }
        case .multiPoint(let positions), .lineString(let positions):
            try CoordinatePointers.with(positions) { at throws(Fault) in
                try appendChain(at, 0..<positions.count, to: &out)
            }
        case .multiLineString(let chains):
            try appendRings(chains, areal: false, to: &out)
        case .polygon(let rings):
            try appendRings(rings, areal: true, to: &out)
        case .multiPolygon(let polygons):
            out.append("[")
            for (at, rings) in polygons.enumerated() {
                if at > 0 { out.append(",") }
                try appendRings(rings, areal: true, to: &out)
            }
            out.append("]")
        }
        out.append("}")
    }

    private mutating func appendRings(
        _ chains: [[Position]], areal: Bool, to out: inout TextBuffer
    ) throws(Fault) {
        var ends = [0]
        for chain in chains { ends.append(ends[ends.count - 1] + chain.count) }
        try CoordinatePointers.with(chains.flatMap { $0 }) { at throws(Fault) in
            try ends.withUnsafeBufferPointer { ends throws(Fault) in
                try appendRings(at, ends, 0..<chains.count, areal: areal, to: &out)
            }
        }
    }

    private mutating func appendRings(
        _ coordinates: CoordinatePointers, _ ends: UnsafeBufferPointer<Int>, _ rings: Range<Int>,
        areal: Bool, to out: inout TextBuffer
    ) throws(Fault) {
        out.append("[")
        for ring in rings {
            if ring > rings.lowerBound { out.append(",") }
            let range = ends[ring]..<ends[ring + 1]
            if areal {
                try appendRing(coordinates, range, isHole: ring > rings.lowerBound, to: &out)
            } else {
                try appendChain(coordinates, range, to: &out)
            }
        }
        out.append("]")
    }
}
