public import Features

extension LocationQuotients {
    /// The rows as features without a place, for tables.
    public var features: FeatureBatch {
        var batch = FeatureBatch(geometry: GeometryColumn(rows.map { _ in nil }))
        batch.set("region", .string(rows.map(\.region)))
        batch.set("kind", .string(rows.map(\.kind)))
        batch.set("amount", .double(rows.map(\.amount)))
        batch.set("share", .double(rows.map(\.share)))
        batch.set("quotient", .double(rows.map(\.quotient)))
        batch.set("p", .double(rows.map(\.significance)))
        return batch
    }
}
