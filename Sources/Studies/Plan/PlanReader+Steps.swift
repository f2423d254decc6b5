internal import Features
internal import Formats

/// A step as it is written.
struct WrittenStep {
    let name: String
    let mark: LocatedYAML.Mark
    let operation: StudyOperation
    /// Values by parameter; `nil` where it is said that there is none.
    let arguments: [(parameter: StudyOperation.Parameter, values: [Text]?, mark: LocatedYAML.Mark)]
    let sweep: [Variable]
    let title: StudyText?

    struct Text {
        let text: String
        let mark: LocatedYAML.Mark
    }

    /// What a step goes through.
    struct Variable {
        let name: String
        let values: [String]
        let mark: LocatedYAML.Mark
    }
}

/// A step as it is written, with what the variables of its sweep are.
struct StepInstance {
    let step: WrittenStep
    let id: String
    let variables: [StudyPlan.Binding]
    var outputs: [PlannedStep.Output] = []
    var report = ""
}

extension PlanReader {
    /// The steps in the order in which they can run.
    mutating func steps(_ members: [LocatedYAML.Member]) -> [PlannedStep] {
        let names = members.map(\.name)
        let written = members.compactMap { step($0) }
        if faults.faults.isEmpty { for step in written { checkSweep(of: step, among: written) } }
        var instances: [StepInstance] = []
        for step in written {
            for variables in Self.combinations(step.sweep) {
                let values = variables.map { FilePlace.part($0.values[0]) }
                let id = ([step.name] + values).joined(separator: "-")
                if instances.contains(where: { $0.id == id }) {
                    faults.add(step.mark, "two steps would be called \"\(id)\"")
                }
                instances.append(StepInstance(step: step, id: id, variables: variables))
            }
        }
        nameOutputs(of: &instances)
        let planned = instances.map { resolve($0, instances, names: names) }
        var numbers: [String: Int] = [:]
        for (number, step) in planned.enumerated() { numbers[step.id] = number }
        let graph = StepGraph(needs: planned.map { $0.needs.compactMap { numbers[$0] } })
        let (order, circle) = graph.order()
        if let first = circle.first {
            let path = (circle + [first]).map { planned[$0].id }.joined(separator: " needs ")
            faults.add(planned[first].mark, "steps wait for each other: \(path)")
            return []
        }
        if faults.faults.isEmpty { for step in planned { checkWords(of: step) } }
        var result: [PlannedStep] = []
        var views: [String: Set<CatalogueView>] = [:]
        for var step in order.map({ planned[$0] }) {
            step.earlierViews = step.needs.reduce(into: []) { $0.formUnion(views[$1] ?? []) }
            views[step.id] = step.views
            result.append(step)
        }
        return result
    }

    private mutating func step(_ member: LocatedYAML.Member) -> WrittenStep? {
        if !FilePlace.isPlainName(member.name) {
            faults.add(
                member.mark, "\"\(member.name)\" cannot name a step",
                remedy: "use letters, digits, - and _")
        }
        if parameters.contains(where: { $0.name == member.name }) {
            faults.add(
                member.mark, "\"\(member.name)\" is a parameter already",
                remedy: "call the step something else, so that ${\(member.name)} is clear")
        }
        guard member.value.members != nil else {
            faults.add(
                member.value.mark,
                "the step \"\(member.name)\" must be a mapping, but here is "
                    + member.value.kindInWords,
                remedy: "write \"run: OPERATION\" under its name")
            return nil
        }
        _ = members(member.value, "a step", ["title", "run", "with", "for"])
        guard let run = member.value["run"] else {
            faults.add(
                member.mark, "the step \"\(member.name)\" does not say what to run",
                remedy: "add \"run: OPERATION\"")
            return nil
        }
        guard let word = text(run, "\"run\"") else { return nil }
        let name = word.split(separator: " ").joined(separator: " ")
        guard let operation = operations.operations.first(where: { $0.name == name }) else {
            faults.addUnknown(
                run.mark, "operation", word, among: operations.operations.map(\.name),
                plural: "the operations are")
            return nil
        }
        return WrittenStep(
            name: member.name, mark: member.mark, operation: operation,
            arguments: arguments(member, operation), sweep: sweep(member.value["for"]),
            title: localized(member.value["title"], "the title of a step"))
    }

