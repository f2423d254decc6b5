import Features
import Geometry
import HTTPTypes

/// A box that a client asks for, in one of the systems that are served.
struct BoxInSystem {
    /// Boxes on WGS 84 around all that the box holds: two where it crosses the antimeridian.
    let boxes: [Envelope]
    /// The box in its own system, x east; `nil` where the boxes on WGS 84 are the box itself.
    private let projected: Envelope?
    private let system: ServedSystem
    private let transformations: SystemTransformations

    /// Reads a box.
    ///
    /// - Parameters:
    ///   - text: Four or six numbers in the order of the system's axes.
    ///   - system: The system.
    ///   - transformations: The ways between the systems.
    /// - Throws: ``Problem`` (400) for sides that are the wrong way round or lie off the globe.
    init(
        _ text: String, _ system: ServedSystem, _ transformations: SystemTransformations
    ) throws(Problem) {
        self.system = system
        self.transformations = transformations
        guard let sides = BoxParameter.sides(text) else { throw Self.bad("is no box") }
        func inOrder(_ pair: (Double, Double)) -> (x: Double, y: Double) {
            system.isNorthFirst ? (pair.1, pair.0) : (pair.0, pair.1)
        }
        let (least, greatest) = (inOrder(sides.least), inOrder(sides.greatest))
        guard least.y <= greatest.y else { throw Self.bad("has its south north of its north") }
        if system.isInDegrees {
            guard least.y >= -90, greatest.y <= 90, least.x >= -180, least.x <= 180,
                greatest.x >= -180, greatest.x <= 180
            else {
                throw Self.bad(
                    "lies off the globe; longitudes are -180 to 180 and latitudes -90 to 90, "
                        + (system.isNorthFirst ? "latitude first" : "longitude first"))
            }
            func box(_ west: Double, _ east: Double) -> Envelope {
                Envelope(minX: west, minY: least.y, maxX: east, maxY: greatest.y)
            }
            boxes =
                least.x <= greatest.x
                ? [box(least.x, greatest.x)] : [box(least.x, 180), box(-180, greatest.x)]
            projected = nil
            return
        }
        guard least.x <= greatest.x else { throw Self.bad("has its west east of its east") }
        let box = Envelope(minX: least.x, minY: least.y, maxX: greatest.x, maxY: greatest.y)
        projected = box
        boxes = [try Self.around(box, system, transformations)]
    }

    private static func bad(_ problem: String) -> Problem {
        Problem(.badRequest, "bad-parameter", "bbox \(problem).", parameter: "bbox")
    }

    /// The box on WGS 84 around a projected one, whose sides are curves there.
    private static func around(
        _ box: Envelope, _ system: ServedSystem, _ transformations: SystemTransformations
    ) throws(Problem) -> Envelope {
        var x: [Double] = []
        var y: [Double] = []
        let parts = 32
        for i in 0...parts {
            let along = Double(i) / Double(parts)
            x += [box.minX + along * box.width, box.minX + along * box.width, box.minX, box.maxX]
            y += [box.minY, box.maxY, box.minY + along * box.height, box.minY + along * box.height]
        }
        do {
            (x, y) = try transformations.applyInverse(x, y, from: system)
        } catch {
            throw bad("lies outside of what \(system.code) can express")
        }
        guard let west = x.min(), let east = x.max(), let south = y.min(), let north = y.max(),
            [west, east, south, north].allSatisfy(\.isFinite)
        else { throw bad("lies outside of what \(system.code) can express") }
        // Between the positions that were looked at, a side may bulge a little further.
        let (roomX, roomY) = ((east - west) / 500 + 1e-9, (north - south) / 500 + 1e-9)
        return Envelope(
            minX: west - roomX, minY: south - roomY, maxX: east + roomX, maxY: north + roomY)
    }

    /// Judges the features whose boxes touch; `nil` where the boxes tell already.
    func judge(of content: CollectionContent) -> (@Sendable (Int) -> Bool)? {
        if let projected {
            return { [system, transformations] row in
                guard let shape = content.batch.geometry[row] else { return false }
                var (x, y): ([Double], [Double]) = ([], [])
                shape.forEachPosition {
                    x.append($0.x)
                    y.append($0.y)
                }
                guard let (e, n) = try? transformations.apply(x, y, to: system) else {
                    return false
                }
                var at = -1
                let moved = shape.mapPositions { position in
                    at += 1
                    return Position(e[at], n[at], position.z)
                }
                return Self.touches(moved, [projected])
            }
        }
        if content.isPoints { return nil }
        return { [boxes] row in
            if content.index.lies(row, in: boxes) { return true }
            guard let shape = content.batch.geometry[row] else { return false }
            return Self.touches(shape, boxes)
        }
    }

    /// Whether a shape shares a point with one of some boxes; what cannot be judged is judged by
    /// its envelope.
    private static func touches(_ shape: Shape, _ boxes: [Envelope]) -> Bool {
        guard let envelope = shape.envelope else { return false }
        return boxes.contains { box in
            guard BoxIndex.touch(envelope, box) else { return false }
            if case .point = shape { return true }
            let frame = Shape.polygon([
                [
                    Position(box.minX, box.minY), Position(box.maxX, box.minY),
                    Position(box.maxX, box.maxY), Position(box.minX, box.maxY),
                    Position(box.minX, box.minY),
                ]
            ])
            return (try? PreparedArea(frame).intersects(shape)) ?? true
        }
    }
}
