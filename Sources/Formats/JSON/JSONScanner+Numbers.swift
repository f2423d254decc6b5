extension JSONScanner {
    /// The parts of a number's text.
    private struct Digits {
        var isNegative = false
        /// All digits as one whole number, right for up to 19 of them.
        var mantissa: UInt64 = 0
        var count = 0
        var exponent = 0
        var isWhole = true
    }

    /// Reads a number.
    @inline(__always)
    mutating func number() throws(Fault) -> Number {
        let start = at
        let digits = try scanDigits()
        if digits.isWhole {
            if digits.count <= 18 {
                let value = Int64(digits.mantissa)
                return .int(digits.isNegative ? -value : value)
            }
            let text = UnsafeBufferPointer(rebasing: bytes[start..<at])
            if let value = Int64(String(decoding: text, as: UTF8.self)) { return .int(value) }
        }
        return .double(try value(digits, start))
    }

    /// Reads a number as one of 64 bits, the nearest to what is written.
    @inline(__always)
    mutating func double() throws(Fault) -> Double {
        let start = at
        let digits = try scanDigits()
        return try value(digits, start)
    }

    @inline(__always)
    private func value(_ digits: Digits, _ start: Int) throws(Fault) -> Double {
        if digits.count <= 19,
            let value = DecimalNumber.nearest(digits.mantissa, exponent: digits.exponent)
        {
            return digits.isNegative ? -value : value
        }
        let value = DecimalNumber.slow(UnsafeBufferPointer(rebasing: bytes[start..<at]))
        guard value.isFinite else {
            throw Fault(
                .syntax, at: start, "a number is greater than 64 bits can hold",
                remedy: "write null, or the number as a text")
        }
        return value
    }

    @inline(__always)
    private mutating func scanDigits() throws(Fault) -> Digits {
        var digits = Digits()
        var next = at
        if next < end, bytes[next] == UInt8(ascii: "-") {
            digits.isNegative = true
            next += 1
        }
        let first = next
        next = readDigits(next, &digits.mantissa)
        digits.count = next - first
        guard digits.count > 0 else {
            if next >= end, digits.isNegative { throw .end(at: end) }
            throw unexpected("a value")
        }
        if bytes[first] == 0x30, digits.count > 1 {
            throw Fault(
                .syntax, at: first, "a number begins with 0",
                remedy: "write codes with leading zeros in quotation marks")
        }
        if next < end, bytes[next] == UInt8(ascii: ".") {
            digits.isWhole = false
            let start = next + 1
            next = readDigits(start, &digits.mantissa)
            digits.count += next - start
            digits.exponent = start - next
            guard next > start else { throw missingDigit(next) }
        }
        if next < end, bytes[next] | 0x20 == UInt8(ascii: "e") {
            digits.isWhole = false
            next = try scanExponent(next + 1, &digits)
        }
        at = next
        return digits
    }

    /// Reads digits into a whole number, eight at a time, and says where they end.
    @inline(__always)
    private func readDigits(_ start: Int, _ mantissa: inout UInt64) -> Int {
        var next = start
        if let base = bytes.baseAddress.map({ UnsafeRawPointer($0) }) {
            // What lies behind the end may be looked at, and does not count.
            while next < end, next + 8 <= bytes.count {
                let word = UInt64(
                    littleEndian: base.loadUnaligned(fromByteOffset: next, as: UInt64.self))
                let count = min(DecimalDigits.count(word), end - next)
                mantissa =
                    mantissa &* DecimalNumber.wholePowers[count]
                    &+ DecimalDigits.value(word, count: count)
                next += count
                if count < 8 { return next }
            }
        }
        while next < end, bytes[next] &- 0x30 < 10 {
            mantissa = mantissa &* 10 &+ UInt64(bytes[next] &- 0x30)
            next += 1
        }
        return next
    }

    private func scanExponent(_ at: Int, _ digits: inout Digits) throws(Fault) -> Int {
        var next = at
        var isNegative = false
        if next < end, bytes[next] == UInt8(ascii: "-") || bytes[next] == UInt8(ascii: "+") {
            isNegative = bytes[next] == UInt8(ascii: "-")
            next += 1
        }
        let start = next
        var exponent = 0
        while next < end, bytes[next] &- 0x30 < 10 {
            exponent = min(exponent * 10 + Int(bytes[next] - 0x30), 99_999)
            next += 1
        }
        guard next > start else { throw missingDigit(next) }
        digits.exponent += isNegative ? -exponent : exponent
        return next
    }

    private func missingDigit(_ at: Int) -> Fault {
        at >= end
            ? .end(at: end)
            : Fault(.syntax, at: at, "a number needs a digit here, found \(described(at))")
    }
}
