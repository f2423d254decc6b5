public import Geometry

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Tells in which of Korea's reference systems the numbers of a file are.
///
/// Each system is tried, with the axes as they stand and swapped. What speaks for one: that the
/// positions lie in Korea, on land, near places that are known; that features with the name of a
/// known place lie where it is; that corners of known outlines are corners of the areas. All of it is weighed as a likelihood,
/// with how usual each system is as the prior; the odds are what follows by Bayes' rule. Nothing is
/// ever taken silently: the answer is for a person to choose from.
public struct CRSDetective: Sendable {
    private let places: PointIndex?
    private let byName: [String: [Landmark]]
    private let land: Shape?
    private let corners: [Position]

    /// How many features are weighed at most by each kind of evidence.
    private static let weighed = 60

    /// Prepares what is known.
    ///
    /// - Parameters:
    ///   - landmarks: Places with their names.
    ///   - outlines: Areas whose corners are known to some 30 m, for example the provinces.
    /// - Throws: ``GeometryError`` where a position is not on the globe.
    public init(landmarks: [Landmark], outlines: [Shape] = []) throws(GeometryError) {
        places = landmarks.isEmpty ? nil : try PointIndex(landmarks.map(\.position))
        var byName: [String: [Landmark]] = [:]
        for landmark in landmarks {
            for name in Set(landmark.names.map(Landmark.key)) where name.count > 2 {
                byName[name, default: []].append(landmark)
            }
        }
        self.byName = byName
        land = outlines.isEmpty ? nil : .area(of: outlines.flatMap(\.polygons))
        corners = outlines.flatMap { $0.polygons.flatMap { $0.flatMap { $0 } } }
    }

    /// Weighs the systems for a sample.
    ///
    /// - Parameter sample: Positions of a file as the numbers stand there.
    /// - Returns: The systems with odds of at least one in a thousand, the likeliest first; none
    ///   where the numbers lie in Korea by no system.
    public func candidates(for sample: CoordinateSample) -> [CRSCandidate] {
        let step = max(1, sample.items.count / Self.weighed)
        let spread = stride(from: 0, to: sample.items.count, by: step).map { sample.items[$0].raw }
        let known = matches(in: sample)
        let land = land.flatMap { try? PreparedArea($0) }
        var found: [Found] = []
        for isSwapped in [false, true] {
            for system in KoreanSystem.all
            where (system.projection == nil) == sample.mayBeDegrees {
                guard
                    let trial = Trial(system, isSwapped: isSwapped),
                    let middles = trial.positions(spread)
                else { continue }
                let inKorea = middles.count(where: Self.isInKorea)
                guard inKorea * 2 > middles.count else { continue }
                var score = Self.prior(of: system) + (isSwapped ? -3 : 0)
                score += Double(inKorea) * -0.02 + Double(middles.count - inKorea) * -4
                score += nearness(of: middles)
                if let land {
                    let away = middles.count { (try? land.covers($0)) != true }
                    score += Double(away) * -1.2
                }
                let (ofNames, distances) = agreement(of: known, trial)
                score += ofNames
                let candidate = CRSCandidate(
                    system: system, isSwapped: isSwapped, odds: 0,
                    middle: Self.middle(of: middles),
                    shareInKorea: Double(inKorea) / Double(middles.count),
                    namesFound: distances.count,
                    metresByName: distances.isEmpty
                        ? nil : distances.sorted()[distances.count / 2],
                    cornersFound: nil)
                found.append(Found(candidate: candidate, trial: trial, score: score))
            }
        }
        // Corners take longer to look at: only what is left in question is.
        let best = found.map(\.score).max() ?? 0
        for at in found.indices where found[at].score > best - 20 {
            let (score, share) = agreement(ofCorners: sample.corners, found[at].trial)
            found[at].score += score
            found[at].candidate.cornersFound = share
        }
        return Self.weighed(found)
    }

    private struct Found {
        var candidate: CRSCandidate
        let trial: Trial
        var score: Double
    }

    private static func weighed(_ found: [Found]) -> [CRSCandidate] {
        guard let best = found.map(\.score).max() else { return [] }
        let total = found.reduce(0) { $0 + exponential($1.score - best) }
        return found.map {
            var candidate = $0.candidate
            candidate.odds = exponential($0.score - best) / total
            return candidate
        }
        .filter { $0.odds >= 0.001 }
        .sorted { $0.odds > $1.odds }
    }

    // MARK: Evidence

    /// South Korea with its islands, and some sea around it.
    private static func isInKorea(_ position: Position) -> Bool {
        position.x >= 124.5 && position.x <= 132 && position.y >= 33 && position.y <= 38.7
            // What lies north of the line from the Yellow Sea to the East Sea.
            && position.y <= 38.0 + (position.x - 126) * 0.35 + 0.3
    }

