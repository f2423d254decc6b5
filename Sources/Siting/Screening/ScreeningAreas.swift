internal import Analysis
public import Features
internal import Geometry
internal import Synchronization

/// Areas that candidates may have to lie in, or outside of.
public struct ScreeningAreas: Sendable {
    /// The layer's name.
    public let name: String
    /// What each area is called: its name, its identifier, or its place in the layer from 1.
    public let labels: [String]
    private let pool: LocatorPool

    /// Prepares the areas of a layer.
    ///
    /// - Parameters:
    ///   - batch: Features with polygons; others are passed over. Invalid polygons are repaired.
    ///   - name: The layer's name, for messages.
    /// - Throws: ``SitingError`` (`empty`) where no feature has a polygon; `GeometryError` naming a
    ///   polygon that cannot be repaired.
    public init(_ batch: FeatureBatch, name: String) throws {
        let names = NameField.names(of: batch)
        var labels: [String] = []
        var shapes: [Shape] = []
        for row in 0..<batch.count {
            guard let polygons = batch.geometry[row]?.polygons, !polygons.isEmpty else { continue }
            let area = Shape.area(of: polygons)
            do {
                shapes.append(try area.validity().isValid ? area : area.madeValid())
            } catch {
                throw error.at("\(name), feature \(batch.firstIndex + row + 1)")
            }
            labels.append(names[row] ?? batch.id(row) ?? String(batch.firstIndex + row + 1))
        }
        guard !shapes.isEmpty else {
            throw SitingError(
                .empty, at: name, "holds no polygon",
                remedy: "name a layer of polygons, or provinces or municipalities")
        }
        self.name = name
        self.labels = labels
        pool = LocatorPool(shapes)
    }

    /// Asks a locator, which no other task uses meanwhile.
    func ask<Answer>(_ question: (AreaLocator) throws -> Answer) throws -> Answer {
        let locator = try pool.take()
        defer { pool.giveBack(locator) }
        return try question(locator)
    }
}

/// Locators of the same areas, as many as tasks ask at once.
///
/// Unchecked, because a locator is no `Sendable`: it is in the pool or with the one task that took
/// it, never both, and the lock orders one task's use before the next one's.
private final class LocatorPool: @unchecked Sendable {
    private let shapes: [Shape]
    private let lock = Mutex(())
    private var idle: [AreaLocator] = []

    init(_ shapes: [Shape]) { self.shapes = shapes }

    func take() throws -> AreaLocator {
        if let locator = lock.withLock({ _ in idle.popLast() }) { return locator }
        return try AreaLocator(shapes)
    }

    func giveBack(_ locator: AreaLocator) { lock.withLock { _ in idle.append(locator) } }
}