    private mutating func arguments(
        _ member: LocatedYAML.Member, _ operation: StudyOperation
    ) -> [(
        parameter: StudyOperation.Parameter, values: [WrittenStep.Text]?, mark: LocatedYAML.Mark
    )] {
        let given = members(member.value["with"], "\"with\"")
        for one in given where operation[one.name] == nil {
            faults.addUnknown(
                one.mark, "parameter of \(operation.name)", one.name,
                among: operation.parameters.map(\.name), plural: "the parameters are")
        }
        for needed in operation.parameters
        where needed.isRequired && !given.contains(where: { $0.name == needed.name }) {
            // Where the result goes is settled below.
            if needed.kind == .outputFile { continue }
            faults.add(
                member.mark, "the step \"\(member.name)\" lacks \"\(needed.name)\"",
                remedy: "add it under \"with\": \(needed.abstract)")
        }
        return operation.parameters.compactMap { parameter in
            guard let one = given.first(where: { $0.name == parameter.name }) else { return nil }
            if one.value.scalar?.isNull == true {
                if parameter.isRequired {
                    faults.add(one.value.mark, "\"\(parameter.name)\" needs a value")
                }
                return (parameter, nil, one.mark)
            }
            let values = list(one.value, "\"\(parameter.name)\"")
            return (
                parameter, values.map { WrittenStep.Text(text: $0.text, mark: $0.mark) }, one.mark
            )
        }
    }

    private mutating func sweep(_ yaml: LocatedYAML?) -> [WrittenStep.Variable] {
        members(yaml, "\"for\"").compactMap { member in
            if !FilePlace.isPlainName(member.name) {
                faults.add(
                    member.mark, "\"\(member.name)\" cannot name a variable",
                    remedy: "use letters, digits, - and _")
            }
            var values: [String] = []
            for one in list(member.value, "\"\(member.name)\"") {
                if let name = Template(one.text).soleName,
                    let parameter = parameters.first(where: { $0.name == name })
                {
                    values += parameter.values
                } else if let text = filled(one.text, [], one.mark) {
                    values.append(text)
                }
            }
            if values.isEmpty {
                faults.add(member.value.mark, "\"\(member.name)\" holds no values to go through")
                return nil
            }
            if Set(values).count < values.count {
                faults.add(member.value.mark, "\"\(member.name)\" holds a value twice")
                values = Array(Set(values))
            }
            return WrittenStep.Variable(name: member.name, values: values, mark: member.mark)
        }
    }

    /// Refuses variables that change nothing in a step, so that all its results would be the same.
    private mutating func checkSweep(of step: WrittenStep, among all: [WrittenStep]) {
        var named = Set<String>()
        for value in step.arguments.flatMap({ $0.values ?? [] }) {
            for case .name(let name) in Template(value.text).pieces {
                named.insert(name)
                // Of a step that goes through the variable too, the output for its value is meant.
                let other = all.first { $0.name == name || name.hasPrefix($0.name + ".") }
                named.formUnion(other?.sweep.map(\.name) ?? [])
            }
        }
        for variable in step.sweep where !named.contains(variable.name) {
            faults.add(
                variable.mark,
                "the step \"\(step.name)\" goes through \"\(variable.name)\", but none of its values "
                    + "holds ${\(variable.name)}",
                remedy: "write ${\(variable.name)} where it belongs, or leave it out of \"for\"")
        }
    }

    /// All combinations of a sweep's values, the last variable changing first.
    private static func combinations(
        _ sweep: [WrittenStep.Variable]
    ) -> [[StudyPlan.Binding]] {
        sweep.reduce([[]]) { combinations, variable in
            combinations.flatMap { earlier in
                variable.values.map {
                    earlier + [StudyPlan.Binding(name: variable.name, values: [$0])]
                }
            }
        }
    }

    /// Has the operation itself look at the words; a parameter it refuses is left out, and the rest
    /// looked at again.
    private mutating func checkWords(of step: PlannedStep) {
        var step = step
        while let problem = operations.fault(in: Self.words(of: step)) {
            let named = step.arguments.filter { argument in
                let word = argument.parameter.option ?? "<\(argument.parameter.name)>"
                return problem.contains("'\(word)") || problem.contains("\(word) ")
                    || argument.values.contains { problem.contains("\"\($0.word ?? word)\"") }
            }
            let argument = named.max {
                ($0.parameter.option?.count ?? 0) < ($1.parameter.option?.count ?? 0)
            }
            faults.add(argument?.mark ?? step.mark, "step \"\(step.id)\": \(problem)")
            // What is wrong with several together is told once.
            guard let argument, !argument.parameter.isRequired, named.count == 1 else { return }
            step = step.without(argument.parameter.name)
        }
    }

    private static func words(of step: PlannedStep) -> [String] {
        step.words { value in
            switch value {
            case .word(let word), .layer(let word): word
            case .file(let path, let layer): path + (layer.map { ":\($0)" } ?? "")
            case .output(_, let file): file
            }
        }
    }
}
