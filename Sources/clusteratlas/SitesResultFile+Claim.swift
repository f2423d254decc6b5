import Formats
import Siting

extension SitesResultFile {
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
        var shares: [SitingSolution.Share] = []
        for member in json["assignment"]?.members ?? [] where !member.value.isNull {
            let demand = try reader.demand(.string(member.name))
            guard problem.requirements.isSplit else {
                assignment[demand] = try reader.candidate(member.value)
                continue
            }
            let parts = try reader.shares(member.value, of: demand)
            shares += parts
            // The first of the greatest.
            assignment[demand] =
                parts.reduce(nil as SitingSolution.Share?) { best, share in
                    share.part > best?.part ?? 0 ? share : best
                }?.site
        }
        return SitingVerification.Claim(
            status: status, objective: json["objective"]?.number, bound: json["bound"]?.number,
            chosen: try (json["chosen"]?.array ?? []).map { try reader.candidate($0) },
            assignment: assignment,
            unserved: try (json["unserved"]?.array ?? []).map { try reader.demand($0) },
            shares: shares,
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

        /// The parts of a demand: one site, or sites with the part of each.
        func shares(_ json: JSONValue, of demand: Int) throws -> [SitingSolution.Share] {
            guard let members = json.members else {
                return [.init(demand: demand, site: try candidate(json), part: 1)]
            }
            return try members.map { member in
                guard let part = member.value.number else {
                    throw fault("has a part of a demand that is no number")
                }
                return .init(
                    demand: demand, site: try candidate(.string(member.name)), part: part)
            }
        }

        func certificate(_ json: JSONValue) throws -> SitingCertificate? {
            if json.isNull { return nil }
            guard let bound = json["bound"]?.number else { throw fault("its proof has no bound") }
            let places = try (json["demand"]?.array ?? []).map { try demand($0) }
            var result = SitingCertificate(
                proof: BoundCertificate(bound: bound, nodes: []), radius: json["radius"]?.number)
            result.proof.isPartial = json["partial"]?.bool ?? false
            result.engine = json["engine"]?.string
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
            result.proof.triples = try (json["triples"]?.array ?? []).map {
                try ($0.array ?? []).map { try demand($0) }
            }
            let triples = result.proof.triples.count
            for node in json["nodes"]?.array ?? [] {
                var read = BoundCertificate.Node()
                for list in node["multipliers"]?.array ?? [] {
                    guard let values = list.array, values.count == places.count + triples else {
                        throw fault("its proof has not a multiplier for each demand")
                    }
                    let count = problem.demandIDs.count
                    var all = [Double](repeating: 0, count: count + triples)
                    for (place, value) in zip(places + (count..<count + triples), values) {
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
