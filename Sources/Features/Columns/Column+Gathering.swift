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

    /// Creates a column whose rows repeat those of this one, as the names of the nearest facilities
    /// repeat the facilities'.
    ///
    /// - Parameter places: For each row its place in this column, from 0; less than 0 for none.
    /// - Returns: A column of the same kind.
    /// - Precondition: This is a column of texts.
    /// - Complexity: O(n + b) for n rows with b bytes in all.
    public func texts(at places: [Int32]) -> Column {
        guard case .string(let texts) = storage else { preconditionFailure("a column of texts") }
        var offsets = [Int](repeating: 0, count: places.count + 1)
        if validity.nullCount == count {
            return Column(
                .string(StringColumn(bytes: [], offsets: offsets)),
                validity: Validity(repeating: false, count: places.count))
        }
        let isAllThere = validity.isAllValid && !places.contains { $0 < 0 }
        var isValid = [Bool](repeating: isAllThere, count: places.count)
        texts.offsets.withUnsafeBufferPointer { starts in
            var end = 0
            for (row, place) in places.enumerated() {
                if place >= 0, isAllThere || validity[Int(place)] {
                    isValid[row] = true
                    end += starts[Int(place) + 1] - starts[Int(place)]
                }
                offsets[row + 1] = end
            }
        }
        let bytes = [UInt8](unsafeUninitializedCapacity: offsets[places.count]) { buffer, count in
            texts.bytes.withUnsafeBufferPointer { source in
                guard let from = source.baseAddress, let to = buffer.baseAddress else { return }
                for (row, place) in places.enumerated() where isValid[row] {
                    let (start, first) = (texts.offsets[Int(place)], offsets[row])
                    // A few bytes each: a call for every one would cost more.
                    for byte in 0..<(offsets[row + 1] - first) {
                        to[first + byte] = from[start + byte]
                    }
                }
            }
            count = offsets[places.count]
        }
        return Column(
            .string(StringColumn(bytes: bytes, offsets: offsets)),
            validity: isAllThere ? nil : Validity(isValid))
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
            validity: values.contains { $0 < 0 } ? Validity(values.map { $0 >= 0 }) : nil)
    }
}
