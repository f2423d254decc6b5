internal import CPROJ

/// What is known of Korea's old datum, and of the ways in which files name it wrongly.
///
/// Cadastral data before 2010 lies on the Bessel ellipsoid (Korean 1985, EPSG:4162). EPSG's
/// operation to WGS 84 (5191, Molodensky–Badekas, 1 m) is the yardstick: a system that says its own
/// shift is measured against it at five places. The common seven-parameter string
/// (−115.80, 474.99, 674.11, 1.16, −2.31, −1.63, 6.43) agrees within 0.1 m.
enum KoreanDatum {
    /// A shift that lies farther than this from EPSG's, in metres, is doubted.
    private static let tolerance = 1.5
    /// Ways to name the old datum rightly.
    private static let rightShift = "+towgs84=-115.80,474.99,674.11,1.16,-2.31,-1.63,6.43"
    /// How to go on all the same.
    private static let accept = "accept it with `--accept-doubtful-crs`"

    /// Says what is wrong with a system, where it is one of Korea's old ones and wrongly named.
    ///
    /// - Parameters:
    ///   - object: PROJ's object of the system.
    ///   - system: The system, for messages.
    ///   - isSource: Whether coordinates come in this system; an old belt is only doubted then, for
    ///     who asks for one as output has named it on purpose.
    /// - Returns: The doubt, or `nil` where there is none.
    static func doubt(
        of object: PROJObject, _ system: CoordinateReferenceSystem, isSource: Bool
    ) -> Doubt? {
        let context = object.context
        let isBound = object.type == PJ_TYPE_BOUND_CRS
        let base =
            isBound
            ? context.own(proj_get_source_crs(context.handle, object.pointer)) : object
        guard let base, isBessel(base) else { return nil }
        let meridian = centralMeridian(base)
        if base.type == PJ_TYPE_PROJECTED_CRS {
            guard let meridian, meridian > 124, meridian < 132 else { return nil }
        }
        if isBound {
            if let doubt = wrongShift(of: object, system, isGeographic: meridian == nil) {
                return doubt
            }
        } else if meridian != nil, hasNoDatum(base) {
            return Doubt(
                problem: "\(system) names the Bessel ellipsoid but no datum: PROJ would shift "
                    + "nothing, which is about 362 m off in Korea",
                remedy: "name EPSG:5174 (cadastral, central belt), or add \(rightShift)")
        }
        if isSource, let meridian, [125, 127, 129, 131].contains(meridian) {
            return Doubt(
                problem: "\(system) has its central meridian at \(Int(meridian))° exactly; Korean "
                    + "cadastral data lies 10.405″ east of it (EPSG:5173 to 5177), and taking "
                    + "one for the other is about 255 m off",
                remedy: "name EPSG:5174 for the central belt; if the data really is in "
                    + "\(system.code ?? "this system"), \(accept)")
        }
        return nil
    }

    private static func isBessel(_ object: PROJObject) -> Bool {
        let context = object.context
        guard let ellipsoid = context.own(proj_get_ellipsoid(context.handle, object.pointer)) else {
            return false
        }
        var major = 0.0
        proj_ellipsoid_get_parameters(
            context.handle, ellipsoid.pointer, &major, nil, nil, nil)
        return (major - 6_377_397.155).magnitude < 0.01
    }

    /// The central meridian of a transverse Mercator projection, in degrees.
    private static func centralMeridian(_ object: PROJObject) -> Double? {
        let context = object.context
        guard object.type == PJ_TYPE_PROJECTED_CRS,
            let conversion = context.own(
                proj_crs_get_coordoperation(context.handle, object.pointer))
        else { return nil }
        let index = proj_coordoperation_get_param_index(
            context.handle, conversion.pointer, "Longitude of natural origin")
        guard index >= 0 else { return nil }
        var value = 0.0
        var unit = 0.0
        proj_coordoperation_get_param(
            context.handle, conversion.pointer, index, nil, nil, nil, &value, nil, &unit, nil, nil,
            nil, nil)
        // The unit is given in radians; a whole degree must stay whole.
        return (unit - .pi / 180).magnitude < 1e-12 ? value : value * unit * 180 / .pi
    }

