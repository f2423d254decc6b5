import ArgumentParser
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
