import Analysis
import Features
import Geometry

extension InputOptions {
    /// Reads a layer by whose polygons something is bounded.
    ///
    /// - Parameter reference: The layer.
    /// - Returns: The layer, with at least one polygon.
    /// - Throws: ``AnalysisError`` (`empty`) naming a layer that holds none, and what reading throws.
    func readBoundary(_ reference: String) throws -> Whole {
        let whole = try readAll(reference)
        guard whole.batch.geometry.shapes.contains(where: { $0?.polygons.isEmpty == false }) else {
            throw AnalysisError(
                .empty, at: whole.title, "holds no polygon that could be a boundary",
                remedy: "give a layer of polygons, or leave --boundary out")
        }
        return whole
    }
}
