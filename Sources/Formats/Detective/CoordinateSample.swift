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

    /// A projection of the whole plane onto a sphere that only scales, so that any file's numbers
    /// pass through the readers and come back as they were.
    fileprivate static let passage = "+proj=eqc +R=6371000 +units=m +type=crs"

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
        var source = try openSource(path, options: options.keepingNumbers)
        guard let batch = try source.next() else { return CoordinateSample(items: []) }
        do throws(GeometryError) {
            // What the file names itself goes before what is assumed.
            return try numbers(of: batch, in: source.collection.crs ?? passage)
        } catch {
            throw FormatError(.crs, at: path, error.problem, remedy: error.remedy)
        }
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
        CoordinateSample(try batch.withNumbers(inSystem: definition))
    }
}

extension ReadingOptions {
    /// The options for reading the numbers of a file whatever system they are in.
    ///
    /// What comes out is no longitude and latitude; ``CoordinateSample/reading(_:options:)`` turns
    /// it back into the numbers.
    public var keepingNumbers: ReadingOptions {
        var options = self
        options.assumedCRS = CoordinateSample.passage
        options.doubtfulTransformation = .accept
        return options
    }
}

extension FeatureBatch {
    /// Returns the features with the numbers that stand in their file, where that was read with
    /// ``ReadingOptions/keepingNumbers``.
    ///
    /// - Parameter definition: The system that the source says it read, if any.
    /// - Returns: The features, whose positions may be no longitude and latitude.
    /// - Throws: ``FormatError`` where the system is unknown, or cannot hold a position.
    public func withNumbers(in definition: String?) throws(FormatError) -> FeatureBatch {
        do throws(GeometryError) {
            return try withNumbers(inSystem: definition ?? CoordinateSample.passage)
        } catch {
            throw FormatError(.crs, at: error.place, error.problem, remedy: error.remedy)
        }
    }

    fileprivate func withNumbers(
        inSystem definition: String
    ) throws(GeometryError) -> FeatureBatch {
        let system = try CoordinateReferenceSystem(definition)
        let back = try Transformation(from: system, to: .wgs84, doubtful: .accept)
        var (x, y) = geometry.flat
        try back.applyInverse(&x, &y)
        // The way there and back leaves some 10⁻¹¹ of a unit.
        for i in x.indices {
            x[i] = (x[i] * 1e9).rounded() / 1e9
            y[i] = (y[i] * 1e9).rounded() / 1e9
        }
        var batch = self
        batch.geometry = geometry.replacing(x, y)
        return batch
    }
}
