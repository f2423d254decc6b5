import Analysis
import ArgumentParser
import Features
import Geometry

/// A distance on the command line: `5km`, `250m`, or a bare number of metres.
struct DistanceArgument: ExpressibleByArgument, Hashable {
    let distance: Distance

    init?(argument: String) {
        guard let distance = Distance(argument), distance.metres > 0 else { return nil }
        self.distance = distance
    }
}

/// Several distances with commas between them: `5km,10km,20km`.
struct DistanceList: ExpressibleByArgument, Hashable {
    let distances: [Distance]

    init?(argument: String) {
        let parts = argument.split(separator: ",", omittingEmptySubsequences: false).map {
            DistanceArgument(argument: String($0))?.distance
        }
        let distances = parts.compactMap { $0 }
        guard !parts.isEmpty, distances.count == parts.count else { return nil }
        self.distances = distances
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
                name: times == 1 ? layer.name : "\(layer.name)-\(times)", layer.batch)
        }
    }
}
