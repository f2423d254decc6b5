import Catalogue
import Features

extension InputOptions {
    /// Reads a layer whole, one of the catalogue that has outlines as these: provinces, municipalities.
    func readAllOutlined(_ reference: String) throws -> Whole {
        let hasOutlines = (try? catalogue.open())?.layers.contains {
            $0.name == reference && $0.outlines != nil
        }
        guard hasOutlines == true else { return try readAll(reference) }
        var opened = try open(reference, PlaceView(drawing: .outline))
        let batch = try opened.source.readAll()
        let collection = opened.source.collection
        tell(collection, of: reference)
        return Whole(
            name: opened.name, batch: batch, inputs: collection.inputs,
            catalogueVersion: opened.catalogueVersion)
    }
}
