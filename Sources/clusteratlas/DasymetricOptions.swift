import Analysis
import ArgumentParser

/// Where within zones their weight lies.
struct DasymetricOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Polygons of settled land, over which alone a zone's weight is spread.",
            valueName: "layer"))
    var dasymetric: String?

    @Option(
        help: ArgumentHelp(
            "The field that says how densely --dasymetric land is settled.", valueName: "field"))
    var density: String?

    @Option(
        help: ArgumentHelp(
            "The field of --dasymetric land whose classes' densities are sampled.",
            valueName: "field"))
    var `class`: String?

    @Option(
        help: ArgumentHelp(
            "The zones that represent a class: contained, centroid, or cover:0.8.",
            valueName: "which"))
    var sample = SampleArgument(rule: .cover(0.8))

    /// Says which options do not go together.
    func check(isZones: Bool, isWeighted: Bool) throws {
        if dasymetric != nil, !isZones || !isWeighted {
            throw ValidationError("--dasymetric needs --zones and --weight")
        }
        if density != nil, dasymetric == nil {
            throw ValidationError("--density needs --dasymetric")
        }
        if `class` != nil, dasymetric == nil || density != nil {
            throw ValidationError("--class needs --dasymetric, and no --density")
        }
    }
}

/// Which zones represent a class of land: `contained`, `centroid`, `cover:0.8`.
struct SampleArgument: ExpressibleByArgument {
    let rule: DensitySampling.Rule

    init(rule: DensitySampling.Rule) { self.rule = rule }

    init?(argument: String) {
        switch argument {
        case "contained": rule = .contained
        case "centroid": rule = .centroid
        default:
            guard argument.hasPrefix("cover:"), let share = Double(argument.dropFirst(6)),
                share > 0, share <= 1
            else { return nil }
            rule = .cover(share)
        }
    }

    /// As it is written.
    var text: String {
        switch rule {
        case .contained: "contained"
        case .centroid: "centroid"
        case .cover(let share): "cover:\(share)"
        }
    }

    var defaultValueDescription: String { text }
}
