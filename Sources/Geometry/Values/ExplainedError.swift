/// An error that names the place, what was found there, and what to do.
///
/// Every module's error conforms, so that the command line prints all of them alike:
///
///     schools.geojson, feature 41 (id "U41"): exterior ring is not closed
///       To fix: repeat the first position at the end of the ring.
public protocol ExplainedError: Error, CustomStringConvertible {
    /// Where: a file with feature, line or byte; empty where there is no such place.
    var place: String { get }
    /// What was expected and what was found.
    var problem: String { get }
    /// What to do about it, as an instruction; `nil` where nothing helps.
    var remedy: String? { get }
}

extension ExplainedError {
    /// The whole message, over one or two lines.
    public var description: String {
        var text = place.isEmpty ? problem : "\(place): \(problem)"
        if let remedy { text += "\n  To fix: \(remedy)" }
        return text
    }
}
