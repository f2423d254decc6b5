import Features
import Formats

/// Reads features that were sent, as the job will, so that what is wrong with them is said before
/// the job is accepted.
struct PostedFeatures {
    private let limits: JobLimits
    private var features = 0
    private var vertices = 0

    init(limits: JobLimits) { self.limits = limits }

    /// Reads a file of features.
    ///
    /// - Throws: ``RequestFault`` naming the feature, or ``JobLimitError``.
    mutating func check(_ path: String, at pointer: String) throws {
        var options = ReadingOptions(winding: .tolerate)
        options.recordsInputs = false
        do {
            var source = try openSource(path, options: options)
            while let batch = try source.next() {
                features += batch.count
                vertices += batch.geometry.positionCount
                try checkCounts(at: pointer)
            }
        } catch let error as FormatError {
            let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
            throw RequestFault(
                .badInput, at: pointer,
                "\(error.place): \(error.problem)".without(folder).forRequests,
                remedy: error.remedy?.forRequests)
        }
    }

    private func checkCounts(at pointer: String) throws {
        if features > limits.features {
            throw JobLimitError(
                .features, at: pointer,
                "more than \(limits.features) features, which are taken at most",
                remedy: "send fewer, or refer to a collection of the service")
        }
        if vertices > limits.vertices {
            throw JobLimitError(
                .vertices, at: pointer,
                "more than \(limits.vertices) positions, which are taken at most",
                remedy: "simplify the geometries, or send fewer")
        }
    }
}

extension GeometryColumn {
    /// How many positions the geometries have; at most, where kinds are mixed.
    fileprivate var positionCount: Int {
        switch layout {
        case .points(let coordinates), .chains(let coordinates, _, _),
            .rings(let coordinates, _, _, _), .polygons(let coordinates, _, _, _):
            coordinates.count
        case .binary(let bytes, _): bytes.count / 16
        }
    }
}

extension String {
    /// The text without a folder that nobody outside needs to know.
    func without(_ folder: String) -> String {
        guard !folder.isEmpty else { return self }
        var result = ""
        var rest = self[...]
        while let first = rest.first {
            if rest.hasPrefix(folder) {
                rest = rest.dropFirst(folder.count)
            } else {
                result.append(first)
                rest = rest.dropFirst()
            }
        }
        return result
    }
}
