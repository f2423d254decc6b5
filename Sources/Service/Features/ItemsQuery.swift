import Features
import Formats
import Geometry

/// Which features of a collection a request asks for, and how.
struct ItemsQuery {
    let limit: Int
    let cursor: PageCursor
    let system: ServedSystem
    let days: TimeInterval?
    let selection: RowSelection
    /// Judges features by the filter; `nil` without one.
    let judge: FilterJudge?

    /// The parameters.
    static let parameters: [Parameter] =
        [
            Parameter(
                "limit", .query, .count(1...10_000, usual: 10), "How many features a page holds."),
            Parameter(
                "bbox", .query, .box,
                "Only features that touch this box: west, south, east, north, in the order of axes of "
                    + "bbox-crs. West may lie east of east: across the antimeridian."),
            Parameter(
                "bbox-crs", .query, .choice(ServedSystem.names),
                "The reference system of bbox; CRS84 if not given."),
        ] + FilterParameter.parameters + [
            .system, .time,
            Parameter(
                "cursor", .query, .pattern(PageCursor.pattern) { PageCursor($0) != nil },
                "Where the page begins, as links to other pages say."),
        ]

    /// Reads a request.
    ///
    /// - Parameters:
    ///   - call: The request.
    ///   - content: The features.
    ///   - transformations: The ways between the systems.
    ///   - limits: How long a filter may take.
    /// - Throws: ``Problem`` (400) for a box that is none, attributes that are none or hold
    ///   something else, and a filter that is wrong.
    init(
        _ call: Call, _ content: CollectionContent, _ transformations: SystemTransformations,
        _ limits: WorkLimits
    ) throws(Problem) {
        limit = call.count("limit")
        cursor = call["cursor"].flatMap { PageCursor($0) } ?? .after(-1)
        system = call["crs"].flatMap { ServedSystem($0) } ?? .crs84
        days = call["datetime"].flatMap { TimeInterval($0) }
        var selection = RowSelection()
        if let text = call["bbox"] {
            let system = call["bbox-crs"].flatMap { ServedSystem($0) } ?? .crs84
            let box = try BoxInSystem(text, system, transformations)
            selection.boxes = box.boxes
            selection.judge = box.judge(of: content)
        }
        judge = try FilterParameter.judge(
            call, content, transformations, within: limits.filter)
        if let judge { selection.add(judge) }
        for (name, value) in call.attributes {
            guard let column = content.batch[name] else {
                throw RouteTable.unknown(
                    name, call.route, attributes: content.batch.columns.map(\.name))
            }
            let parameter = AttributeIndex.parameter(name, column.kind)
            try parameter.check(value)
            selection.attributes.append((name, value))
        }
        self.selection = selection
    }
}

extension Call {
    /// Whether it asks for a page that costs little: few features, as they stand today, by no condition
    /// but a box.
    var isSmallPage: Bool {
        count("limit") <= (self["crs"] == nil ? 1000 : 100) && attributes.isEmpty
            && self["filter"] == nil && self["datetime"] == nil
    }
}
