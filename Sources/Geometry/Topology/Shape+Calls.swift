/// How an operation on shapes becomes one call of GEOS.
extension Shape {
    func derived(
        _ operation: String, _ call: OwnedGeometry.Derivation
    ) throws(GeometryError) -> Shape {
        try withGEOS { context throws(GeometryError) in
            let geometry = try context.geometry(self)
            return try geometry.making(operation, call).shape()
        }
    }

    func derived(
        _ operation: String, with other: Shape, _ call: OwnedGeometry.PairDerivation
    ) throws(GeometryError) -> Shape {
        try withGEOS { context throws(GeometryError) in
            let geometry = try context.geometry(self)
            let second = try context.geometry(other)
            return try geometry.making(operation, with: second, call).shape()
        }
    }

    func asked(
        _ operation: String, _ call: OwnedGeometry.Question
    ) throws(GeometryError) -> Bool {
        try withGEOS { context throws(GeometryError) in
            try context.geometry(self).asking(operation, call)
        }
    }

    func asked(
        _ operation: String, about other: Shape, _ call: OwnedGeometry.PairQuestion
    ) throws(GeometryError) -> Bool {
        try withGEOS { context throws(GeometryError) in
            let geometry = try context.geometry(self)
            let second = try context.geometry(other)
            return try geometry.asking(operation, about: second, call)
        }
    }

    func measured(
        _ operation: String, _ call: OwnedGeometry.Measurement
    ) throws(GeometryError) -> Double {
        try withGEOS { context throws(GeometryError) in
            try context.geometry(self).measuring(operation, call)
        }
    }

    /// Refuses a length that is no finite number or less than the least one allowed.
    static func check(
        _ value: Double, _ name: String, atLeast least: Double? = nil, above: Double? = nil
    ) throws(GeometryError) {
        guard value.isFinite else {
            throw GeometryError(.badArgument, "\(name) is no finite number: \(value)")
        }
        if let least, value < least {
            throw GeometryError(.badArgument, "\(name) must be at least \(least), found \(value)")
        }
        if let above, value <= above {
            throw GeometryError(
                .badArgument, "\(name) must be greater than \(above), found \(value)")
        }
    }
}