    /// How usual systems are in files that do not name theirs, as a logarithm.
    private static func prior(of system: KoreanSystem) -> Double {
        switch system.definition {
        case "EPSG:4326", "EPSG:5179", "EPSG:5186": 0
        case "EPSG:5174", "EPSG:5181": -0.7
        case "EPSG:5187", "EPSG:5185": -1.2
        case "EPSG:5188", "EPSG:5178", "EPSG:2097", "EPSG:4737": -2.3
        default: -2.8
        }
    }

    /// The likelihood that data lies so far from places that are known: mostly within some
    /// kilometres, where Korea's people are.
    private func nearness(of middles: [Position]) -> Double {
        guard let places else { return 0 }
        var sum = 0.0
        for middle in middles {
            let metres =
                (try? places.nearest(to: middle, k: 1, within: .kilometres(100)))?.first?.distance
                ?? 100_000
            sum += Self.logarithm(0.95 * Self.exponential(-metres / 10_000) + 0.05 * 0.1)
        }
        // Neighbours lie alike: they are not as many witnesses as they are features.
        return sum * 0.3
    }

    /// The features whose text is the name of one known place.
    private func matches(
        in sample: CoordinateSample
    ) -> [(raw: Position, landmark: Landmark)] {
        var found: [(raw: Position, landmark: Landmark)] = []
        for item in sample.items where found.count < Self.weighed {
            for text in item.texts {
                if let landmarks = byName[Landmark.key(text)], landmarks.count == 1 {
                    found.append((item.raw, landmarks[0]))
                    break
                }
            }
        }
        return found
    }

    /// The likelihood of where named places lie: within the accuracy of their position, or
    /// anywhere within 30 km where another of the same name is meant.
    private func agreement(
        of known: [(raw: Position, landmark: Landmark)], _ trial: Trial
    ) -> (score: Double, distances: [Double]) {
        guard !known.isEmpty, let there = trial.positions(known.map(\.raw)) else { return (0, []) }
        var score = 0.0
        var distances: [Double] = []
        for ((_, landmark), position) in zip(known, there) {
            guard position.isOnGlobe else {
                score -= 20
                continue
            }
            let metres = Geodesic.wgs84.distance(from: landmark.position, to: position)
            let spread = max(landmark.accuracy / 2, 80)
            let near =
                Self.exponential(-metres * metres / (2 * spread * spread))
                / (2 * Double.pi * spread * spread)
            let far = metres < 30_000 ? 1 / (Double.pi * 30_000 * 30_000) : 1e-13
            score += Self.logarithm(0.8 * near + 0.2 * far)
            if metres < 5000 { distances.append(metres) }
        }
        return (score, distances)
    }

    /// The likelihood of how far the corners of known outlines lie from corners of the areas: some
    /// are the same corners, the others anywhere.
    private func agreement(
        ofCorners raw: [Position], _ trial: Trial
    ) -> (score: Double, share: Double?) {
        guard !corners.isEmpty, raw.count > 10, let there = trial.positions(raw),
            let index = try? PointIndex(there),
            let box = there.dropFirst().reduce(
                there.first.map(Envelope.init),
                {
                    $0?.including($1)
                })
        else { return (0, nil) }
        let within = corners.filter { box.covers($0) }
        let step = max(1, within.count / 300)
        var score = 0.0
        var (near, asked) = (0, 0)
        for at in stride(from: 0, to: within.count, by: step) {
            let metres =
                (try? index.nearest(to: within[at], k: 1, within: .kilometres(1)))?.first?.distance
                ?? 1000
            asked += 1
            // Against a corner that lies anywhere within a kilometre, so that few corners and none
            // say little.
            score += Self.logarithm(0.3 * Self.exponential(-metres / 30) * 1000 / 30 + 0.7)
            if metres < 50 { near += 1 }
        }
        guard asked >= 10 else { return (0, nil) }
        return (score * 0.5, Double(near) / Double(asked))
    }

    private static func middle(of positions: [Position]) -> Position {
        let x = positions.map(\.x).sorted()[positions.count / 2]
        let y = positions.map(\.y).sorted()[positions.count / 2]
        return Position(x, y)
    }

    private static func exponential(_ value: Double) -> Double { value < -700 ? 0 : exp(value) }
    private static func logarithm(_ value: Double) -> Double { log(max(value, 1e-300)) }
}

/// A system under trial.
private struct Trial {
    private let transformation: Transformation
    private let isSwapped: Bool

    init?(_ system: KoreanSystem, isSwapped: Bool) {
        guard let reference = try? CoordinateReferenceSystem(system.definition),
            let transformation = try? Transformation(
                from: reference, to: .wgs84, doubtful: .accept)
        else { return nil }
        self.transformation = transformation
        self.isSwapped = isSwapped
    }

    /// Where the numbers lie by the system; `nil` where it cannot hold them.
    func positions(_ raw: [Position]) -> [Position]? {
        var x = raw.map { isSwapped ? $0.y : $0.x }
        var y = raw.map { isSwapped ? $0.x : $0.y }
        if transformation.source.isGeographic, y.contains(where: { abs($0) > 90 }) { return nil }
        guard (try? transformation.apply(&x, &y)) != nil else { return nil }
        return zip(x, y).map { Position($0, $1) }
    }
}
