import Features
import Geometry

/// Which features of a collection are wanted.
struct RowSelection {
    /// Boxes on WGS 84 of which one must be touched; `nil` for anywhere.
    var boxes: [Envelope]?
    /// Judges what touches a box more closely; `nil` where the boxes tell.
    var judge: ((Int) -> Bool)?
    /// Attributes and the values that they must hold.
    var attributes: [(name: String, value: String)] = []

    /// Adds a filter to what is wanted; its boxes serve where there are none yet.
    mutating func add(_ filter: FilterJudge) {
        boxes = boxes ?? filter.boxes
        let other = judge
        judge = { row in (other?(row) ?? true) && filter.keeps(row) }
    }
}

/// Where a page begins or ends.
enum PageCursor: Equatable {
    /// Behind a feature; -1 for the first page.
    case after(Int)
    /// Before a feature.
    case before(Int)

    /// What a cursor looks like.
    static let pattern = "^(after|before)-[0-9]{1,10}$"

    init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[1].utf8.count <= 10,
            parts[1].utf8.allSatisfy({ (48...57).contains($0) }), let row = Int(parts[1])
        else { return nil }
        switch parts[0] {
        case "after": self = .after(row)
        case "before": self = .before(row)
        default: return nil
        }
    }

    /// The cursor with a row that is there, or the one behind the last.
    fileprivate func clamped(to count: Int) -> PageCursor {
        switch self {
        case .after(let row): .after(min(row, count - 1))
        case .before(let row): .before(min(row, count))
        }
    }

    var text: String {
        switch self {
        case .after(let row): "after-\(row)"
        case .before(let row): "before-\(row)"
        }
    }
}

/// Some features of a collection, one page of those that are wanted.
struct PageOfRows {
    /// The rows, in their order.
    let rows: [Int]
    /// Where the next page begins; `nil` on the last one.
    let next: PageCursor?
    /// Where the page before ends; `nil` on the first one.
    let previous: PageCursor?
    /// How many are wanted in all, where that costs nothing.
    let matched: Int?

    /// How many features the tree is asked for before they are gone through one after another.
    static let few = 4096

    /// Finds a page.
    ///
    /// - Parameters:
    ///   - content: The features.
    ///   - selection: Which are wanted.
    ///   - cursor: Where the page begins or ends.
    ///   - limit: How many features it holds at most.
    /// - Complexity: Does not depend on where the page begins: O(limit) without a selection; with
    ///   an attribute O(log n + limit) and the features that another condition drops; with a box
    ///   O(log n + k) for at most ``few`` features in it, else a scan from the cursor.
    init(of content: CollectionContent, _ selection: RowSelection, _ cursor: PageCursor, limit: Int)
    {
        let cursor = cursor.clamped(to: content.count)
        var lists = selection.attributes.map { content.rows(where: $0.name, is: $0.value) }
        let conditions = selection.attributes.compactMap { attribute in
            content.batch[attribute.name].flatMap { column in
                AttributeIndex.key(attribute.value, column.kind).map { (attribute.name, $0) }
            }
        }
        var boxList: [Int32]?
        if let boxes = selection.boxes {
            boxList = content.index.rows(in: boxes, atMost: Self.few)
            if let boxList { lists.append(boxList) }
        }
        func isWanted(_ row: Int) -> Bool {
            if let boxes = selection.boxes, !content.index.touches(row, boxes) { return false }
            for (name, key) in conditions where !content.holds(row, name, key) { return false }
            return selection.judge?(row) ?? true
        }
        let list = lists.min { $0.count < $1.count }
        func step(_ row: Int, _ isForward: Bool) -> Int? {
            // Without a list there are no conditions on attributes, which each have one.
            if let boxes = selection.boxes {
                return isForward
                    ? content.index.next(from: row, in: boxes)
                    : content.index.previous(from: row, in: boxes)
            }
            return row >= 0 && row < content.count ? row : nil
        }
        /// Up to so many wanted rows from a place on, in the direction.
        func gather(_ cursor: PageCursor, atMost most: Int) -> [Int] {
            var rows: [Int] = []
            let (start, isForward) =
                switch cursor {
                case .after(let row): (row + 1, true)
                case .before(let row): (row - 1, false)
                }
            if let list {
                var at = Self.place(of: start + (isForward ? 0 : 1), in: list)
                if !isForward { at -= 1 }
                while list.indices.contains(at), rows.count < most {
                    let row = Int(list[at])
                    if isWanted(row) { rows.append(row) }
                    at += isForward ? 1 : -1
                }
            } else {
                var row = start
                while rows.count < most, let found = step(row, isForward) {
                    if isWanted(found) { rows.append(found) }
                    row = found + (isForward ? 1 : -1)
                }
            }
            return rows
        }
        var rows = gather(cursor, atMost: limit + 1)
        let hasMore = rows.count > limit
        if hasMore { rows.removeLast() }
        switch cursor {
        case .after(let row):
            next = hasMore ? rows.last.map { .after($0) } : nil
            let first = rows.first ?? row + 1
            previous = row >= 0 && !gather(.before(first), atMost: 1).isEmpty ? .before(first) : nil
        case .before(let row):
            rows.reverse()
            previous = hasMore ? rows.first.map { .before($0) } : nil
            let last = rows.last ?? row - 1
            next = gather(.after(last), atMost: 1).isEmpty ? nil : .after(last)
        }
        self.rows = rows
        // What one list tells alone is counted already.
        if selection.boxes == nil, selection.judge == nil, selection.attributes.isEmpty {
            matched = content.count
        } else if selection.boxes == nil, selection.judge == nil, selection.attributes.count == 1 {
            matched = list?.count
        } else if selection.attributes.isEmpty, selection.judge == nil, let boxList {
            matched = boxList.count
        } else if next == nil, cursor == .after(-1) {
            matched = rows.count
        } else {
            matched = nil
        }
    }

    /// The place of the first of ascending numbers that is not less than one.
    private static func place(of row: Int, in list: [Int32]) -> Int {
        var low = 0
        var high = list.count
        while low < high {
            let middle = (low + high) / 2
            if Int(list[middle]) < row { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
