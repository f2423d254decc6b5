internal import CPROJ

/// A transformation of coordinates from one reference system to another, over PROJ.
///
/// It is one operation, chosen when it is made, so that every position goes the same way: the most
/// accurate that PROJ knows for the area where both systems are used. Coordinates are x east,
/// y north on both sides. Making one takes about 10 ms, applying it less than a microsecond a
/// position: make one a task and keep it. It is not `Sendable`.
/// https://proj.org/development/reference/functions.html#transformation-setup
///
/// An operation that would be silently wrong is refused: one that PROJ calls *ballpark*, one whose
/// grid is not installed, and one known wrong for Korea (see ``DoubtPolicy``).
public final class Transformation {
    /// The system of the coordinates put in.
    public let source: CoordinateReferenceSystem
    /// The system of the coordinates that come out.
    public let target: CoordinateReferenceSystem
    /// The operation's name in EPSG's registry, for example
    /// `Inverse of Korea Modified Central Belt + Korean 1985 to WGS 84 (1)`.
    public let operation: String
    /// How far a result may lie off, in metres, as the registry states; `nil` where it does not.
    public let accuracy: Double?
    /// What a person should know: doubts that were accepted.
    public let warnings: [String]

    /// The version of PROJ: `9.1.1`.
    public static var engineVersion: String {
        let info = proj_info()
        return "\(info.major).\(info.minor).\(info.patch)"
    }

    private let object: PROJObject?

    /// What to do about an operation that is likely to be wrong.
    public enum DoubtPolicy: Hashable, Sendable {
        /// Throw an error that names the right way.
        case refuse
        /// Go on, and say so in ``Transformation/warnings``.
        case accept
    }

    /// Chooses the operation between two systems.
    ///
    /// - Parameters:
    ///   - source: The system of the coordinates put in.
    ///   - target: The system of the coordinates that come out.
    ///   - doubtful: What to do about an operation that is likely to be wrong.
    /// - Throws: ``GeometryError`` (`doubtfulTransformation`) that says by how many metres the
    ///   operation is off, where that is known, and what to name instead; `unknownCRS` where there
    ///   is no operation at all.
    public init(
        from source: CoordinateReferenceSystem, to target: CoordinateReferenceSystem,
        doubtful: DoubtPolicy = .refuse
    ) throws(GeometryError) {
        self.source = source
        self.target = target
        if source.definition == target.definition || source.isWGS84 && target.isWGS84 {
            operation = "identity"
            accuracy = 0
            warnings = []
            object = nil
            return
        }
        let context = PROJContext()
        let from = try source.object(in: context)
        let to = try target.object(in: context)
        let best = try OperationChoice.best(from: from, to: to, source, target)
        var doubts = best.doubts
        for (end, system, isSource) in [(from, source, true), (to, target, false)] {
            if let doubt = KoreanDatum.doubt(of: end, system, isSource: isSource) {
                // What is known of Korea says more than PROJ's own remark on the same operation.
                doubts = [doubt]
            }
        }
        if doubtful == .refuse, let doubt = doubts.first {
            throw GeometryError(
                .doubtfulTransformation, doubt.problem, remedy: doubt.remedy)
        }
        warnings = doubts.map(\.problem)
        operation = best.name
        accuracy = best.accuracy
        let normal = proj_normalize_for_visualization(context.handle, best.object.pointer)
        guard let ready = context.own(normal) else {
            throw GeometryError(
                .unknownCRS,
                "no usable operation from \(source) to \(target): \(context.message)")
        }
        object = ready
    }

    /// Transforms coordinates in place, a whole buffer at a time.
    ///
    /// - Parameters:
    ///   - x: Longitudes in degrees or eastings in metres; NaN stays NaN.
    ///   - y: Latitudes in degrees or northings in metres.
    /// - Throws: ``GeometryError`` (`badPosition`) naming the first position, from 0, that the
    ///   operation cannot take.
    public func apply(_ x: inout [Double], _ y: inout [Double]) throws(GeometryError) {
        try run(&x, &y, PJ_FWD)
    }

    /// Transforms coordinates in place, from the target back to the source, so that what went there
    /// comes back within a millimetre.
    ///
    /// PROJ's reverse of a datum shift may be a few millimetres off the true inverse (5.5 mm for
    /// Korean 1985, whose Molodensky–Badekas operation EPSG reverses by turning the signs); the
    /// rest is taken out here. A transformation made for the other direction agrees with PROJ's
    /// `cs2cs` instead.
    ///
    /// - Parameters:
    ///   - x: Longitudes in degrees or eastings in metres; NaN stays NaN.
    ///   - y: Latitudes in degrees or northings in metres.
    /// - Throws: ``GeometryError`` (`badPosition`) naming the first position, from 0, that the
    ///   operation cannot take.
    public func applyInverse(_ x: inout [Double], _ y: inout [Double]) throws(GeometryError) {
        let (wantedX, wantedY) = (x, y)
        try run(&x, &y, PJ_INV)
        guard accuracy != 0 else { return }
        var (thereX, thereY) = (x, y)
        try run(&thereX, &thereY, PJ_FWD)
        for i in x.indices {
            thereX[i] = 2 * wantedX[i] - thereX[i]
            thereY[i] = 2 * wantedY[i] - thereY[i]
        }
        try run(&thereX, &thereY, PJ_INV)
        (x, y) = (thereX, thereY)
    }

    /// Transforms one position.
    ///
    /// - Parameter position: Coordinates in the source system.
    /// - Returns: Coordinates in the target system, with the height as it was.
    /// - Throws: ``GeometryError`` (`badPosition`) where the operation cannot take it.
    public func apply(_ position: Position) throws(GeometryError) -> Position {
        var x = [position.x]
        var y = [position.y]
        try apply(&x, &y)
        return Position(x[0], y[0], position.z)
    }

    private func run(
        _ x: inout [Double], _ y: inout [Double], _ direction: PJ_DIRECTION
    ) throws(GeometryError) {
        precondition(x.count == y.count, "as many y as x")
        guard let object, !x.isEmpty else { return }
        let before = (x, y)
        let stride = MemoryLayout<Double>.stride
        let count = x.count
        proj_errno_reset(object.pointer)
        x.withUnsafeMutableBufferPointer { x in
            y.withUnsafeMutableBufferPointer { y in
                _ = proj_trans_generic(
                    object.pointer, direction, x.baseAddress, stride, count, y.baseAddress, stride,
                    count, nil, 0, 0, nil, 0, 0)
            }
        }
        for i in x.indices where !x[i].isFinite || !y[i].isFinite {
            if before.0[i].isNaN || before.1[i].isNaN {
                x[i] = .nan
                y[i] = .nan
                continue
            }
            let system = direction == PJ_FWD ? source : target
            let found = Position(before.0[i], before.1[i])
            (x, y) = before
            throw GeometryError(
                .badPosition, "position \(i) (\(found)) is outside what \(system) can hold",
                remedy: system.isGeographic
                    ? found.swappedRemedy : "check that the data is really in \(system)")
        }
    }
}
