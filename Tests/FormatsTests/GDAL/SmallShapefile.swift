/// A shapefile of points that is written byte by byte, as old programs did.
struct SmallShapefile {
    var fieldNames: [[UInt8]]
    var width = 20
    /// The texts of each record, and its position.
    var records: [(texts: [[UInt8]], x: Double, y: Double)]
    var language: UInt8 = 0
    var label: String?
    var system: String?

    /// The files in a folder of a test, by the name of their `.shp`.
    func write(_ name: String, in scratch: Scratch) throws -> String {
        _ = try scratch.write(dbf, to: "\(name).dbf")
        _ = try scratch.write(shx, to: "\(name).shx")
        if let label { _ = try scratch.write(label, to: "\(name).cpg") }
        if let system { _ = try scratch.write(system, to: "\(name).prj") }
        return try scratch.write(shp, to: "\(name).shp")
    }

    private static func big(_ value: Int) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * $0)) }
    }

    private static func little(_ value: Int, bytes: Int = 4) -> [UInt8] {
        (0..<bytes).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }

    private static func little(_ value: Double) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * UInt64($0))) }
    }

    private func head(words: Int) -> [UInt8] {
        let (xs, ys) = (records.map(\.x), records.map(\.y))
        let box = [xs.min() ?? 0, ys.min() ?? 0, xs.max() ?? 0, ys.max() ?? 0, 0, 0, 0, 0]
        return Self.big(9994) + [UInt8](repeating: 0, count: 20) + Self.big(words)
            + Self.little(1000) + Self.little(1) + box.flatMap { Self.little($0) }
    }

    private var shp: [UInt8] {
        head(words: 50 + 14 * records.count)
            + records.enumerated().flatMap { at, record in
                Self.big(at + 1) + Self.big(10) + Self.little(1) + Self.little(record.x)
                    + Self.little(record.y)
            }
    }

    private var shx: [UInt8] {
        head(words: 50 + 4 * records.count)
            + records.indices.flatMap { Self.big(50 + 14 * $0) + Self.big(10) }
    }

    private var dbf: [UInt8] {
        var bytes: [UInt8] = [0x03, 121, 2, 3] + Self.little(records.count)
        bytes += Self.little(33 + 32 * fieldNames.count, bytes: 2)
        bytes += Self.little(1 + width * fieldNames.count, bytes: 2)
        bytes += [UInt8](repeating: 0, count: 17) + [language, 0, 0]
        for name in fieldNames {
            bytes += name + [UInt8](repeating: 0, count: 11 - name.count)
            bytes += [UInt8(ascii: "C"), 0, 0, 0, 0, UInt8(width), 0]
            bytes += [UInt8](repeating: 0, count: 14)
        }
        bytes.append(0x0D)
        for record in records {
            bytes.append(0x20)
            for text in record.texts {
                bytes += text + [UInt8](repeating: 0x20, count: width - text.count)
            }
        }
        return bytes + [0x1A]
    }
}
