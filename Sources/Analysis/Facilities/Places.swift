public import Features
public import Geometry

/// The moving side of an analysis: one position for each feature of a batch.
public struct Places: Sendable {
    /// Degrees; NaN for a feature without a place.
    public private(set) var longitudes: [Double]
    /// Degrees; NaN for a feature without a place.
    public private(set) var latitudes: [Double]
    /// How many features are no points and are represented by a position inside them.
    public private(set) var represented = 0
    /// How many features have no place.
    public private(set) var unlocated = 0

    /// Takes the positions of a batch.
    ///
    /// A point is its own place. A line, an area or several points are represented by a position
    /// inside them (GEOS's interior point), as ``represented`` counts.
    ///
    /// - Parameters:
    ///   - batch: The features.
    ///   - layer: The layer's name, for messages.
    /// - Throws: ``AnalysisError`` (`badPosition`) naming the first feature that is not on the
    ///   globe.
    public init(of batch: FeatureBatch, layer: String) throws {
        if case .points(let coordinates) = batch.geometry.layout {
            longitudes = coordinates.x
            latitudes = coordinates.y
            if !batch.geometry.validity.isAllValid {
                for row in 0..<batch.count where !batch.geometry.validity[row] {
                    longitudes[row] = .nan
                    latitudes[row] = .nan
                }
            }
        } else {
            longitudes = []
            latitudes = []
            for row in 0..<batch.count {
                let shape = batch.geometry[row]
                let place: Position?
                if case .point(let position) = shape {
                    place = position
                } else {
                    do {
                        place = try shape?.interiorPoint()
                    } catch {
                        throw AnalysisError(
                            .badPosition, at: batch.label(row, of: layer), error.problem,
                            remedy: error.remedy)
                    }
                    if place != nil { represented += 1 }
                }
                longitudes.append(place?.x ?? .nan)
                latitudes.append(place?.y ?? .nan)
            }
        }
        for row in longitudes.indices {
            let place = Position(longitudes[row], latitudes[row])
            if place.x.isNaN || place.y.isNaN {
                unlocated += 1
                longitudes[row] = .nan
                latitudes[row] = .nan
            } else if !place.isOnGlobe {
                throw AnalysisError(
                    .badPosition, at: batch.label(row, of: layer),
                    "\(place) is not a longitude and latitude", remedy: place.swappedRemedy)
            }
        }
    }

    /// Takes positions on the globe, one a feature.
    init(longitudes: [Double], latitudes: [Double]) {
        self.longitudes = longitudes
        self.latitudes = latitudes
    }

    /// The number of features.
    public var count: Int { longitudes.count }

    /// Adds the places of the batch that follows.
    ///
    /// - Parameter next: Its places.
    public mutating func append(_ next: Places) {
        longitudes += next.longitudes
        latitudes += next.latitudes
        represented += next.represented
        unlocated += next.unlocated
    }

    /// The position of a feature, or `nil` where it has none.
    ///
    /// - Parameter row: The row in its batch, from 0.
    /// - Returns: Longitude, latitude in degrees.
    public subscript(row: Int) -> Position? {
        longitudes[row].isNaN ? nil : Position(longitudes[row], latitudes[row])
    }
}

extension FeatureBatch {
    /// A feature of a layer for messages, by its place in the whole flow and its identifier:
    /// `universities, feature 41 (id "U41")`.
    func label(_ row: Int, of layer: String) -> String {
        "\(layer), feature \(firstIndex + row + 1)" + (id(row).map { " (id \"\($0)\")" } ?? "")
    }
}
