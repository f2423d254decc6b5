import Analysis
import ArgumentParser

extension DistanceDecay {
    /// Reads a distance decay on the command line.
    static func argument(_ text: String) throws -> DistanceDecay {
        if let decay = DistanceDecay(text) { return decay }
        throw ValidationError(
            "\"\(text)\" is no distance decay; write one like "
                + DistanceDecay.forms.joined(separator: ", "))
    }
}
