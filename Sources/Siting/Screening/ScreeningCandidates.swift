internal import Analysis
internal import Features
internal import Geometry

/// A batch of candidates while rules are asked of it.
struct ScreeningCandidates: Sendable {
    let batch: FeatureBatch
    let layer: String
    let places: Places
    private let arePoints: Bool

    init(_ batch: FeatureBatch, layer: String) throws {
        self.batch = batch
        self.layer = layer
        places = try Places(of: batch, layer: layer)
        arePoints = batch.geometry.kind == .point
    }

    /// What a rule says of some candidates.
    struct Readings {
        /// What was measured; `nil` where no number decides.
        var numbers: [Double]?
        var bounds: ScreeningBounds?
        var verdicts: [Bool] = []

        func isMet(_ at: Int) -> Bool {
            if let numbers, let bounds { return bounds.hold(numbers[at]) }
            return verdicts[at]
        }
    }

    /// Asks a rule of some candidates.
    ///
    /// - Parameters:
    ///   - rule: The rule.
    ///   - rows: The candidates, by their rows.
    /// - Returns: What it says, in the order of the rows.
    /// - Throws: What measuring throws.
    func read(_ rule: ScreeningRule, _ rows: [Int]) throws -> Readings {
        switch rule.kind {
        case .distance(let layer, let bounds):
            let (x, y) = coordinates(rows)
            return Readings(numbers: try layer.measure(longitudes: x, latitudes: y), bounds: bounds)
        case .count(let layer, let limit, let bounds):
            let (x, y) = coordinates(rows)
            let counts = try ReachBlocks.map(layer.finder, x, y, within: limit) { found, row in
                Double(found.entries(of: row).count)
            }
            return Readings(numbers: counts, bounds: bounds)
        case .sum(let layer, let limit, let bounds):
            let (x, y) = coordinates(rows)
            let sums = try layer.measure(longitudes: x, latitudes: y, within: limit)
            return Readings(numbers: sums, bounds: bounds)
        case .area(let bounds):
            return Readings(numbers: rows.map { area(of: $0) }, bounds: bounds)
        case .attribute(let field, let bounds):
            return Readings(numbers: try numbers(of: field, rows), bounds: bounds)
        case .condition(let filter):
            var meets = [Bool](repeating: false, count: batch.count)
            for row in try filter.rows(of: batch) { meets[row] = true }
            return Readings(verdicts: rows.map { meets[$0] })
        case .within(let areas):
            let verdicts = try areas.ask { locator in
                try rows.map { row in
                    if let place = point(row) { return try locator.area(at: place) >= 0 }
                    return try shape(row).map { try locator.cover($0) } ?? false
                }
            }
            return Readings(verdicts: verdicts)
        case .outside(let areas):
            let met = try self.areas(met: areas, rows)
            return Readings(verdicts: rows.indices.map { met[$0] == -1 })
        }
    }

    /// The first area that each candidate has a position in common with: -1 where it has none, -2 for
    /// a candidate without a place.
    func areas(met areas: ScreeningAreas, _ rows: [Int]) throws -> [Int32] {
        try areas.ask { locator in
            try rows.map { row in
                if let place = point(row) { return try locator.area(at: place) }
                return try shape(row).map { try locator.area(meeting: $0) } ?? -2
            }
        }
    }

    /// The area in which the place of each candidate lies, by its label; `nil` where there is none.
    func labels(in areas: ScreeningAreas, _ rows: [Int]) throws -> [String?] {
        try areas.ask { locator in
            try rows.map { row in
                guard let place = places[row] else { return nil }
                let area = try locator.area(at: place)
                return area >= 0 ? areas.labels[Int(area)] : nil
            }
        }
    }

    private func point(_ row: Int) -> Position? { arePoints ? places[row] : nil }

    private func shape(_ row: Int) throws -> Shape? {
        guard let shape = batch.geometry[row], !shape.isEmpty else { return nil }
        return shape
    }

    private func coordinates(_ rows: [Int]) -> ([Double], [Double]) {
        if rows.count == batch.count { return (places.longitudes, places.latitudes) }
        return (rows.map { places.longitudes[$0] }, rows.map { places.latitudes[$0] })
    }

    /// The area of a candidate's polygons; NaN where it has none.
    private func area(of row: Int) -> Double {
        guard let shape = batch.geometry[row], !shape.polygons.isEmpty else { return .nan }
        return shape.geodesicArea
    }

    /// The numbers in an attribute of the candidates; NaN where there is none.
    func numbers(of field: String, _ rows: [Int]) throws -> [Double] {
        guard let column = try column(field) else { return rows.map { _ in .nan } }
        return try rows.map { row in
            if let number = column.number(row) { return number }
            let value = column[row].plain
            if value.isNull || value.text?.isEmpty == true { return .nan }
            if let number = value.number ?? value.text.flatMap({ Double($0) }), number.isFinite {
                return number
            }
            throw SitingError(
                .badArgument, at: "\(layer), feature \(batch.firstIndex + row + 1)",
                "\"\(field)\" is \(value), which is no number",
                remedy: "correct it, leave it empty, or ask with a condition: where: …")
        }
    }

    /// The texts in an attribute of the candidates.
    func texts(of field: String, _ rows: [Int]) throws -> [String?] {
        guard let column = try column(field) else { return rows.map { _ in nil } }
        return rows.map { row in
            let value = column[row].plain
            return value.isNull || value.text?.isEmpty == true ? nil : value.description
        }
    }

    /// Makes sure of an attribute before any work is done.
    func require(_ field: String) throws { _ = try column(field) }

    /// A column of the candidates; `nil` where a later batch lacks it.
    private func column(_ field: String) throws -> Column? {
        if let column = batch[field] { return column }
        if batch.count == 0 || batch.firstIndex > 0 { return nil }
        let fields = batch.columns.map(\.name)
        let near = Spelling.nearest(to: field, in: fields).map { "did you mean \($0)? " } ?? ""
        throw SitingError(
            .badArgument, at: layer, "has no field \"\(field)\"",
            remedy: fields.isEmpty
                ? "its features have no attributes"
                : near + "its fields are " + fields.joined(separator: ", "))
    }
}
