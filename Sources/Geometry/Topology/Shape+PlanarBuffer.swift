internal import CGEOS

extension Shape {
    /// How a buffer ends at the ends of a line.
    package enum BufferCap: Hashable, Sendable {
        /// A half circle.
        case round
        /// Cut off at the end.
        case flat
        /// Half a square.
        case square
    }

    /// How a buffer turns a corner.
    package enum BufferJoin: Hashable, Sendable {
        /// An arc.
        case round
        /// Both sides prolonged until they meet.
        case mitre
        /// Straight across.
        case bevel
    }

    /// Returns everything within a distance of the shape, in the plane of the coordinates.
    ///
    /// Never for longitude and latitude: metres on the ellipsoid need a projection around each
    /// shape. See `GEOSBufferWithParams_r` in the
    /// [C manual](https://libgeos.org/doxygen/geos__c_8h.html).
    ///
    /// - Parameters:
    ///   - width: The distance in the unit of the coordinates; below 0 an area shrinks.
    ///   - quadrantSegments: The segments of a quarter of a circle.
    ///   - cap: How to end at the ends of a line.
    ///   - join: How to turn a corner.
    ///   - mitreLimit: How far a mitre may reach, as a multiple of the width.
    /// - Returns: A polygon or several; an empty polygon where nothing is left.
    /// - Throws: ``GeometryError`` where the shape cannot be built or GEOS fails.
    package func planarBuffer(
        width: Double, quadrantSegments: Int = 8, cap: BufferCap = .round,
        join: BufferJoin = .round, mitreLimit: Double = 5
    ) throws(GeometryError) -> Shape {
        try Shape.check(width, "the width of the buffer")
        try Shape.check(mitreLimit, "the mitre limit", above: 0)
        guard let segments = Int32(exactly: quadrantSegments), segments > 0 else {
            throw GeometryError(
                .badArgument, "\(quadrantSegments) segments cannot make a quarter of a circle")
        }
        let capStyle =
            switch cap {
            case .round: GEOSBUF_CAP_ROUND
            case .flat: GEOSBUF_CAP_FLAT
            case .square: GEOSBUF_CAP_SQUARE
            }
        let joinStyle =
            switch join {
            case .round: GEOSBUF_JOIN_ROUND
            case .mitre: GEOSBUF_JOIN_MITRE
            case .bevel: GEOSBUF_JOIN_BEVEL
            }
        return try derived("the buffer") { handle, geometry in
            guard let parameters = GEOSBufferParams_create_r(handle) else { return nil }
            defer { GEOSBufferParams_destroy_r(handle, parameters) }
            GEOSBufferParams_setQuadrantSegments_r(handle, parameters, segments)
            GEOSBufferParams_setEndCapStyle_r(handle, parameters, Int32(capStyle.rawValue))
            GEOSBufferParams_setJoinStyle_r(handle, parameters, Int32(joinStyle.rawValue))
            GEOSBufferParams_setMitreLimit_r(handle, parameters, mitreLimit)
            return GEOSBufferWithParams_r(handle, geometry, parameters, width)
        }
    }
}
