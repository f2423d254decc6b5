internal import Geometry

/// Puts metres of the plane on paper: one scale, north up.
struct MapSheet {
    /// The frame in pixels: left, top, right, bottom.
    let frame: Envelope
    /// Metres a pixel.
    let scale: Double
    private let centre: Position

    /// Fits a box into a frame as wide as given, whose height follows within limits.
    init(_ box: Envelope, left: Double, top: Double, width: Double, heights: ClosedRange<Double>) {
        let height = min(
            max(box.height / box.width * width, heights.lowerBound), heights.upperBound)
        frame = Envelope(minX: left, minY: top, maxX: left + width, maxY: top + height.rounded())
        scale = max(box.width / frame.width, box.height / frame.height)
        centre = box.centre
    }

    /// The place on paper.
    func put(_ position: Position) -> Position {
        Position(
            frame.centre.x + (position.x - centre.x) / scale,
            frame.centre.y - (position.y - centre.y) / scale)
    }

    /// The place on the plane.
    func position(_ point: Position) -> Position {
        Position(
            centre.x + (point.x - frame.centre.x) * scale,
            centre.y - (point.y - frame.centre.y) * scale)
    }

    /// Whether any of a chain's box lies in the frame.
    func shows(_ chain: [Position]) -> Bool {
        guard var box = chain.first.map(Envelope.init) else { return false }
        for point in chain { box = box.including(point) }
        return box.maxX >= frame.minX && box.minX <= frame.maxX && box.maxY >= frame.minY
            && box.minY <= frame.maxY
    }

    /// The path of a chain, without points nearer than a tolerance to the one before.
    ///
    /// Chains that share a border keep the same points of it or nearly so. At least three points of
    /// a ring stay.
    func path(_ chain: [Position], closed: Bool, tolerance: Double) -> String {
        var points = chain.map(put)
        if closed, points.count > 1, points.first == points.last { points.removeLast() }
        guard let first = points.first else { return "" }
        var kept = [first]
        for point in points.dropFirst() {
            let last = kept[kept.count - 1]
            if max((point.x - last.x).magnitude, (point.y - last.y).magnitude) >= tolerance {
                kept.append(point)
            }
        }
        if !closed, let last = points.last, kept.last != last { kept.append(last) }
        if closed, kept.count < 3 { kept = points }
        let text = kept.map { "\(SVGText.number($0.x)) \(SVGText.number($0.y))" }
        return "M" + text.joined(separator: "L") + (closed ? "z" : "")
    }
}
