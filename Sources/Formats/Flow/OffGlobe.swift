import Features
import Geometry

/// The errors for positions that are not on the globe.
enum OffGlobe {
    static func fault(_ position: Position, at: Int) -> Fault {
        let (x, y) = (position.x, position.y)
        if (33...43).contains(x), (124...132).contains(y) {
            return Fault(
                .swappedAxes, at: at, "latitude and longitude look swapped: \(position)",
                remedy: "write the longitude first, here \(y), \(x)")
        }
        if abs(x) > 1000 || abs(y) > 1000 {
            return Fault(
                .projected, at: at,
                "coordinates look projected (metres): \(position)",
                remedy: "name their CRS with --assume-crs, for example --assume-crs EPSG:5186")
        }
        if abs(x) <= 90, abs(y) <= 180 {
            return Fault(
                .swappedAxes, at: at,
                "latitude \(y) is beyond ±90°; latitude and longitude may be swapped: \(position)",
                remedy: "write the longitude first, then the latitude")
        }
        return Fault(
            .badPosition, at: at,
            "the position \(position) is not on the globe: longitudes go to ±180°, latitudes to "
                + "±90°", remedy: "correct the position, or name its CRS with --assume-crs")
    }

    /// Refuses a batch of which a position is not on the globe, or a geometry no geometry at all.
    ///
    /// - Parameters:
    ///   - batch: The features.
    ///   - file: The file's name, for errors.
    ///   - keepsNumbers: Whether positions may be any numbers.
    /// - Throws: ``FormatError`` naming the first such feature.
    static func check(
        _ batch: FeatureBatch, file: String, keepsNumbers: Bool = false
    ) throws(FormatError) {
        if batch.geometry.isOnGlobe(keepsNumbers: keepsNumbers) { return }
        for row in 0..<batch.count where batch.geometry.validity[row] {
            var place: String {
                "\(file), feature \(batch.firstIndex + row + 1)"
                    + (batch.id(row).map { " (id \"\($0)\")" } ?? "")
            }
            guard let shape = batch.geometry[row] else {
                throw FormatError(
                    .geometry, at: place, "the geometry is no well-known binary",
                    remedy: "write the file again")
            }
            if keepsNumbers { continue }
            var wrong: Position?
            shape.forEachPosition { position in
                let isEmpty = position.x.isNaN && position.y.isNaN
                if wrong == nil, !position.isOnGlobe, !isEmpty { wrong = position }
            }
            guard let wrong else { continue }
            let fault = fault(wrong, at: 0)
            throw FormatError(fault.code, at: place, fault.problem, remedy: fault.remedy)
        }
    }
}

extension GeometryColumn {
    /// Whether no position needs to be looked at one by one.
    fileprivate func isOnGlobe(keepsNumbers: Bool) -> Bool {
        switch layout {
        case .points(let all), .chains(let all, _, _), .rings(let all, _, _, _),
            .polygons(let all, _, _, _):
            if keepsNumbers { return true }
            var isFine = true
            for i in all.x.indices where !(abs(all.x[i]) <= 180 && abs(all.y[i]) <= 90) {
                isFine = isFine && all.x[i].isNaN && all.y[i].isNaN
            }
            return isFine
        case .binary: return false
        }
    }
}
