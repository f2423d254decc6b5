import Geometry

/// The coordinate reference system of what is read: given by a person, or named by the file.
struct SourceSystem {
    private let assumed: String?
    private let file: String
    private var found: String?
    private var made: Transformer?
    private var isSettled = false
    private var ownRemarks: [String] = []
    private let doubtful: Transformation.DoubtPolicy
    private let keepsNumbers: Bool

    init(_ options: ReadingOptions, file: String) {
        assumed = options.assumedCRS
        doubtful = options.doubtfulTransformation
        keepsNumbers = options.keepsNumbers
        self.file = file
    }

    /// Takes note of the system that the file names, which may stand behind its features.
    mutating func named(_ name: String?) throws(FormatError) {
        guard let name, name != found else { return }
        found = name
        guard isSettled, !keepsNumbers else { return }
        let late = try Transformer.from(name, doubtful: doubtful, place: file)
        if late == nil, made == nil { return }
        if let late, let made, late.isSame(as: made) { return }
        throw FormatError(
            .crs, at: file, "the member \"crs\" names \(name) after the features",
            remedy: "move \"crs\" before \"features\"")
    }

    /// The transformation to longitude, latitude on WGS 84; `nil` where nothing is to be done.
    mutating func transformer() throws(FormatError) -> Transformer? {
        guard !isSettled else { return made }
        isSettled = true
        if keepsNumbers { return nil }
        if let found {
            do {
                made = try Transformer.from(found, doubtful: doubtful, place: file)
                if assumed != nil {
                    ownRemarks.append("the file names \(found) itself; --assume-crs was not needed")
                }
                return made
            } catch {
                // What the file names is unknown or likely to be wrong: a person has said better.
                guard let assumed else { throw error }
                ownRemarks.append("taken as \(assumed), not as \(found), which the file names")
            }
        }
        if let assumed {
            made = try Transformer.from(assumed, doubtful: doubtful, place: file)
            if found == nil { made?.assumption = .open }
        }
        return made
    }

    /// The code or definition of the system, once it is settled; `nil` for WGS 84 by default.
    var definition: String? {
        isNamed ? found : isSettled && made?.assumption != .degrees ? assumed : nil
    }
    /// Whether the file names the system that is taken.
    var isNamed: Bool {
        isSettled && found != nil && !ownRemarks.contains { $0.hasPrefix("taken") }
    }

    var remarks: [String] { ownRemarks + (made?.remarks ?? []) }
    var warnings: [String] { made?.warnings ?? [] }
}
