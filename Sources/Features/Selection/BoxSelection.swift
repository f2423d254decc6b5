public import Geometry

/// Chooses features by a box.
public enum BoxSelection {
    /// The rows whose geometry touches a box.
    ///
    /// - Parameters:
    ///   - batch: The features.
    ///   - box: West, south, east and north in degrees; its edge counts.
    /// - Returns: The rows, from 0, in order. Lines and areas are judged themselves, not by their
    ///   envelope.
    public static func rows(of batch: FeatureBatch, in box: Envelope) -> [Int] {
        let frame = Shape.polygon([
            [
                Position(box.minX, box.minY), Position(box.maxX, box.minY),
                Position(box.maxX, box.maxY), Position(box.minX, box.maxY),
                Position(box.minX, box.minY),
            ]
        ])
        let prepared = try? PreparedArea(frame)
        return (0..<batch.count).filter { row in
            guard let shape = batch.geometry[row], let envelope = shape.envelope else {
                return false
            }
            guard envelope.minX <= box.maxX, envelope.maxX >= box.minX,
                envelope.minY <= box.maxY, envelope.maxY >= box.minY
            else { return false }
            if case .point = shape { return true }
            // What cannot be judged (an invalid shape) is judged by its envelope.
            return (try? prepared?.intersects(shape)) ?? true
        }
    }
}
