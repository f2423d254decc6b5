extension Column {
    /// Creates a column of numbers without looking at each as a value of its own.
    ///
    /// - Parameter values: One a row; NaN for none.
    /// - Returns: The column.
    public static func double(nanIsNull values: [Double]) -> Column {
        var validity = Validity(repeating: true, count: values.count)
        guard values.contains(where: \.isNaN) else {
            return Column(.double(values), validity: validity)
        }
        var kept = values
        validity = Validity()
        for row in values.indices {
            let isValid = !values[row].isNaN
            validity.append(isValid)
            if !isValid { kept[row] = 0 }
        }
        return Column(.double(kept), validity: validity)
    }

    /// Creates a column whose rows repeat a few texts, as the names of the nearest facilities do.
    ///
    /// - Parameters:
    ///   - texts: The texts; `nil` for none.
    ///   - places: For each row the place of its text, from 0; less than 0 for none.
    /// - Returns: The column, as `string` makes it of the texts one by one.
    /// - Complexity: O(n + b) for n rows with b bytes in all.
    public static func string(_ texts: [String?], at places: some Collection<Int32>) -> Column {
        let parts = texts.map { Array(($0 ?? "").utf8) }
        let lengths = parts.map(\.count)
        let isThere = texts.map { $0 != nil }
        var offsets: [Int] = [0]
        offsets.reserveCapacity(places.count + 1)
        var validity = Validity()
        var end = 0
        for place in places {
            let index = Int(place)
            let isValid = index >= 0 && isThere[index]
            if isValid { end += lengths[index] }
            validity.append(isValid)
            offsets.append(end)
        }
        let bytes = [UInt8](unsafeUninitializedCapacity: end) { buffer, count in
            var at = 0
            for place in places where place >= 0 {
                let part = parts[Int(place)]
                part.withUnsafeBufferPointer { source in
                    guard let from = source.baseAddress, let to = buffer.baseAddress else { return }
                    (to + at).update(from: from, count: source.count)
                }
                at += part.count
            }
            count = at
        }
        return Column(.string(StringColumn(bytes: bytes, offsets: offsets)), validity: validity)
    }
}
