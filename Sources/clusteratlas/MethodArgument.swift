import Analysis
import ArgumentParser

/// A method of accessibility on the command line: `2sfca`, or `raam`, which is a search.
enum MethodArgument: ExpressibleByArgument {
    case formula(AccessibilityMethod)
    case rationalAgents

    init?(argument: String) {
        if argument == RationalAgentModel.name {
            self = .rationalAgents
        } else if let method = AccessibilityMethod(named: argument) {
            self = .formula(method)
        } else {
            return nil
        }
    }

    static var allValueStrings: [String] {
        AccessibilityMethod.all.map(\.name) + [RationalAgentModel.name]
    }

    var name: String {
        switch self {
        case .formula(let method): method.name
        case .rationalAgents: RationalAgentModel.name
        }
    }

    var defaultValueDescription: String { name }
}
