import Analysis
import ArgumentParser
import Features
import Geometry

/// Where a model's probabilities are drawn.
struct HuffAreaOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Also draw where each facility's probability is at least --levels.", valueName: "file"))
    var contours: String?

    @Option(
        help: ArgumentHelp(
            "The probabilities of --contours, with commas; 0.25,0.5,0.75 by default.",
            valueName: "shares"),
        transform: Self.levels(_:))
    var levels: [Double]?

    @Option(
        help: ArgumentHelp(
            "How far the nodes lie apart that --contours go by; 1km by default.",
            valueName: "distance"))
    var cell: DistanceArgument?

    @Option(
        help: ArgumentHelp(
            "Also draw to which facility people are likeliest to go.", valueName: "file"))
    var areas: String?

    @Option(
        help: ArgumentHelp(
            "The polygons to draw in; the facilities' surroundings by default.",
            valueName: "layer"))
    var boundary: String?

    private static func levels(_ text: String) throws -> [Double] {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false).map { Double($0) }
        let levels = parts.compactMap { $0 }.filter { $0 > 0 && $0 <= 1 }
        guard !levels.isEmpty, levels.count == parts.count else {
            throw ValidationError(
                "--levels are above 0 and at most 1, with commas: 0.25,0.5,0.75")
        }
        return Set(levels).sorted()
    }

    /// The files to be drawn.
    var files: [String] { [contours, areas].compactMap { $0 } }

    /// Says which options do not go together.
    ///
    /// - Parameter isLimited: Whether there is a greatest distance.
    /// - Throws: A message for the user.
    func check(isLimited: Bool) throws {
        if contours == nil, levels != nil || cell != nil {
            throw ValidationError("--levels and --cell need --contours")
        }
        if files.isEmpty, boundary != nil {
            throw ValidationError("--boundary needs --contours or --areas")
        }
        if areas != nil, isLimited {
            throw ValidationError("--areas takes no --within; draw --contours, or leave it out")
        }
    }

    var step: Distance { cell?.distance ?? .kilometres(1) }
    var drawn: [Double] { levels ?? [0.25, 0.5, 0.75] }

    /// Opens the files to be drawn.
    func open(_ results: inout Results, _ layer: String, _ output: OutputOptions) throws {
        try results.open(contours, "probabilities of \(layer)", output)
        try results.open(areas, "likeliest of \(layer)", output)
    }

    /// Draws what is asked for.
    func write(
        _ model: HuffModel, in outline: InputOptions.Whole?, to results: inout Results, tasks: Int
    ) async throws {
        guard !files.isEmpty else { return }
        let region = try model.region(
            outline.map { Shape.collection($0.batch.geometry.shapes.compactMap { $0 }) })
        if let areas { try results.write(model.likeliestAreas(dividing: region), to: areas) }
        if let contours {
            let drawn = try await HuffContours(
                of: model, at: drawn, in: region, cell: step, tasks: tasks)
            try results.write(drawn.features, to: contours)
        }
    }

    /// Says how it was drawn.
    func describe(in provenance: inout Provenance, _ outline: InputOptions.Whole?) {
        if contours != nil {
            provenance.set("levels", drawn.map { JSONText.number($0) }.joined(separator: ","))
            provenance.set("cell_m", .double(step.metres))
        }
        provenance.set("boundary", outline?.name)
        if let outline { provenance.add(outline) }
    }
}
