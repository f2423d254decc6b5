import Analysis
import Geometry
import Testing

struct DistanceDecayTests {
    @Test(
        arguments: [
            ("binary", 12_345.0, 1.0), ("steps:5km=1,10km=0.68,20km=0.22", 5000, 1),
            ("steps:5km=1,10km=0.68,20km=0.22", 5000.1, 0.68),
            ("steps:5km=1,10km=0.68,20km=0.22", 20_000.1, 0), ("power:2", 0, 1),
            ("power:2", 500, 1),
            ("power:2", 4000, 1.0 / 16), ("power:2:4km", 8000, 0.25),
            ("exponential:5km", 5000, 0.367_879_441_171_442_3),
            ("gaussian:10km", 10_000, 0.606_530_659_712_633_4),
            ("gaussian-to-zero:20km", 0, 1), ("gaussian-to-zero:20km", 20_000, 0),
            ("log-logistic:10km:3", 10_000, 0.5), ("log-logistic:10km:3", 0, 1),
            ("epanechnikov:20km", 10_000, 0.5625), ("epanechnikov:20km", 20_000, 0),
        ] as [(String, Double, Double)])
    func `a decay is written, read and worked out`(text: String, metres: Double, weight: Double)
        throws
    {
        let decay = try #require(DistanceDecay(text))
        #expect(abs(decay.weight(at: metres) - weight) <= 1e-15)
        #expect(DistanceDecay(decay.description) == decay)
    }

    @Test func `every form that is shown is read`() {
        for form in DistanceDecay.forms { #expect(DistanceDecay(form) != nil, "\(form)") }
    }

    @Test(arguments: [
        "", "gauss:10km", "gaussian", "gaussian:0", "gaussian:-1km", "gaussian:10mi", "power",
        "power:0", "power:nan", "steps:", "steps:5km", "steps:5km=1,3km=2", "steps:5km=-1",
        "steps:5km=1,", "log-logistic:10km", "binary:1", "epanechnikov:1km:2",
    ])
    func `what cannot be meant is not read`(text: String) {
        #expect(DistanceDecay(text) == nil)
    }

    @Test func `no decay grows with distance`() {
        for decay in AccessibilityTests.decays {
            let weights = stride(from: 0.0, through: 60_000, by: 250).map { decay.weight(at: $0) }
            #expect(weights.allSatisfy { $0 >= 0 && $0 <= 1 })
            #expect(zip(weights, weights.dropFirst()).allSatisfy { $0 >= $1 }, "\(decay)")
        }
    }
}
