public import Features
internal import Geometry

extension ClusterProfiler {
    /// Draws profiles: the rings around each subject, and the places found in them.
    ///
    /// - Parameter profiles: What was measured.
    /// - Returns: Features with `role` (`ring`, `subject` or `place`), the `cluster`, and for places
    ///   `layer`, `id`, `name`, `distance_m`, `uncertainty_m`, and the smallest ring that holds them,
    ///   `within_m`; where that is missing they may lie within the widest one.
    /// - Throws: `GeometryError` where a ring cannot be drawn.
    public func features(of profiles: [Surroundings]) throws -> FeatureBatch {
        var rows = FeatureRows()
        for profile in profiles {
            let subject = profile.subject
            for (number, ring) in rings.enumerated() {
                var attributes: [(name: String, value: Value)] = [
                    ("role", .string("ring")), ("cluster", .string(subject.id)),
                    ("within_m", .double(ring.metres)),
                ]
                for (layer, finding) in zip(layers, profile.findings) {
                    attributes.append((layer.name, .int(Int64(finding.counts[number].value))))
                }
                if let zones, !profile.amounts.isEmpty {
                    attributes.append(
                        (zones.field, .double(profile.amounts[number].value.rounded())))
                }
                rows.append(try .disc(around: subject.position, radius: ring), attributes)
            }
            rows.append(
                .point(subject.position),
                [
                    ("role", .string("subject")), ("cluster", .string(subject.id)),
                    ("id", .string(subject.id)), ("position_accuracy_m", .number(subject.accuracy)),
                ])
            for (layer, finding) in zip(layers, profile.findings) {
                for found in finding.around {
                    let ring = rings.first { found.distance <= $0.metres }
                    rows.append(
                        layer.positions[found.place].map { .point($0) },
                        [
                            ("role", .string("place")), ("cluster", .string(subject.id)),
                            ("within_m", .number(ring?.metres)), ("layer", .string(layer.name)),
                            ("id", .string(layer.ids[found.place])),
                            ("name", .text(layer.names[found.place])),
                            ("distance_m", .metres(found.distance)),
                            ("uncertainty_m", .metres(found.uncertainty)),
                        ])
                }
            }
        }
        return rows.batch
    }
}
