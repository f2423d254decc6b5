import Features
import Geometry

/// Turns the columns of coordinates of a table into geometries, as CSV does.
struct TableGeometry {
    private let header: CSVHeader

    init(_ names: [String], _ options: ReadingOptions, file: String) throws(FormatError) {
        header = try CSVHeader(names, options: options, file: file)
    }

    var remarks: [String] { header.remarks }

    /// The batch with its geometries, and without the columns that held them.
    func located(_ batch: FeatureBatch, file: String) throws(FormatError) -> FeatureBatch {
        var located = batch
        let texts = header.wkt.map { batch.columns[$0] }
        let numbers = header.position.map { (batch.columns[$0.x], batch.columns[$0.y]) }
        guard texts != nil || numbers != nil else { return batch }
        var shapes = GeometryColumnBuilder()
        for row in 0..<batch.count {
            let place = "\(file), feature \(batch.firstIndex + row + 1)"
            if let text = texts?.column[row].text, !text.isEmpty {
                do throws(GeometryError) {
                    shapes.append(try Shape(wkt: text))
                } catch {
                    throw FormatError(.geometry, at: place, error.problem, remedy: error.remedy)
                }
            } else if let (x, y) = numbers {
                shapes.append(try Self.position(x, y, row, place).map { .point($0) })
            } else {
                shapes.append(nil)
            }
        }
        located.geometry = shapes.finish()
        for named in [texts, numbers?.0, numbers?.1] { if let named { located.remove(named.name) } }
        return located
    }

    private static func position(
        _ x: FeatureBatch.Named, _ y: FeatureBatch.Named, _ row: Int, _ place: String
    ) throws(FormatError) -> Position? {
        let values = (
            try number(x.column[row], x.name, place), try number(y.column[row], y.name, place)
        )
        if let longitude = values.0, let latitude = values.1 {
            return Position(longitude, latitude)
        }
        guard values.0 == nil, values.1 == nil else {
            throw FormatError(
                .geometry, at: place, "the row has only one of \"\(x.name)\" and \"\(y.name)\"",
                remedy: "fill in both, or leave both empty for no geometry")
        }
        return nil
    }

    private static func number(
        _ value: Value, _ name: String, _ place: String
    ) throws(FormatError) -> Double? {
        switch value.plain {
        case .null: return nil
        case .int(let number): return Double(number)
        case .double(let number): return number
        case .string(let text):
            let trimmed = text.filter { !$0.isWhitespace }
            if trimmed.isEmpty { return nil }
            if let number = Double(trimmed), number.isFinite { return number }
            if let degrees = SexagesimalAngle.degrees(text) { return degrees }
        default: break
        }
        throw FormatError(
            .geometry, at: place, "\"\(value)\" in the column \"\(name)\" is no number",
            remedy: "write decimal degrees with a point, for example 127.3654; leave it empty for "
                + "no geometry")
    }
}
