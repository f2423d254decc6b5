/// A layer of the catalogue as it is seen on a date.
public struct CatalogueView: Hashable, Sendable {
    /// The name of the layer, or of a group of layers; `nil` for the whole catalogue.
    public let layer: String?
    /// The date, as `2019`, `2019-06` or `2019-06-30`; `nil` for how it stands.
    public let date: String?

    /// Creates a view.
    ///
    /// - Parameters:
    ///   - layer: The name of the layer, or of a group of layers; `nil` for the whole catalogue.
    ///   - date: The date; `nil` for how it stands.
    public init(layer: String?, date: String?) {
        self.layer = layer
        self.date = date
    }
}

extension PlannedStep {
    /// What of the catalogue the step reads itself: the layers it names, or the whole catalogue where
    /// its operation reads it and is told of no layer or file.
    var ownViews: Set<CatalogueView> {
        let date = arguments.first { $0.parameter.name == "as-of" }?.values.first?.word
        let isTold = arguments.contains { argument in
            argument.parameter.kind != .inputFolder && argument.values.contains { $0.word == nil }
        }
        if !isTold, operation["as-of"] != nil {
            return [CatalogueView(layer: nil, date: date)]
        }
        var views = Set<CatalogueView>()
        for case .layer(let name) in arguments.flatMap(\.values) {
            views.insert(CatalogueView(layer: name, date: date))
        }
        return views
    }

    /// What of the catalogue the results of the step rest on.
    var views: Set<CatalogueView> { ownViews.union(earlierViews) }
}
