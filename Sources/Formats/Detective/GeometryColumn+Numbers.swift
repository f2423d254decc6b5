import Features
import Geometry

extension GeometryColumn {
    /// All coordinates, one after another.
    var flat: (x: [Double], y: [Double]) {
        switch layout {
        case .points(let all), .chains(let all, _, _), .rings(let all, _, _, _),
            .polygons(let all, _, _, _):
            return (all.x, all.y)
        case .binary:
            var (x, y): ([Double], [Double]) = ([], [])
            for shape in shapes {
                shape?.forEachPosition {
                    x.append($0.x)
                    y.append($0.y)
                }
            }
            return (x, y)
        }
    }

    /// The column with other coordinates, as many as ``flat`` gives.
    func replacing(_ x: [Double], _ y: [Double]) -> GeometryColumn {
        func with(_ old: Coordinates) -> Coordinates { Coordinates(x: x, y: y, z: old.z) }
        let layout: Layout
        switch self.layout {
        case .points(let old): layout = .points(with(old))
        case .chains(let old, let offsets, let kind):
            layout = .chains(with(old), offsets: offsets, kind: kind)
        case .rings(let old, let rings, let offsets, let kind):
            layout = .rings(with(old), rings: rings, offsets: offsets, kind: kind)
        case .polygons(let old, let rings, let polygons, let offsets):
            layout = .polygons(with(old), rings: rings, polygons: polygons, offsets: offsets)
        case .binary:
            var at = 0
            return GeometryColumn(
                shapes.map { shape in
                    shape?.mapPositions { old in
                        defer { at += 1 }
                        return Position(x[at], y[at], old.z)
                    }
                })
        }
        return GeometryColumn(layout, validity: validity)
    }
}
