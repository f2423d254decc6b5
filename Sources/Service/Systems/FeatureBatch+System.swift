import Features
import Formats
import Geometry

extension FeatureBatch {
    /// The batch with its positions in a system, in the order of the system's axes.
    ///
    /// - Parameters:
    ///   - system: The system.
    ///   - transformations: The ways between the systems.
    /// - Returns: The batch, which is not longitude, latitude any more.
    /// - Throws: `GeometryError` for a position that the system cannot express.
    func inSystem(
        _ system: ServedSystem, _ transformations: SystemTransformations
    ) throws -> FeatureBatch {
        if system == .crs84 { return self }
        let shapes = geometry.shapes
        var (x, y): ([Double], [Double]) = ([], [])
        for shape in shapes {
            shape?.forEachPosition {
                x.append($0.x)
                y.append($0.y)
            }
        }
        (x, y) = try transformations.apply(x, y, to: system)
        var at = -1
        var batch = self
        batch.geometry = GeometryColumn(
            shapes.map { shape in
                shape?.mapPositions { position in
                    at += 1
                    return system.isNorthFirst
                        ? Position(y[at], x[at], position.z) : Position(x[at], y[at], position.z)
                }
            })
        return batch
    }
}
