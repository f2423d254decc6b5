extension Shape {
    /// The area on the WGS 84 ellipsoid in square metres; 0 for points and lines.
    ///
    /// Edges are geodesics between the positions. Holes count less whatever their winding; parts
    /// that overlap count twice.
    ///
    /// - Complexity: O(n) for n positions.
    public var geodesicArea: Double {
        polygons.reduce(0) { total, rings in
            let areas = rings.map { abs(Geodesic.wgs84.areaAndPerimeter(ofRing: $0).area) }
            return total + (areas.first ?? 0) - areas.dropFirst().reduce(0, +)
        }
    }

    /// The area on the WGS 84 ellipsoid in square metres, with edges that are straight in longitude
    /// and latitude (RFC 7946, section 3.1.1); 0 for points and lines.
    ///
    /// Holes count less whatever their winding; parts that overlap count twice. Where edges are
    /// short it is the same as ``geodesicArea``, in a tenth of the time.
    ///
    /// - Complexity: O(n) for n positions.
    public var straightEdgedArea: Double {
        var edges = PolygonEdges()
        edges.take(polygons)
        return edges.area
    }

    /// The length on the WGS 84 ellipsoid in metres: of lines their length, of areas the length of
    /// all their rings; 0 for points.
    ///
    /// - Complexity: O(n) for n positions.
    public var geodesicLength: Double {
        let earth = Geodesic.wgs84
        let rings = polygons.joined().reduce(0) {
            $0 + earth.areaAndPerimeter(ofRing: $1).perimeter
        }
        return rings + lines.reduce(0) { $0 + earth.length(of: $1) }
    }
}
