import Geometry

/// The coordinate reference system of a layer, and how it is known.
struct LayerSystem {
    /// The code or definition; `nil` where nothing names one.
    let definition: String?
    /// How it is known: by the file itself, by its figures, by a person.
    let origin: Origin
    /// What a person should know of the choice.
    private(set) var remarks: [String] = []

    enum Origin: String { case named, figures, assumed, none }

    /// Weighs what the file says against what a person says.
    ///
    /// `text` is what the file says, a code or WKT; `assumed` what a person says of files that name
    /// none, or none that is known.
    init(_ text: String?, assumed: String?, doubtful: Transformation.DoubtPolicy) {
        guard let text, !text.isEmpty, let system = try? CoordinateReferenceSystem(text) else {
            definition = assumed ?? text.flatMap { $0.isEmpty ? nil : $0 }
            origin = assumed != nil ? .assumed : definition == nil ? .none : .named
            if text?.isEmpty == false, let assumed {
                remarks.append("taken as \(assumed); what the file names is unknown")
            }
            return
        }
        let meant = KoreanSystem.meant(by: system)
        // ESRI's WKT names WGS 84 without its code.
        let isWGS84 = system.isGeographic && system.name == "WGS 84"
        let found = meant?.definition ?? system.code ?? (isWGS84 ? "EPSG:4326" : text)
        let title = system.code ?? system.name
        if let assumed {
            // A person's word counts where what the file says would be refused.
            let isFine =
                (try? Transformer.from(found, doubtful: doubtful, place: "")) != nil
            guard isFine else {
                definition = assumed
                origin = .assumed
                remarks.append("taken as \(assumed), not as \(title), which the file names")
                return
            }
            remarks.append("the file names \(title) itself; --assume-crs was not needed")
        }
        definition = found
        origin = meant == nil ? .named : .figures
    }

    /// The way to longitude, latitude on WGS 84; `nil` where nothing is to be done.
    func transformer(
        doubtful: Transformation.DoubtPolicy, place: String
    ) throws(FormatError) -> Transformer? {
        guard let definition else { return nil }
        return try Transformer.from(definition, doubtful: doubtful, place: place)
    }
}
