import ArgumentParser
import Features
import Formats
import Siting

/// The answer to a siting question as JSON, with all that is needed to check it.
enum SitesResultFile {
    /// The members that scripts read: status, objective, bound, gap, chosen, assignment, unserved.
    static func members(
        _ solution: SitingSolution, _ problem: SitingProblem
    ) -> [(String, Value)] {
        let assignment = solution.assignment.enumerated().map { demand, candidate in
            (problem.demandIDs[demand], id(candidate, problem))
        }
        return [
            ("status", .string(solution.status.rawValue)),
            ("objective", number(solution.objective)), ("bound", number(solution.bound)),
            ("gap", number(solution.gap)),
            ("chosen", ids(solution.chosen.map { problem.candidateIDs[$0] })),
            ("assignment", .json(JSONLine.object(assignment))),
            ("unserved", ids(solution.unserved.map { problem.demandIDs[$0] })),
        ]
    }

    /// The whole answer with its question and its proof.
    static func text(
        _ solution: SitingSolution, _ problem: SitingProblem, _ provenance: Provenance, p: Int?,
        _ near: NearOptimal? = nil, _ tolerances: SitingTolerances? = nil
    ) -> String {
        var members = members(solution, problem)
        members.append(("method", .string(solution.method)))
        members.append(("nodes", .int(Int64(solution.nodes))))
        members.append(("seconds", .double((solution.seconds * 1000).rounded() / 1000)))
        members.append(("p", p.map { .int(Int64($0)) } ?? .null))
        if let near { members.append(("near_optimal", .json(text(near, problem)))) }
        if let tolerances { members.append(("tolerances", .json(text(tolerances, problem)))) }
        members.append(("clusteratlas", .json(provenance.member.json)))
        if let certificate = solution.certificate {
            members.append(("certificate", .json(text(certificate, problem))))
        }
        return JSONLine.object(members) + "\n"
    }

    /// The choices that are nearly as good.
    private static func text(_ near: NearOptimal, _ problem: SitingProblem) -> String {
        JSONLine.object([
            (
                "portfolios",
                .json(
                    list(
                        near.portfolios.map { portfolio in
                            .json(
                                JSONLine.object([
                                    ("objective", .double(portfolio.objective)),
                                    (
                                        "chosen",
                                        ids(portfolio.chosen.map { problem.candidateIDs[$0] })
                                    ),
                                ]))
                        }))
            ),
            ("complete", .bool(near.isComplete)),
            ("interrupted", .bool(near.isInterrupted)),
            ("robust", ids(near.robust.map { problem.candidateIDs[$0] })),
        ])
    }

    /// Between which numbers the choice stays the best.
    private static func text(_ tolerances: SitingTolerances, _ problem: SitingProblem) -> String {
        let rows = tolerances.tolerances.map { tolerance -> Value in
            var members: [(String, Value)] = [
                ("demand", .string(problem.demandIDs[tolerance.demand])),
                ("weight", .double(problem.weights[tolerance.demand])),
            ]
            if tolerances.tellsWeights {
                members += [
                    ("least_weight", .double(tolerance.least)),
                    ("most_weight", number(tolerance.most)),
                ]
            }
            if tolerances.tellsCosts { members.append(("most_cost", number(tolerance.cost))) }
            return .json(JSONLine.object(members))
        }
        return JSONLine.object([
            ("solved_again", .bool(tolerances.isExact)),
            ("complete", .bool(!tolerances.isInterrupted)),
            ("greatest_weight_tried", number(tolerances.greatestWeight)),
            ("demand", .json(list(rows))),
        ])
    }

    private static func number(_ value: Double?) -> Value { value.map { .double($0) } ?? .null }

    private static func ids(_ ids: [String]) -> Value { .json(list(ids.map { .string($0) })) }

    private static func id(_ candidate: Int?, _ problem: SitingProblem) -> Value {
        candidate.map { .string(problem.candidateIDs[$0]) } ?? .null
    }

    private static func list(_ values: [Value]) -> String {
        "[" + values.map { JSONText.of($0) }.joined(separator: ",") + "]"
    }

    // MARK: Proofs

    /// A proof: multipliers in the order of `demand`, sites by their identifiers.
    private static func text(_ certificate: SitingCertificate, _ problem: SitingProblem) -> String {
        let reductions = certificate.reductions.map { reduction -> Value in
            switch reduction {
            case .implied(let demand, let other):
                .json(
                    list([
                        .string("implied"), .string(problem.demandIDs[Int(demand)]),
                        .string(problem.demandIDs[Int(other)]),
                    ]))
            case .dominated(let candidate, let other):
                .json(
                    list([
                        .string("dominated"), .string(problem.candidateIDs[Int(candidate)]),
                        .string(problem.candidateIDs[Int(other)]),
                    ]))
            }
        }
        let nodes = certificate.proof.nodes.map { node -> Value in
            var members: [(String, Value)] = [
                (
                    "multipliers",
                    .json(
                        list(node.multipliers.map { .json(list($0.map { .double($0) })) }))
                )
            ]
            if let site = node.site {
                members += [
                    ("site", .string(problem.candidateIDs[Int(site)])),
                    ("chosen", .int(Int64(node.chosen))), ("closed", .int(Int64(node.closed))),
                ]
            }
            return .json(JSONLine.object(members))
        }
        var members: [(String, Value)] = [
            ("bound", .double(certificate.proof.bound)), ("radius", number(certificate.radius)),
            ("partial", .bool(certificate.proof.isPartial)),
            ("demand", ids(problem.demandIDs)), ("reductions", .json(list(reductions))),
            ("nodes", .json(list(nodes))),
        ]
        if let linear = certificate.linear {
            let dual: [(String, Value)] = [
                ("engine", linear.engine.map { .string($0) } ?? .null),
                ("value", .double(linear.value)),
                ("multipliers", .json(list(linear.multipliers.map { .double($0) }))),
            ]
            members.append(("dual", .json(JSONLine.object(dual))))
        }
        if !certificate.fewest.isEmpty {
            members.append(
                ("fewest", .json(list(certificate.fewest.map { .json(text($0, problem)) }))))
        }
        return JSONLine.object(members)
    }

