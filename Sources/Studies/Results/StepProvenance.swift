internal import Features
internal import Formats

/// What stands beside a result that cannot carry its provenance itself.
enum StepProvenance {
    /// What the name of the file beside a result ends in.
    static let ending = ".provenance.json"

    /// Where a result comes from, with the members that GeoJSON results carry as `clusteratlas`.
    static func sidecar(
        of output: InputRecord, _ step: PlannedStep, _ making: StepMaking, _ plan: StudyPlan
    ) throws -> JSONValue {
        let versions = try making.versions(of: step)
        var software = versions.software.map {
            JSONValue.Member(name: $0.name, value: .string($0.version))
        }
        for library in making.libraries(of: step) where library.version != "none" {
            software.append(JSONValue.Member(name: library.name, value: .string(library.version)))
        }
        software.append(JSONValue.Member(name: "catalogue", value: .string(versions.catalogue)))
        let inputs = try making.inputs(of: step).map { input -> JSONValue in
            guard case .object(var members) = input.record.json else { return .null }
            if let earlier = input.step {
                members.append(JSONValue.Member(name: "step", value: .string(earlier)))
            }
            return .object(members)
        }
        return .object([
            "output": output.json,
            "clusteratlas": .object([
                "operation": .string(step.operation.name),
                "parameters": parameters(of: step),
                "inputs": .array(inputs),
                "catalogue_sha256": .string(versions.catalogueDigest),
                "versions": .object(software),
                "study": making.study(of: step),
                "catalogue": try making.catalogue(of: step),
            ]),
        ])
    }

    /// The parameters of a step by the names of the plan, files without their folders.
    static func parameters(of step: PlannedStep) -> JSONValue {
        .object(
            step.arguments.map { argument in
                let values = argument.values.map { JSONValue.string($0.bareName) }
                return JSONValue.Member(
                    name: argument.parameter.name,
                    value: values.count == 1 ? values[0] : .array(values))
            })
    }
}
