internal import Features
internal import Geometry

/// How all layers of a map are drawn: their colours, classes and sizes.
struct MapStyle: Sendable {
    let layers: [LayerStyle]
    /// The sizes that the legend shows, as number and radius; none where points are of one size.
    let sizes: [(value: Double, radius: Double)]
    /// What the attributes that set colours and sizes are called.
    let colorName, sizeName: MapName?

    private static let greatestRadius = 16.0
    private static let leastRadius = 2.0

    /// Chooses colours, classes and sizes from the data.
    init(_ layers: [MapLayer], _ design: MapDesign) throws(MapError) {
        colorName = design.color.map(FieldName.of)
        sizeName = design.size.map(FieldName.of)
        if let field = design.color { try Self.check(field, in: layers, "--color") }
        if let field = design.size { try Self.check(field, in: layers, "--size") }
        let coloring = design.color.map { FieldColors($0, layers, design) }
        var greatest = 0.0
        if let field = design.size {
            for layer in layers {
                guard let column = layer.batch[field] else { continue }
                for row in 0..<column.count {
                    greatest = max(greatest, Self.number(column, row) ?? 0)
                }
            }
            guard greatest > 0 else {
                throw MapError(
                    .badField, at: "", "\(field) holds no number above 0 to size points by",
                    remedy: "name a field of numbers with --size")
            }
        }
        func radius(_ value: Double?) -> Double {
            max(
                Self.leastRadius, (max(0, value ?? 0) / greatest).squareRoot() * Self.greatestRadius
            )
        }
        self.layers = layers.enumerated().map { number, layer in
            let batch = layer.batch
            let count = batch.count
            let usual = count <= 60 ? 4.6 : count <= 1000 ? 2.8 : count <= 10_000 ? 2 : 1.3
            let marker = Marker(rawValue: number % Marker.allCases.count) ?? .circle
            let sizes = design.size.flatMap { batch[$0] }.map { column in
                (0..<batch.count).map { radius(Self.number(column, $0)) }
            }
            if let coloring, let column = batch[coloring.field] {
                return LayerStyle(
                    marker: marker, entries: coloring.entries,
                    rows: (0..<batch.count).map { coloring.entry(of: column[$0]) },
                    radii: sizes, radius: usual, isColored: true)
            }
            let own = MapPalette.kinds[number % MapPalette.kinds.count]
            return LayerStyle(
                marker: marker,
                entries: [.init(color: coloring == nil ? own : MapPalette.none, name: layer.name)],
                rows: Array(repeating: 0, count: batch.count), radii: sizes, radius: usual,
                isColored: false)
        }
        sizes =
            design.size == nil
            ? []
            : [1, 0.4, 0.1].map { share in
                let value = Self.round(greatest * share)
                return (value, radius(value))
            }
    }

    /// The number of a cell, also where a column of mixed kinds holds it.
    static func number(_ column: Column, _ row: Int) -> Double? {
        column.number(row) ?? column[row].plain.number
    }

    /// A number of one digit, for legends.
    private static func round(_ value: Double) -> Double {
        var scale = 1.0
        while value / scale >= 10 { scale *= 10 }
        while value / scale < 1 { scale /= 10 }
        let rounded = (value / scale).rounded()
        // Dividing by whole numbers keeps 0.3 from becoming 0.30000000000000004.
        return scale >= 1 ? rounded * scale : rounded / (1 / scale).rounded()
    }

    private static func check(
        _ field: String, in layers: [MapLayer], _ option: String
    ) throws(MapError) {
        if layers.contains(where: { $0.batch[field] != nil }) { return }
        var names: [String] = []
        for name in layers.flatMap({ $0.batch.columns.map(\.name) }) where !names.contains(name) {
            names.append(name)
        }
        let near = Spelling.nearest(to: field, in: names)
        throw MapError(
            .badField, at: "", "no layer has a field \"\(field)\"",
            remedy: (near.map { "did you mean \($0)? " } ?? "")
                + "name with \(option) one of \(names.prefix(40).joined(separator: ", "))")
    }
}
