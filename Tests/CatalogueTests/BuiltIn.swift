import Catalogue
import Foundation
import TestSupport

/// The catalogue of the checkout, read once for all tests.
struct BuiltIn: Sendable {
    let catalogue: PlaceCatalogue
    let layers: [(info: LayerInfo, places: [Place])]

    var places: [Place] { layers.flatMap(\.places) }

    private static let shared = Result {
        let folder = SharedData.packageRoot.appending(path: "GeoData").path
        let catalogue = try PlaceCatalogue(folder: folder)
        return BuiltIn(
            catalogue: catalogue,
            layers: try catalogue.layers.map { (info: $0, places: try catalogue.records(of: $0)) })
    }

    static func load() throws -> BuiltIn { try shared.get() }

    /// The records of a layer.
    func places(of layer: String) -> [Place] {
        layers.first { $0.info.name == layer }?.places ?? []
    }
}
