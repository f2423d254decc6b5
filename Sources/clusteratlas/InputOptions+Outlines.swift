import Catalogue

extension InputOptions {
    /// Reads a layer whole, one of the catalogue that has outlines as these: provinces, municipalities.
    func readAllOutlined(_ reference: String) throws -> Whole {
        let hasOutlines = (try? catalogue.open())?.layers.contains {
            $0.name == reference && $0.outlines != nil
        }
        return try readAll(
            reference, hasOutlines == true ? PlaceView(drawing: .outline) : PlaceView())
    }
}
