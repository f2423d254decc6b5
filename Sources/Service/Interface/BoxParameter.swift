import Geometry

/// A box as a parameter: four numbers, or six with heights, which are passed over.
enum BoxParameter {
    /// The numbers, in the order in which they were sent.
    static func numbers(_ text: String) -> [Double]? {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        guard parts.count == 4 || parts.count == 6 else { return nil }
        let numbers = parts.compactMap { Parameter.number(String($0)) }
        return numbers.count == parts.count ? numbers : nil
    }

    /// The least and greatest coordinates, first and second axis.
    static func sides(_ text: String) -> (least: (Double, Double), greatest: (Double, Double))? {
        guard let numbers = numbers(text) else { return nil }
        let half = numbers.count / 2
        return ((numbers[0], numbers[1]), (numbers[half], numbers[half + 1]))
    }
}
