import Analysis
import Features
import Siting
import Studies

/// What this process noted of its work where it is a step of a study, or a job.
enum StepNotes {
    /// What was found for blocks of features; `nil` where nobody would take it up.
    static let found = StepProcess.notesFolder.map { FoundNotes(folder: $0) }

    /// How far searches came; `nil` where nobody would take it up.
    static let searches = StepProcess.notesFolder.map { SearchNotes(folder: $0) }

    /// Says how much was taken up from a run that was killed.
    static func tell() {
        if let restored = searches?.restored, restored > 0 {
            Terminal.note(
                "went on from a run that was killed: \(restored) of the searches had been noted")
        }
        guard let restored = found?.restored, restored.blocks > 0 else { return }
        Terminal.note(
            "went on from a run that was killed: "
                + Figures.count(restored.blocks, "block") + " of "
                + Figures.count(restored.features, "feature") + " had been measured")
    }
}

extension FacilityLayer {
    /// Prepares layers; one of a name that was there before gets a number.
    static func all(_ layers: [InputOptions.Whole]) throws -> [FacilityLayer] {
        var seen: [String: Int] = [:]
        return try layers.map { layer in
            let times = (seen[layer.name] ?? 0) + 1
            seen[layer.name] = times
            return try FacilityLayer(
                name: times == 1 ? layer.name : "\(layer.name)-\(times)", layer.batch,
                source: layer.title, notes: StepNotes.found)
        }
    }
}
