public import Features
package import Geometry

/// A name in both languages; English words alone where there are no Korean ones.
public struct MapName: Hashable, Sendable {
    /// The Korean name, where there is one.
    public let korean: String?
    /// The English name, or the only one.
    public let english: String

    /// Creates a name.
    ///
    /// - Parameters:
    ///   - korean: The Korean name, where there is one.
    ///   - english: The English name, or the only one.
    public init(_ korean: String?, _ english: String) {
        self.korean = korean
        self.english = english
    }

    /// The names without what is empty, the Korean one first.
    var lines: [String] {
        let both = [korean ?? "", english].filter { !$0.isEmpty }
        return both.count == 2 && both[0] == both[1] ? [both[0]] : both
    }

    /// The name in one language, or what there is.
    func lines(inKorean isKorean: Bool) -> [String] {
        Array(isKorean ? lines.prefix(1) : lines.suffix(1))
    }
}

/// Features of one kind on a map, with the name by which its legend calls them.
public struct MapLayer: Sendable {
    /// What the legend calls it.
    public let name: MapName
    /// The features, positions on WGS 84.
    public let batch: FeatureBatch
    /// What the map must reach besides the features: those that a page adds later.
    package let extent: Envelope?

    /// Creates a layer.
    ///
    /// - Parameters:
    ///   - name: What the legend calls it.
    ///   - batch: The features, positions on WGS 84.
    public init(name: MapName, batch: FeatureBatch) {
        self.init(name: name, batch: batch, extent: nil)
    }

    /// Creates a layer to which a page adds more.
    package init(name: MapName, batch: FeatureBatch, extent: Envelope?) {
        self.name = name
        self.batch = batch
        self.extent = extent
    }

    /// How many of its features have a place.
    public var drawnCount: Int {
        (0..<batch.count).count { row in batch.geometry[row].map { !$0.isEmpty } ?? false }
    }

    /// The columns that name features: `name_ko` and `name_en` as in the catalogue, or `name`.
    var nameColumns: (korean: String?, english: String?) {
        func first(_ names: [String]) -> String? { names.first { batch[$0] != nil } }
        let korean = first(["name_ko", "이름", "명칭", "시설명"])
        return (korean, first(["name_en", "name", "Name", "NAME", "label"]))
    }

    /// What a feature is called; `nil` where it has no name.
    func name(ofRow row: Int) -> MapName? {
        func text(_ column: String?) -> String? {
            guard let column, let value = batch[column]?[row].plain, !value.isNull else {
                return nil
            }
            return value.description.isEmpty ? nil : value.description
        }
        let columns = nameColumns
        let (korean, english) = (text(columns.korean), text(columns.english))
        if korean == nil, english == nil { return nil }
        return MapName(korean, english ?? "")
    }
}
