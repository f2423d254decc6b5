import ArgumentParser
import Features
import Siting

/// A criterion on the command line: `people:max:3`, `slope:target=5`, `slope:0=1,30=0:2`.
enum CriterionArgument {
    /// Reads a criterion.
    static func criterion(_ text: String) throws -> Criterion {
        let words = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard (2...3).contains(words.count), !words[0].isEmpty,
            let weight = words.count == 3 ? Double(words[2]) : 1, weight >= 0, weight.isFinite
        else { throw fault(text) }
        let name = words[0]
        if let goal = Criterion.Goal(rawValue: words[1]) {
            return try Criterion(name, goal, weight: weight)
        }
        let places = words[1].split(separator: ",", omittingEmptySubsequences: false).map {
            $0.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
        }
        if places.count == 1, places[0].first == "target" {
            guard places[0].count == 2, let target = Double(places[0][1]), target.isFinite else {
                throw fault(text)
            }
            return try Criterion(name, .min, weight: weight, scale: .target(target))
        }
        let pairs = places.compactMap { place -> ValueFunction.Place? in
            guard place.count == 2, let at = Double(place[0]), let worth = Double(place[1]) else {
                return nil
            }
            return ValueFunction.Place(at: at, worth: worth)
        }
        guard pairs.count == places.count else { throw fault(text) }
        do {
            let function = try ValueFunction(pairs)
            return try Criterion(name, .max, weight: weight, scale: .function(function))
        } catch let error as SitingError {
            throw ValidationError(
                "\"\(text)\": \(error.problem)" + (error.remedy.map { "; \($0)" } ?? ""))
        }
    }

    private static func fault(_ text: String) -> ValidationError {
        ValidationError(
            "\"\(text)\" is no criterion; write one like people:max:3, price:min, slope:target=5 "
                + "or slope:0=1,30=0:2")
    }

    /// How a criterion is judged, as people write it.
    static func goal(of criterion: Criterion) -> String {
        switch criterion.scale {
        case .range: criterion.goal.rawValue
        case .deviations: "\(criterion.goal.rawValue) (z)"
        case .target(let target): "target=\(JSONText.number(target))"
        case .function(let function):
            function.places.map { "\(JSONText.number($0.at))=\(JSONText.number($0.worth))" }
                .joined(separator: ",")
        }
    }
}

/// How values of max and min are made comparable.
enum ScaleArgument: String, ExpressibleByArgument, CaseIterable {
    case range, z
}

/// What a swing is worth: `people=100`.
struct SwingArgument {
    let name: String
    let points: Double

    init(text: String) throws {
        let sides = text.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
        guard sides.count == 2, !sides[0].isEmpty, let points = Double(sides[1]),
            (0...100).contains(points)
        else {
            throw ValidationError("\"\(text)\" is no swing; write one like people=100, up to 100")
        }
        name = sides[0]
        self.points = points
    }

    /// The points of each criterion; `nil` where none are given.
    static func points(_ swings: [SwingArgument], of criteria: [Criterion]) throws -> [Double]? {
        if swings.isEmpty { return nil }
        let names = criteria.map(\.name)
        for swing in swings where !names.contains(swing.name) {
            let near = Spelling.nearest(to: swing.name, in: names)
            throw ValidationError(
                "--swing \(swing.name) names no criterion"
                    + (near.map { "; did you mean \($0)?" } ?? ""))
        }
        let points = try criteria.map { criterion -> Double in
            let own = swings.filter { $0.name == criterion.name }
            guard own.count == 1 else {
                throw ValidationError("give --swing \(criterion.name)=… once, with 0 to 100 points")
            }
            return own[0].points
        }
        if !points.contains(100) {
            throw ValidationError("give 100 points to the swing that is worth most")
        }
        return points
    }
}
