extension Column {
    /// Creates a column of numbers without looking at each as a value of its own.
    ///
    /// - Parameter values: One a row; NaN for none.
    /// - Returns: The column.
    public static func double(nanIsNull values: [Double]) -> Column {
        guard values.contains(where: \.isNaN) else { return Column(.double(values)) }
        return Column(
            .double(values.map { $0.isNaN ? 0 : $0 }), validity: Validity(values.map { !$0.isNaN }))
    }

    /// Creates a column whose rows repeat a few texts, as the names of the nearest facilities do.
    ///
    /// - Parameters:
    ///   - texts: The texts; `nil` for none.
    ///   - places: For each row the place of its text, from 0; less than 0 for none.
    /// - Returns: The column, as `string` makes it of the texts one by one.
    /// - Complexity: O(n + b) for n rows with b bytes in all.
    public static func string(_ texts: [String?], at places: [Int32]) -> Column {
        let dictionary = StringColumn(texts.map { $0 ?? "" })
        let isThere = texts.map { $0 != nil }
        var offsets = [Int](repeating: 0, count: places.count + 1)
        var isValid = [Bool](repeating: false, count: places.count)
        var end = 0
        for row in places.indices {
            let place = Int(places[row])
            if place >= 0, isThere[place] {
                isValid[row] = true
                end += dictionary.offsets[place + 1] - dictionary.offsets[place]
            }
            offsets[row + 1] = end
        }
        let bytes = [UInt8](unsafeUninitializedCapacity: end) { buffer, count in
            dictionary.bytes.withUnsafeBufferPointer { source in
                guard let from = source.baseAddress, let to = buffer.baseAddress else { return }
                for row in places.indices where isValid[row] {
                    let place = Int(places[row])
                    let start = dictionary.offsets[place]
                    (to + offsets[row]).update(
                        from: from + start, count: dictionary.offsets[place + 1] - start)
                }
            }
            count = end
        }
        return Column(
            .string(StringColumn(bytes: bytes, offsets: offsets)), validity: Validity(isValid))
    }

    /// Creates a column that tells of each row whether its number is at most another.
    ///
    /// - Parameters:
    ///   - values: One number a row; less than 0 for none.
    ///   - limit: The greatest number for which the row is true.
    /// - Returns: The column.
    public static func bool(_ values: [Int], atMost limit: Int) -> Column {
        Column(
            .bool(values.map { $0 >= 0 && $0 <= limit }),
            validity: Validity(values.map { $0 >= 0 }))
    }
}
