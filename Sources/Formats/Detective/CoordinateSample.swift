public import Features
public import Geometry

/// Some positions of a file as the numbers stand there, with the names of their features.
public struct CoordinateSample: Hashable, Sendable {
    /// One position of a feature.
    public struct Item: Hashable, Sendable {
        /// The numbers as they stand in the file: x first.
        public var raw: Position
        /// The texts among the feature's attributes, one of which may be its name.
        public var texts: [String]

        /// Creates an item.
        ///
        /// - Parameters:
        ///   - raw: The numbers as they stand in the file: x first.
        ///   - texts: The texts among the feature's attributes.
        public init(raw: Position, texts: [String] = []) {
            self.raw = raw
            self.texts = texts
        }
    }

    /// The middles of features, in their order.
    public var items: [Item]
    /// The corners of areas.
    public var corners: [Position]

    /// Creates a sample.
    ///
    /// - Parameters:
    ///   - items: The middles of features.
    ///   - corners: The corners of areas.
    public init(items: [Item], corners: [Position] = []) {
        self.items = items
        self.corners = corners
    }

    /// How many corners are taken, of whole areas.
    private static let enoughCorners = 200_000

    /// Takes a sample of a batch.
    ///
    /// - Parameter batch: Features whose positions are the numbers of the file.
    public init(_ batch: FeatureBatch) {
        items = []
        corners = []
        let texts = batch.columns.filter { $0.column.kind == .string }.map(\.column)
        for row in 0..<batch.count {
            guard let shape = batch.geometry[row] else { continue }
            var (x, y, count) = (0.0, 0.0, 0.0)
            shape.forEachPosition {
                guard $0.isFinite else { return }
                x += $0.x
                y += $0.y
                count += 1
            }
            guard count > 0 else { continue }
            items.append(
                Item(
                    raw: Position(x / count, y / count),
                    texts: texts.compactMap { $0[row].text }))
            if corners.count < Self.enoughCorners {
                for rings in shape.polygons { corners += rings.first ?? [] }
            }
        }
    }

    /// The box around the numbers, `nil` where there are none.
    public var envelope: Envelope? {
        items.dropFirst().reduce(items.first.map { Envelope($0.raw) }) { $0?.including($1.raw) }
    }

    /// Whether all numbers could be degrees.
    var mayBeDegrees: Bool {
        items.allSatisfy { abs($0.raw.x) <= 180 && abs($0.raw.y) <= 180 }
    }

    /// Reads a sample of the numbers of a file, whatever system they are in.
    ///
    /// - Parameters:
    ///   - path: The file; not standard input, which is read once only.
    ///   - options: How to read it.
    /// - Returns: The sample of the first features.
    /// - Throws: ``FormatError`` where the file cannot be read.
    public static func reading(
        _ path: String, options: ReadingOptions
    ) throws -> CoordinateSample {
        var options = options
        options.keepsNumbers = true
        options.recordsInputs = false
        var source = try openSource(path, options: options)
        return try source.next().map(CoordinateSample.init) ?? CoordinateSample(items: [])
    }

    /// Takes a sample of the numbers that features of WGS 84 had in another system.
    ///
    /// - Parameters:
    ///   - batch: Features as a source gives them.
    ///   - definition: The code or definition of the system they came in.
    /// - Returns: The sample.
    /// - Throws: ``GeometryError`` where the system is unknown, or cannot hold a position.
    public static func numbers(
        of batch: FeatureBatch, in definition: String
    ) throws(GeometryError) -> CoordinateSample {
        let system = try CoordinateReferenceSystem(definition)
        let back = try Transformation(from: system, to: .wgs84, doubtful: .accept)
        var (x, y) = batch.geometry.flat
        try back.applyInverse(&x, &y)
        var batch = batch
        batch.geometry = batch.geometry.replacing(x, y)
        return CoordinateSample(batch)
    }
}
