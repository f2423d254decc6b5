import Features
import Filters
import Formats
import Geometry
import HTTPTypes

/// The filter of a request (OGC API – Features, Part 3).
enum FilterParameter {
    /// The parameters.
    static let parameters: [Parameter] = [
        Parameter(
            "filter", .query, .text,
            "Only features of which this is true: a condition in CQL2 about the attributes in "
                + "queryables and the geometry."),
        Parameter(
            "filter-lang", .query, .choice(["cql2-text", "cql2-json"]),
            "The form of the filter; text if not given."),
        Parameter(
            "filter-crs", .query, .choice(ServedSystem.names),
            "The reference system of geometries in the filter, in the order of its axes; CRS84 if "
                + "not given."),
    ]

    /// Reads the filter of a request, and checks it against the features.
    ///
    /// - Parameters:
    ///   - call: The request.
    ///   - content: The features.
    ///   - transformations: The ways between the systems.
    ///   - time: How long it may take.
    /// - Returns: What judges features; `nil` where the request has no filter.
    /// - Throws: ``Problem`` (400) that says where the filter is wrong.
    static func judge(
        _ call: Call, _ content: CollectionContent, _ transformations: SystemTransformations,
        within time: Duration
    ) throws(Problem) -> FilterJudge? {
        guard let text = call["filter"] else {
            for name in ["filter-lang", "filter-crs"] where call[name] != nil {
                throw Problem(
                    .badRequest, "bad-parameter", "\(name) is given without a filter.",
                    parameter: name)
            }
            return nil
        }
        let system = call["filter-crs"].flatMap { ServedSystem($0) } ?? .crs84
        do throws(CQLError) {
            var filter =
                call["filter-lang"] == "cql2-json"
                ? try CQLExpression(jsonText: Array(text.utf8)) : try CQLExpression(text: text)
            if system != .crs84 {
                filter = try filter.mapGeometries(
                    isNorthFirst: system.isNorthFirst, isInDegrees: system.isInDegrees
                ) { (shape, place) throws(CQLError) in
                    try moved(shape, place, system, transformations)
                }
            }
            return FilterJudge(try CQLFilter(filter, over: content.batch), within: time)
        } catch {
            throw Problem(
                .badRequest, "bad-filter", error.description.replacing("\n  To fix:", with: ";"),
                parameter: "filter")
        }
    }

    /// A geometry of a system, x east, on WGS 84; edges of projected systems, which are curves
    /// there, in pieces.
    private static func moved(
        _ shape: Shape, _ place: CQLPlace, _ system: ServedSystem,
        _ transformations: SystemTransformations
    ) throws(CQLError) -> Shape {
        if system.isInDegrees { return shape }
        let shape = shape.withEdges(in: 16)
        var (x, y): ([Double], [Double]) = ([], [])
        shape.forEachPosition {
            x.append($0.x)
            y.append($0.y)
        }
        do {
            (x, y) = try transformations.applyInverse(x, y, from: system)
        } catch {
            throw CQLError(
                at: place, "the geometry lies outside of what \(system.code) can express")
        }
        var at = -1
        return shape.mapPositions { position in
            at += 1
            return Position(x[at], y[at], position.z)
        }
    }
}

/// Judges features by a filter, and keeps what went wrong.
final class FilterJudge {
    private let filter: CQLFilter
    private let time: Duration
    private let deadline: ContinuousClock.Instant
    private var count = 0
    private var isLate = false
    private var failure: CQLError?

    init(_ filter: CQLFilter, within time: Duration) {
        self.filter = filter
        self.time = time
        deadline = .now + time
    }

    /// Boxes of which each feature that is kept touches one; `nil` for anywhere.
    var boxes: [Envelope]? { filter.boxes }

    func keeps(_ row: Int) -> Bool {
        if isLate { return false }
        count += 1
        // A feature takes from nanoseconds to milliseconds.
        if count % 16 == 0, ContinuousClock.now >= deadline {
            isLate = true
            return false
        }
        do throws(CQLError) {
            return try filter.truth(of: row) == true
        } catch {
            failure = failure ?? error
            return false
        }
    }

    /// Tells what went wrong, once features were judged.
    ///
    /// - Throws: ``Problem`` (422) where GEOS could not judge a feature, or there was no time for all.
    func check() throws(Problem) {
        guard !isLate else {
            throw Problem(
                .unprocessableContent, "filter-too-long",
                "The filter takes longer than \(time), which is the most. With a box or an attribute "
                    + "besides, it is asked of fewer features.", parameter: "filter")
        }
        guard let failure else { return }
        throw Problem(
            .unprocessableContent, "filter-failed", failure.description, parameter: "filter")
    }
}

extension Shape {
    /// The shape with each edge in so many pieces.
    fileprivate func withEdges(in pieces: Int) -> Shape {
        func cut(_ chain: [Position]) -> [Position] {
            var result = Array(chain.prefix(1))
            for (a, b) in zip(chain, chain.dropFirst()) {
                for piece in 1..<pieces {
                    let along = Double(piece) / Double(pieces)
                    result.append(
                        Position(a.x + (b.x - a.x) * along, a.y + (b.y - a.y) * along))
                }
                result.append(b)
            }
            return result
        }
        switch self {
        case .point, .multiPoint: return self
        case .lineString(let line): return .lineString(cut(line))
        case .multiLineString(let lines): return .multiLineString(lines.map(cut))
        case .polygon(let rings): return .polygon(rings.map(cut))
        case .multiPolygon(let polygons): return .multiPolygon(polygons.map { $0.map(cut) })
        case .collection(let parts): return .collection(parts.map { $0.withEdges(in: pieces) })
        }
    }
}
