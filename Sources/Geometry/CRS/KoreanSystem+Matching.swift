internal import CPROJ

extension KoreanSystem {
    /// Finds the system of Korea that has the figures of another, whatever that is called.
    ///
    /// ESRI's `.prj` files name their systems and datums in their own way, or the ellipsoid only;
    /// the central meridian, the origin, the scale, the false coordinates and the ellipsoid tell
    /// which it is. Meridians count as the same within 0.01″, so that the belts of cadastral data,
    /// 10.405″ east of the others, stay apart.
    ///
    /// - Parameter system: A projected system.
    /// - Returns: The system of Korea, or `nil` where none has these figures, or PROJ cannot tell
    ///   them.
    public static func matching(_ system: CoordinateReferenceSystem) -> KoreanSystem? {
        let context = PROJContext()
        guard let object = try? system.object(in: context) else { return nil }
        let isBound = object.type == PJ_TYPE_BOUND_CRS
        let base =
            isBound
            ? context.own(proj_get_source_crs(context.handle, object.pointer)) : object
        guard let base, base.type == PJ_TYPE_PROJECTED_CRS,
            let ellipsoid = context.own(proj_get_ellipsoid(context.handle, base.pointer)),
            let conversion = context.own(
                proj_crs_get_coordoperation(context.handle, base.pointer))
        else { return nil }
        var major = 0.0
        proj_ellipsoid_get_parameters(context.handle, ellipsoid.pointer, &major, nil, nil, nil)
        func figure(_ name: String) -> Double? {
            let index = proj_coordoperation_get_param_index(
                context.handle, conversion.pointer, name)
            guard index >= 0 else { return nil }
            var (value, unit) = (0.0, 0.0)
            proj_coordoperation_get_param(
                context.handle, conversion.pointer, index, nil, nil, nil, &value, nil, &unit, nil,
                nil, nil, nil)
            let isDegree = (unit - .pi / 180).magnitude < 1e-12
            return name.hasPrefix("L") && !isDegree ? value * unit * 180 / .pi : value
        }
        let datum: Datum
        if (major - 6_377_397.155).magnitude < 0.01 {
            datum = .korean1985
        } else if (major - 6_378_137).magnitude < 0.01 {
            datum = .korea2000
        } else {
            return nil
        }
        guard let meridian = figure("Longitude of natural origin"),
            let latitude = figure("Latitude of natural origin"),
            let scale = figure("Scale factor at natural origin"),
            let easting = figure("False easting"), let northing = figure("False northing")
        else { return nil }
        return all.first {
            guard let projection = $0.projection, $0.datum == datum else { return false }
            return (projection.meridian - meridian).magnitude < 0.01 / 3600
                && (projection.latitude - latitude).magnitude < 1e-9
                && (projection.scale - scale).magnitude < 1e-9
                && (projection.easting - easting).magnitude < 0.01
                && (projection.northing - northing).magnitude < 0.01
        }
    }

    /// Whether a system says itself how its datum is shifted to WGS 84 (TOWGS84).
    ///
    /// - Parameter system: The system.
    /// - Returns: True where it does.
    static func shiftsItself(_ system: CoordinateReferenceSystem) -> Bool {
        let object = try? system.object(in: PROJContext())
        return object?.type == PJ_TYPE_BOUND_CRS
    }

    /// Finds the system of Korea that a file means by a definition of its own, where taking that
    /// one instead is right.
    ///
    /// A definition that brings its own shift of Korea's old datum is left as it is, so that the
    /// shift is judged (see ``Transformation/DoubtPolicy``).
    ///
    /// - Parameter system: A system without a code.
    /// - Returns: The system meant, or `nil`.
    public static func meant(by system: CoordinateReferenceSystem) -> KoreanSystem? {
        guard system.code == nil, let found = matching(system) else { return nil }
        return found.datum == .korean1985 && shiftsItself(system) ? nil : found
    }
}