    /// Reads what an answer claims.
    ///
    /// - Parameters:
    ///   - json: The result file.
    ///   - name: Its name, for messages.
    ///   - problem: The problem as it was asked, which numbers demand and candidates.
    /// - Returns: The claim.
    /// - Throws: `SitingError` (`badResult`) for a file that cannot be one, or of other inputs.
    static func claim(
        _ json: JSONValue, name: String, _ problem: SitingProblem
    ) throws -> SitingVerification.Claim {
        let reader = Reader(name: name, problem: problem)
        guard let status = json["status"]?.string.flatMap(SitingSolution.Status.init(rawValue:))
        else { throw reader.fault("has no status of a siting result") }
        var assignment = [Int?](repeating: nil, count: problem.demandIDs.count)
        for member in json["assignment"]?.members ?? [] where !member.value.isNull {
            assignment[try reader.demand(.string(member.name))] = try reader.candidate(
                member.value)
        }
        return SitingVerification.Claim(
            status: status, objective: json["objective"]?.number, bound: json["bound"]?.number,
            chosen: try (json["chosen"]?.array ?? []).map { try reader.candidate($0) },
            assignment: assignment,
            unserved: try (json["unserved"]?.array ?? []).map { try reader.demand($0) },
            certificate: try json["certificate"].flatMap { try reader.certificate($0) })
    }

    /// Turns identifiers into numbers.
    private struct Reader {
        let name: String
        let problem: SitingProblem
        private let demandPlaces: [String: Int]
        private let candidatePlaces: [String: Int]

        init(name: String, problem: SitingProblem) {
            self.name = name
            self.problem = problem
            demandPlaces = Dictionary(
                zip(problem.demandIDs, problem.demandIDs.indices)
            ) { first, _ in first }
            candidatePlaces = Dictionary(
                zip(problem.candidateIDs, problem.candidateIDs.indices)
            ) { first, _ in first }
        }

        func fault(_ text: String) -> SitingError {
            SitingError(
                .badResult, at: name, text,
                remedy: "give a file that `clusteratlas sites select --result` wrote, and the "
                    + "inputs it was made from")
        }

        func demand(_ value: JSONValue?) throws -> Int {
            if let place = value?.string.flatMap({ demandPlaces[$0] }) { return place }
            throw fault("names demand \"\(value?.string ?? "")\", which is not in the inputs")
        }

        func candidate(_ value: JSONValue?) throws -> Int {
            if let place = value?.string.flatMap({ candidatePlaces[$0] }) { return place }
            throw fault("names candidate \"\(value?.string ?? "")\", which is not in the inputs")
        }

        func certificate(_ json: JSONValue) throws -> SitingCertificate? {
            if json.isNull { return nil }
            guard let bound = json["bound"]?.number else { throw fault("its proof has no bound") }
            let places = try (json["demand"]?.array ?? []).map { try demand($0) }
            var result = SitingCertificate(
                proof: BoundCertificate(bound: bound, nodes: []), radius: json["radius"]?.number)
            result.proof.isPartial = json["partial"]?.bool ?? false
            for reduction in json["reductions"]?.array ?? [] {
                let isDemand = reduction[0]?.string == "implied"
                result.reductions.append(
                    isDemand
                        ? .implied(
                            demand: Int32(try demand(reduction[1])),
                            by: Int32(try demand(reduction[2])))
                        : .dominated(
                            candidate: Int32(try candidate(reduction[1])),
                            by: Int32(try candidate(reduction[2]))))
            }
            if let dual = json["dual"], !dual.isNull {
                guard let value = dual["value"]?.number, let list = dual["multipliers"]?.array
                else { throw fault("its dual has no value or no multipliers") }
                result.linear = LinearProof(
                    multipliers: try list.map { item in
                        if let number = item.number { return number }
                        throw fault("its dual holds a multiplier that is no number")
                    }, value: value, engine: dual["engine"]?.string)
            }
            result.fewest = try (json["fewest"]?.array ?? []).compactMap { try certificate($0) }
            for node in json["nodes"]?.array ?? [] {
                var read = BoundCertificate.Node()
                for list in node["multipliers"]?.array ?? [] {
                    guard let values = list.array, values.count == places.count else {
                        throw fault("its proof has not a multiplier for each demand")
                    }
                    var all = [Double](repeating: 0, count: problem.demandIDs.count)
                    for (place, value) in zip(places, values) {
                        guard let number = value.number else {
                            throw fault("its proof holds a multiplier that is no number")
                        }
                        all[place] = number
                    }
                    read.multipliers.append(all)
                }
                if let site = node["site"], !site.isNull {
                    read.site = Int32(try candidate(site))
                    read.chosen = node["chosen"]?.int ?? 0
                    read.closed = node["closed"]?.int ?? 0
                }
                result.proof.nodes.append(read)
            }
            return result
        }
    }
}
