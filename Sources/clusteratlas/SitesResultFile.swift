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
        let shares = Dictionary(grouping: solution.shares, by: \.demand)
        let assignment = solution.assignment.enumerated().map { demand, candidate in
            let parts = shares[demand] ?? []
            let isWhole = parts.count < 2 && parts.first?.part ?? 1 == 1
            return (
                problem.demandIDs[demand],
                isWhole
                    ? id(candidate, problem)
                    : .json(
                        JSONLine.object(
                            parts.map { (problem.candidateIDs[$0.site], .double($0.part)) }))
            )
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
        if let proven = ProvenBound(of: solution, in: problem) {
            members.append(
                (
                    "proven",
                    .json(
                        JSONLine.object([
                            ("bound", number(proven.value)),
                            ("gap", number(proven.gap(to: solution.objective))),
                            ("rest_by_word_of", proven.word.map { .string($0) } ?? .null),
                        ]))
                ))
        }
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
            if tolerances.tellsCosts {
                members += [
                    ("cost", number(tolerance.now)), ("most_cost", number(tolerance.cost)),
                ]
            }
            if tolerances.tellsShorter {
                members += [
                    ("shorter_by", number(tolerance.shorter)),
                    ("out_of_reach_to", number(tolerance.nearer)),
                ]
            }
            return .json(JSONLine.object(members))
        }
        let untold = SitingTolerances.Kind.allCases.compactMap { kind in
            tolerances.untold[kind].map { (kind.rawValue, Value.string($0)) }
        }
        return JSONLine.object([
            ("solved_again", .bool(tolerances.isExact)),
            ("complete", .bool(!tolerances.isInterrupted)),
            ("greatest_weight_tried", number(tolerances.greatestWeight)),
            ("not_told", .json(JSONLine.object(untold))),
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
        if !certificate.proof.triples.isEmpty {
            let triples = certificate.proof.triples.map { $0.map { problem.demandIDs[$0] } }
            members.append(("triples", .json(list(triples.map { ids($0) }))))
        }
        if let linear = certificate.linear {
            let dual: [(String, Value)] = [
                ("engine", linear.engine.map { .string($0) } ?? .null),
                ("value", .double(linear.value)),
                ("multipliers", .json(list(linear.multipliers.map { .double($0) }))),
            ]
            members.append(("dual", .json(JSONLine.object(dual))))
        }
        if let engine = certificate.engine { members.append(("engine", .string(engine))) }
        if !certificate.fewest.isEmpty {
            members.append(
                ("fewest", .json(list(certificate.fewest.map { .json(text($0, problem)) }))))
        }
        return JSONLine.object(members)
    }
}
