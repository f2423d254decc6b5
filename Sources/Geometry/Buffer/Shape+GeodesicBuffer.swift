#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

extension Shape {
    /// Returns everything within a distance of the shape, in metres on the WGS 84 ellipsoid.
    ///
    /// Around a point it is a ``disc(around:radius:)``. Around lines and areas the edge lies within
    /// a centimetre, or a ten-thousandth of the radius where that is more, of the radius: the shape
    /// is buffered by GEOS in azimuthal equidistant projections of its own neighbourhood
    /// (J. P. Snyder, Map projections, USGS 1395, 1987, p. 191), in pieces where it is wide, and
    /// every vertex of the outline is then put at the exact geodesic distance. Edges of the shape
    /// are straight in longitude and latitude (RFC 7946, section 3.1.1).
    ///
    /// - Parameter radius: More than 0; for lines and areas at most 1,000 km.
    /// - Returns: A polygon or several; an empty multipolygon for an empty shape.
    /// - Throws: ``GeometryError`` for a position that is not on the globe, a radius out of range,
    ///   or a line or area whose buffer would cross the antimeridian or come near a pole.
    public func buffered(by radius: Distance) throws(GeometryError) -> Shape {
        if isEmpty { return .multiPolygon([]) }
        let discs = try points.map { (point) throws(GeometryError) in
            try Shape.disc(around: point, radius: radius)
        }
        if dimension == 0 { return discs.count == 1 ? discs[0] : try .unionAll(discs) }
        try checkForBuffer(radius.metres)
        let outlines = Shape.collection(
            lines.map { .lineString($0) } + polygons.map { .polygon($0) })
        let target = try DistanceTarget(outlines)
        var parts = discs
        for piece in try outlines.pieces(within: 1) {
            parts.append(try piece.bufferedNearby(radius.metres))
        }
        let joined = parts.count == 1 ? parts[0] : try Shape.unionAll(parts)
        // The discs of single points have their exact edge already.
        let exact = discs.isEmpty ? joined.settled(at: radius.metres, from: target) : joined
        return try exact.validity().isValid ? exact : exact.madeValid()
    }

    private func checkForBuffer(_ radius: Double) throws(GeometryError) {
        guard radius > 0, radius <= 1_000_000 else {
            throw GeometryError(
                .badArgument, "a buffer of \(radius) m around lines or areas cannot be drawn",
                remedy: "give a radius of more than 0 and at most 1000km")
        }
        guard let box = envelope else { return }
        for corner in [Position(box.minX, box.minY), Position(box.maxX, box.maxY)]
        where !corner.isOnGlobe {
            throw GeometryError(
                .badPosition, "\(corner) is not a longitude and latitude",
                remedy: corner.swappedRemedy)
        }
        let north = max(box.maxY, -box.minY) + radius / 110_000
        let across = radius / (111_000 * cos(min(north, 89.9) * .pi / 180))
        guard north < 88, box.minX - across > -180, box.maxX + across < 180 else {
            throw GeometryError(
                .badArgument,
                "a buffer of \(radius) m around a line or area would cross the antimeridian or come "
                    + "near a pole, which is not supported",
                remedy: "cut the shape away from there, or use points")
        }
    }

    /// The shape cut along a grid of so many degrees, where it is wider than one cell.
    private func pieces(within degrees: Double) throws(GeometryError) -> [Shape] {
        guard let box = envelope, max(box.width, box.height) > degrees else { return [self] }
        var pieces: [Shape] = []
        let columns = Int((box.width / degrees).rounded(.up))
        let rows = Int((box.height / degrees).rounded(.up))
        for column in 0..<max(1, columns) {
            for row in 0..<max(1, rows) {
                let west = box.minX + Double(column) * degrees
                let south = box.minY + Double(row) * degrees
                let cell = Shape.polygon([
                    [
                        Position(west, south), Position(west + degrees, south),
                        Position(west + degrees, south + degrees), Position(west, south + degrees),
                        Position(west, south),
                    ]
                ])
                let piece = try Shape.unionAll(members).intersection(cell)
                if !piece.isEmpty { pieces.append(piece) }
            }
        }
        return pieces
    }

    private var members: [Shape] {
        if case .collection(let parts) = self { return parts }
        return [self]
    }

    /// The buffer of a shape about a degree wide, in the plane of a projection around its middle.
    private func bufferedNearby(_ radius: Double) throws(GeometryError) -> Shape {
        guard let middle = envelope?.centre else { return .multiPolygon([]) }
        let around = try CoordinateReferenceSystem(
            "+proj=aeqd +lat_0=\(middle.y) +lon_0=\(middle.x) +datum=WGS84 +units=m")
        let there = try Transformation(from: .wgs84, to: around)
        let tolerance = Shape.drawingTolerance(radius: radius)
        // An edge straight in degrees bows by L²·tan(φ)/8R; pieces this short stay within tolerance.
        let longest =
            (4 * 6.37e6 * tolerance / max(0.1, tan(middle.y.magnitude * .pi / 180))).squareRoot()
        let dense = try densified(planarMaxLength: longest / 111_000)
        let quadrant = max(4, Int((.pi / (2 * (8 * tolerance / radius).squareRoot())).rounded(.up)))
        let flat = try dense.transformed { (x, y) throws(GeometryError) in try there.apply(&x, &y) }
        let grown = try flat.planarBuffer(width: radius, quadrantSegments: quadrant)
        // Long straight stretches of the outline get vertices before they return to degrees.
        let fine = try grown.densified(planarMaxLength: longest)
        return try fine.transformed { (x, y) throws(GeometryError) in
            try there.applyInverse(&x, &y)
        }
    }

    /// The shape with its coordinates passed through a transformation, all in one buffer.
    package func transformed(
        _ transform: (inout [Double], inout [Double]) throws(GeometryError) -> Void
    ) throws(GeometryError) -> Shape {
        var x: [Double] = []
        var y: [Double] = []
        forEachPosition {
            x.append($0.x)
            y.append($0.y)
        }
        try transform(&x, &y)
        var next = 0
        return mapPositions { old in
            next += 1
            return Position(x[next - 1], y[next - 1], old.z)
        }
    }

    /// The outline with every vertex moved to the exact distance from what it surrounds.
    private func settled(
        at radius: Double, from target: DistanceTarget
    ) -> Shape {
        func settle(_ ring: [Position]) -> [Position] {
            var moved: [Position] = []
            for position in ring.dropLast() {
                guard let nearest = target.nearestPlace(to: position) else { return ring }
                let azimuth = Geodesic.wgs84.inverse(from: nearest, to: position).azimuth
                moved.append(
                    Geodesic.wgs84.direct(from: nearest, azimuth: azimuth, distance: radius)
                        .position)
            }
            if let first = moved.first { moved.append(first) }
            return moved
        }
        return .area(of: polygons.map { $0.map(settle) })
    }
}
