import ArgumentParser
import Catalogue
import Features

/// Which of a layer's features are meant by `--kind` and `--province`.
struct Selection {
    let kind: String?
    let province: Province?

    init(kind: String?, province: String?) throws {
        self.kind = kind
        self.province = try province.map { text in
            guard let province = Province(named: text) else {
                let near = Spelling.nearest(to: text, in: Province.allCases.flatMap(\.names))
                throw ValidationError(
                    "there is no province \"\(text)\""
                        + (near.map { "; did you mean \($0)?" } ?? ""))
            }
            return province
        }
    }

    /// The layers whose records are of a kind.
    static func layers(ofKind kind: String, in catalogue: PlaceCatalogue) throws -> [LayerInfo] {
        let layers = catalogue.layers.filter { $0.kind == kind || $0.name == kind }
        guard layers.isEmpty else { return layers }
        let near = Spelling.nearest(to: kind, in: catalogue.kinds)
        throw ValidationError(
            "there is no kind \"\(kind)\"" + (near.map { "; did you mean \($0)?" } ?? ".")
                + " The kinds are \(catalogue.kinds.joined(separator: ", ")).")
    }

    /// The features of a batch that are meant.
    func filter(_ batch: FeatureBatch, layer: String) throws -> FeatureBatch {
        var rows = Array(0..<batch.count)
        if let kind {
            let column = try Self.column("kind", of: batch, layer: layer)
            rows = rows.filter { column[$0].text == kind }
        }
        if let province {
            let column = try Self.column("province", of: batch, layer: layer)
            rows = rows.filter { column[$0].text.flatMap(Province.init(named:)) == province }
        }
        return rows.count == batch.count ? batch : batch.taking(rows)
    }

    private static func column(
        _ name: String, of batch: FeatureBatch, layer: String
    ) throws -> Column {
        guard let column = batch[name] else {
            throw ValidationError(
                "\(layer) has no field \"\(name)\"; --\(name) chooses by that field")
        }
        return column
    }
}
