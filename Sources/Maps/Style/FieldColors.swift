internal import Features

/// The colours by which an attribute is shown, the same in all layers that have it.
struct FieldColors: Sendable {
    let field: String
    /// The lines of the legend: classes or kinds, and what has neither.
    let entries: [LayerStyle.Entry]
    private let classes: ClassedNumbers?
    private let kinds: [String: Int]
    /// The entry of kinds that have no colour of their own.
    private let other: Int?
    /// The entry of features without a value.
    private let none: Int

    /// Chooses classes where all values are numbers, else kinds by how often each occurs.
    init(_ field: String, _ layers: [MapLayer], _ design: MapDesign) {
        self.field = field
        var numbers: [Double] = []
        var counts: [String: Int] = [:]
        var missing = false
        for column in layers.compactMap({ $0.batch[field] }) {
            for row in 0..<column.count {
                let value = column[row].plain
                if value.isNull {
                    missing = true
                } else {
                    if let number = value.number, number.isFinite { numbers.append(number) }
                    counts[value.description, default: 0] += 1
                }
            }
        }
        let isNumeric = !numbers.isEmpty && numbers.count == counts.values.reduce(0, +)
        var entries: [LayerStyle.Entry] = []
        var kinds: [String: Int] = [:]
        var other: Int?
        if isNumeric {
            let classed = ClassedNumbers(numbers, by: design.method, count: design.classCount)
            let edges = classed.classes.flatMap { [$0.least, $0.greatest] }
            var decimals = MapFigures.decimals(for: edges)
            // The end of a class and the beginning of the next read differently where they differ.
            let ends = zip(classed.classes, classed.classes.dropFirst())
            while decimals < 8,
                ends.contains(where: { before, next in
                    before.greatest != next.least
                        && MapFigures.number(before.greatest, decimals: decimals)
                            == MapFigures.number(next.least, decimals: decimals)
                })
            { decimals += 1 }
            for (range, color) in zip(
                classed.classes, MapPalette.sequence(classed.classes.count))
            {
                let ends = [range.least, range.greatest].map {
                    MapFigures.number($0, decimals: decimals)
                }
                let text = ends[0] == ends[1] ? ends[0] : "\(ends[0]) – \(ends[1])"
                entries.append(.init(color: color, name: MapName(nil, text)))
            }
            classes = classed
        } else {
            classes = nil
            let names = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
            let colors = MapPalette.kinds
            let shown = names.count <= colors.count ? names.count : colors.count - 1
            for (i, name) in names.prefix(shown).enumerated() {
                kinds[name] = i
                entries.append(.init(color: colors[i], name: MapName(nil, name)))
            }
            if shown < names.count {
                other = entries.count
                entries.append(
                    .init(
                        color: "#4d4d4d",
                        name: MapName(
                            "그 밖의 \(names.count - shown)가지", "\(names.count - shown) others")))
            }
        }
        none = entries.count
        if missing {
            entries.append(.init(color: MapPalette.none, name: MapName("값 없음", "no value")))
        }
        self.entries = entries
        self.kinds = kinds
        self.other = other
    }

    /// The entry of a cell.
    func entry(of value: Value) -> Int {
        let value = value.plain
        if value.isNull { return none }
        if let classes {
            return value.number.flatMap { classes.index(of: $0) }
                ?? max(0, classes.classes.count - 1)
        }
        return kinds[value.description] ?? other ?? none
    }
}
