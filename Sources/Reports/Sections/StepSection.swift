internal import Features
internal import Formats
internal import Geometry
internal import Maps
internal import Studies

/// A step of a study, or all steps of a sweep, as a section of a report.
struct StepSection {
    let reading: StepReading
    /// The steps of one name, in their order.
    let steps: [PlannedStep]
    /// The land below maps.
    let land: [Shape]

    var language: ReportLanguage { reading.language }
    var facts: CatalogueFacts { reading.facts }
    /// Tables of a step, which call what weighs its demand by its name.
    func tables(of step: PlannedStep) -> ReportTable {
        ReportTable(language: language, facts: facts, weight: weight(of: step))
    }
    var operation: StudyOperation { steps[0].operation }
    /// What weighs the demand of a step; `nil` where each counts once.
    func weight(of step: PlannedStep) -> MapName? {
        reading.values("weight", of: step).first.map { FieldName.of($0.bareName) }
    }
    /// The mark of the section, which is the name of the step in the plan.
    var mark: String { "step-\(steps[0].name)" }

    /// Steps that only prepare what others read have no section, unless they have a title.
    static func isPreparation(_ step: PlannedStep) -> Bool {
        ["export", "convert", "layers", "locate", "show", "info", "map", "matrix"]
            .contains(step.operation.name) && step.title == nil
    }

    /// What the section is called.
    var title: String {
        steps[0].title.map { $0(language) }
            ?? String(steps[0].name.map { $0 == "-" || $0 == "_" ? " " : $0 })
    }

    /// The section.
    func markup() throws -> Markup {
        var parts: [Markup] = []
        if let together = try comparison() { parts.append(together) }
        // Where many steps are compared, they are not drawn one by one.
        if parts.isEmpty || steps.count <= 1 {
            let each = try steps.map { step -> Markup in
                let name = reading.variant(step)
                let content = try contents(of: step)
                guard steps.count > 1, !name.isEmpty else { return "\(content)" }
                return "<div><h3>\(language.marked(name))</h3>\n\(content)</div>"
            }
            parts.append(
                steps.count > 1 && each.count % 2 == 0 && isNarrow
                    ? "<div class=\"pair\">\(each)</div>" : "\(each)")
            parts += try mapOfAll()
        }
        let other = steps[0].title.flatMap { language.other($0) }
        let under: Markup = other.map { "<p class=\"about\">\(language.marked($0))</p>\n" } ?? ""
        let sentence = OperationWords.sentence(operation, language)
        return """
            <section aria-labelledby="\(mark)">
            <h2 id="\(mark)">\(language.marked(title))</h2>
            \(under)<p class="about">\(language.marked(sentence)) <code>\(operation.name)</code></p>
            \(parts)
            </section>
            """
    }

    /// Whether two steps beside each other have room.
    private var isNarrow: Bool { ["coverage", "hinterland"].contains(operation.name) }

    private func contents(of step: PlannedStep) throws -> [Markup] {
        let results = try reading.results(of: step)
        let parts: [Markup]
        switch operation.name {
        case "coverage": parts = try coverage(step, results)
        case "hinterland": parts = hinterland(step, results)
        case "proximity": parts = try proximity(step, results)
        case "profile": parts = try profiles(step)
        case "equity": parts = evenness(step, results)
        case "sites curve": parts = try curve(step)
        case "sites score": parts = try scores(step, results)
        case "convergence": parts = try convergence(step, results)
        case "linkages": parts = try linkages(step, results)
        default: parts = try others(step, results)
        }
        guard parts.isEmpty else { return parts }
        return [try printed(step)]
    }

    /// What a step printed, as it printed it.
    func printed(_ step: PlannedStep) throws -> Markup {
        let label = language.pick("명령이 적은 것", "what the command printed")
        return """
            <pre tabindex="0" role="group" aria-label="\(label)" lang="en">\(Markup.lines(try reading.printed(step)))</pre>
            """
    }

    /// A picture with what it shows in words.
    func figure(_ svg: String, _ words: String? = nil, isMap: Bool = false) -> Markup {
        let caption: Markup =
            words.map { "<figcaption>\(language.marked($0))</figcaption>" } ?? ""
        let kind: Markup = isMap ? " class=\"map\" tabindex=\"0\"" : ""
        return "<figure\(kind)>\n\(Markup(html: svg))\(caption)</figure>"
    }

    /// Bars as a picture, of many the first.
    func bars(_ bars: [BarPicture.Bar], series: [String] = [], title: String) -> [Markup] {
        if bars.isEmpty { return [] }
        let shown = Array(bars.prefix(Self.mostBars))
        return [
            figure(
                BarPicture(shown, series: series, title: title).svg,
                language.first(Self.mostBars, of: bars.count))
        ]
    }

    /// A map of results, with the few places of the inputs to which they belong on top.
    func map(
        _ step: PlannedStep, _ layers: [MapLayer], design: MapDesign = MapDesign(),
        withInputs: Bool = true
    ) throws -> [Markup] {
        var all = layers.filter { $0.drawnCount > 0 }
        guard !all.isEmpty else { return [] }
        if withInputs {
            let few = reading.inputs(of: step).filter { input in
                input.drawnCount > 0 && input.drawnCount <= 60
                    && input.batch.geometry[0]?.points.isEmpty == false
                    // A result that is drawn at the same places names them itself.
                    && !all.contains { $0.name == input.name || $0.batch.ids == input.batch.ids }
            }
            all = few.prefix(2) + all
        }
        let variant = reading.variant(step)
        let name = MapName(
            nil, [title, variant].filter { !$0.isEmpty }.joined(separator: " · "))
        let content = MapContent(title: name, layers: all, land: land)
        let picture = try SVGMap(
            content, design, inPage: "map-\(step.id)", inKorean: language == .korean)
        if !reading.results.projections.contains(picture.projection) {
            reading.results.projections.append(picture.projection)
        }
        return [figure(try picture.svg(), isMap: true)]
    }

    /// A result as a layer of a map.
    func layer(_ korean: String, _ english: String, _ result: ResultTable) -> MapLayer {
        MapLayer(name: MapName(korean, english), batch: result.batch)
    }
}
