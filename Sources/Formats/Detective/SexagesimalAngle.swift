/// An angle in degrees, minutes and seconds, as people write it: `127°22′14.5″`, `36-21-05`,
/// `N 36 21 05`, `127도 22분 14.5초`.
enum SexagesimalAngle {
    /// The angle in decimal degrees; `nil` where the text is none.
    ///
    /// There must be minutes: a single number is no such angle. W and S turn the sign. Minutes and
    /// seconds are less than 60, and only the last number has decimals.
    static func degrees(_ text: String) -> Double? {
        var sign = 1.0
        var numbers: [String] = []
        var current = ""
        var hasLetter = false
        for character in text {
            if character.isASCII, character.isNumber || character == "." {
                current.append(character)
                continue
            }
            if !current.isEmpty {
                numbers.append(current)
                current = ""
            }
            switch character {
            case "W", "w", "S", "s", "서", "남":
                guard !hasLetter else { return nil }
                sign = -1
                hasLetter = true
            case "E", "e", "N", "n", "동", "북":
                guard !hasLetter else { return nil }
                hasLetter = true
            case "-" where numbers.isEmpty:
                guard sign > 0 else { return nil }
                sign = -1
            case "°", "º", "˚", "'", "′", "’", "\"", "″", "”", "-", ":", " ", "도", "분", "초",
                "\u{A0}", "경", "위":
                break
            default: return nil
            }
        }
        if !current.isEmpty { numbers.append(current) }
        guard (2...3).contains(numbers.count) else { return nil }
        guard numbers.dropLast().allSatisfy({ !$0.contains(".") }) else { return nil }
        let values = numbers.compactMap(Double.init)
        guard values.count == numbers.count, values[0] <= 180,
            values.dropFirst().allSatisfy({ $0 < 60 })
        else { return nil }
        let seconds = values.count == 3 ? values[2] : 0
        return sign * (values[0] + values[1] / 60 + seconds / 3600)
    }
}