    private static func hasNoDatum(_ object: PROJObject) -> Bool {
        let context = object.context
        guard let datum = context.own(proj_crs_get_datum(context.handle, object.pointer)) else {
            return true
        }
        let name = datum.name.lowercased()
        return name.hasPrefix("unknown") || name.hasPrefix("not specified")
            || name.hasPrefix("not_specified") || name.contains("based on bessel")
    }

    private static func wrongShift(
        of bound: PROJObject, _ system: CoordinateReferenceSystem, isGeographic: Bool
    ) -> Doubt? {
        let context = bound.context
        guard
            let shift = context.own(proj_crs_get_coordoperation(context.handle, bound.pointer))
        else { return nil }
        var values = [Double](repeating: 0, count: 7)
        guard
            proj_coordoperation_get_towgs84_values(
                context.handle, shift.pointer, &values, 7, 0) == 1,
            let away = differences(of: values, in: context), away.upperBound > tolerance
        else { return nil }
        // A geographic system says nothing of where it is used: only a shift that is plainly meant
        // for Korea (its rotations given, and near the right one) is judged.
        if isGeographic, away.upperBound > 60 || values[3...5].allSatisfy({ $0 == 0 }) {
            return nil
        }
        let metres = "\(Int(away.lowerBound.rounded())) to \(Int(away.upperBound.rounded()))"
        let cause: String
        if zip(values.prefix(3), [-145.907, 505.034, 685.756]).allSatisfy({
            ($0 - $1).magnitude < 0.5
        }) {
            cause =
                " (these are EPSG's Molodensky–Badekas figures, which mean a rotation about a point "
                + "in Korea, not about the centre of the earth)"
        } else if let turned = differences(
            of: values.enumerated().map { (3...5).contains($0) ? -$1 : $1 }, in: context),
            turned.upperBound <= tolerance
        {
            cause = " (the signs of the rotations are turned)"
        } else {
            cause = ""
        }
        return Doubt(
            problem: "\(system) shifts its datum to WGS 84 by figures that lie \(metres) m from "
                + "EPSG's operation for Korea\(cause)",
            remedy: "name EPSG:5174, or give \(rightShift); if you know better, \(accept)")
    }

    /// The least and greatest distance in metres, at five places of Korea, between where a shift and
    /// EPSG's operation take a position of the old datum.
    private static func differences(
        of shift: [Double], in context: PROJContext
    ) -> ClosedRange<Double>? {
        let figures = shift.map { "\($0)" }.joined(separator: ",")
        let places = [
            Position(126.978, 37.5665), Position(127.37, 36.39), Position(129.0756, 35.1796),
            Position(126.56, 33.25), Position(128.6, 38.2),
        ]
        guard
            let theirs = shifted(
                places, "+proj=longlat +ellps=bessel +towgs84=\(figures) +type=crs", context),
            let ours = shifted(places, "EPSG:4162", context)
        else { return nil }
        let metres = zip(theirs, ours).map { Geodesic.wgs84.distance(from: $0, to: $1) }
        guard let least = metres.min(), let greatest = metres.max() else { return nil }
        return least...greatest
    }

    private static func shifted(
        _ places: [Position], _ definition: String, _ context: PROJContext
    ) -> [Position]? {
        guard
            let raw = context.own(
                proj_create_crs_to_crs(context.handle, definition, "EPSG:4326", nil)),
            let operation = context.own(
                proj_normalize_for_visualization(context.handle, raw.pointer))
        else { return nil }
        return places.map { place in
            let result = proj_trans(
                operation.pointer, PJ_FWD, proj_coord(place.x, place.y, 0, 0))
            return Position(result.xy.x, result.xy.y)
        }
    }
}
