/// Brings shares of sites to the nearest ones that are allowed: each from 0 to 1, and in all as many as may
/// be chosen.
struct ShareProjection {
    let least: Int
    let most: Int
    /// What was taken off last, where the next search begins.
    private var last = 0.0

    init(least: Int, most: Int) {
        self.least = least
        self.most = most
    }

    /// Brings shares there, where a share's way counts the less the greater its step is.
    ///
    /// - Parameters:
    ///   - share: The shares.
    ///   - step: The step of each.
    mutating func apply(to share: inout [Double], _ step: [Double]) {
        let free = share.reduce(0) { $0 + min(1, max(0, $1)) }
        var taken = 0.0
        if free > Double(most) {
            taken = search(share, step, Double(most))
        } else if free < Double(least) {
            taken = search(share, step, Double(least))
        }
        for site in share.indices {
            share[site] = min(1, max(0, share[site] - step[site] * taken))
        }
    }

    /// Finds what has to be taken off so that the shares add up to a number: Newton's method, kept
    /// between bounds.
    private mutating func search(
        _ share: [Double], _ step: [Double], _ number: Double
    ) -> Double {
        var (low, high) = (-Double.infinity, Double.infinity)
        share.withUnsafeBufferPointer { share in
            step.withUnsafeBufferPointer { step in
                for _ in 0..<60 {
                    var (sum, slope) = (0.0, 0.0)
                    for site in share.indices {
                        let left = share[site] - step[site] * last
                        sum += min(1, max(0, left))
                        slope += left > 0 && left < 1 ? step[site] : 0
                    }
                    if (sum - number).magnitude <= 1e-10 * number { return }
                    if sum > number { low = last } else { high = last }
                    last += (sum - number) / slope
                    if last > low, last < high { continue }
                    if low == -.infinity || high == .infinity {
                        // Nothing moves here: to where all are 1, or 0.
                        for site in share.indices {
                            low = min(low == -.infinity ? 0 : low, (share[site] - 1) / step[site])
                            high = max(high == .infinity ? 0 : high, share[site] / step[site])
                        }
                    }
                    last = (low + high) / 2
                }
            }
        }
        return last
    }
}
