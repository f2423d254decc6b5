extension FeatureBatch {
    /// Returns the batch with some of its features, or as it is where they are all.
    ///
    /// - Parameter rows: The rows to take, from 0, in order.
    /// - Returns: A batch of those features.
    public func takingSome(_ rows: [Int]) -> FeatureBatch {
        rows.count == count ? self : taking(rows)
    }

    /// Returns the batch with some of its attributes, in the order of the names.
    ///
    /// - Parameter names: The names; those that the batch lacks are passed over.
    /// - Returns: A batch of the same features.
    public func selecting(_ names: [String]) -> FeatureBatch {
        var batch = FeatureBatch(geometry: geometry, ids: ids, firstIndex: firstIndex)
        for name in names {
            if let column = self[name] { batch.set(name, column) }
        }
        return batch
    }
}
