internal import Catalogue
internal import Features
internal import Formats
internal import Maps
internal import Studies

/// What follows the results: limits, method, sources and provenance.
struct ReportEnding {
    let reading: StepReading

    private var language: ReportLanguage { reading.language }
    private var plan: StudyPlan { reading.kept.plan }

    /// The sections, for the contents.
    static let heads = [
        (mark: "method", korean: "방법", english: "Method"),
        (mark: "sources", korean: "출처", english: "Sources"),
        (mark: "provenance", korean: "만든 내력", english: "Provenance"),
    ]

    private func section(_ number: Int, _ content: Markup) -> Markup {
        let head = Self.heads[number]
        return """
            <section aria-labelledby="\(head.mark)">
            <h2 id="\(head.mark)">\(language.pick(head.korean, head.english))</h2>
            \(content)
            </section>
            """
    }

    /// What the study cannot tell, in its own words.
    func limits() -> Markup {
        guard !plan.limitations.isEmpty else { return "" }
        let items = plan.limitations.map { "<li>\(language.marked($0))</li>" as Markup }
        return """
            <section class="limits" aria-labelledby="limits">
            <h3 id="limits">\(language.pick("알 수 없는 것", "What this cannot tell"))</h3>
            <ul>
            \(items)
            </ul></section>
            """
    }

    /// Each step in a sentence or two: the operation, as its own help says it, and its parameters.
    func method(_ steps: [PlannedStep]) throws -> Markup {
        var items: [Markup] = []
        var told: Set<String> = []
        for step in steps where told.insert(step.name).inserted {
            let all = steps.filter { $0.name == step.name }
            let sentence = OperationWords.sentence(step.operation, language)
            let title: Markup =
                step.title.map { "\(language.marked($0)) " } ?? ""
            items.append(
                """
                <li><strong>\(title)<code>\(step.name)</code></strong> \
                \(language.marked(sentence)) <code>\(step.operation.name)</code>: \(parameters(all)).</li>
                """)
        }
        return section(0, "<p>\(measured(steps))</p>\n<ol class=\"method\">\n\(items)\n</ol>")
    }

    /// How the steps measure, and how maps are drawn.
    private func measured(_ steps: [PlannedStep]) -> String {
        let given = steps.filter { !reading.values("matrix", of: $0).isEmpty }
        var names: [String] = []
        for step in given where !names.contains(step.name) { names.append(step.name) }
        var sentences: [String] = []
        if given.count < steps.count {
            sentences.append(
                language.pick(
                    "거리는 WGS 84 타원체 위의 직선(측지선) 거리이다.",
                    "Distances are geodesics on the WGS 84 ellipsoid."))
        }
        if !names.isEmpty {
            let all = names.joined(separator: ", ")
            sentences.append(
                language.pick(
                    "주어진 비용표를 그대로 쓴 단계: \(all). 비용의 단위는 그 표의 것이다.",
                    "Steps that take their costs from a table, in its own unit: \(all)."))
        }
        sentences.append(
            language.pick("좌표는 WGS 84 경도·위도이다.", "Positions are longitude and latitude, WGS 84."))
        let drawn = reading.results.projections.joined(separator: ", ")
        if !drawn.isEmpty {
            sentences.append(
                language.pick("지도의 도법: \(drawn).", "Maps are drawn in \(drawn)."))
        }
        return sentences.joined(separator: " ")
    }

    /// The parameters of a step; for those of a sweep, all values they take.
    private func parameters(_ steps: [PlannedStep]) -> Markup {
        var parts: [Markup] = []
        for argument in steps[0].arguments where argument.parameter.kind != .outputFile {
            var values: [String] = []
            for step in steps {
                let own = reading.values(argument.parameter.name, of: step).compactMap { value in
                    value == .word("true") || value == .word("")
                        ? nil : markup(of: value, argument.parameter.kind).html
                }.joined(separator: ", ")
                if !own.isEmpty, !values.contains(own) { values.append(own) }
            }
            let words = values.map { " \($0)" }.joined(separator: " /")
            let help: Markup =
                language == .english && !argument.parameter.abstract.isEmpty
                ? " title=\"\(argument.parameter.abstract)\"" : ""
            parts.append("<code\(help)>\(argument.parameter.name)</code>\(Markup(html: words))")
        }
        return Markup(html: parts.map(\.html).joined(separator: "; "))
    }

    /// What a parameter was given: by its name where it has one, else as the command takes it.
    private func markup(
        of value: PlannedStep.Value, _ kind: StudyOperation.Kind
    ) -> Markup {
        let name = reading.name(of: value)
        guard case .word(let word) = value, name == word else { return language.marked(name) }
        if [.distance, .distances].contains(kind), let metres = Double(word) {
            return "\(MapFigures.plain(metres)) m"
        }
        if Markup.isKorean(word), language == .english, let own = reading.facts.translated(word) {
            return "\(own)"
        }
        let known = OperationWords.word(word, language)
        if known != word { return "\(known)" }
        if language == .korean, let field = FieldName.known(word)?.korean { return "\(field)" }
        return word.contains { $0.isLetter && $0.isLowercase } && word.first?.isNumber == false
            ? "<code>\(word)</code>" : language.marked(word)
    }

    /// The publications that the layers used take their facts from.
    func sources() throws -> Markup {
        let layers = layersUsed
        let all = try reading.facts.sources(of: layers)
        let names = layers.map { name in
            reading.facts.layerName(name).map { language.name($0) } ?? name
        }.joined(separator: ", ")
        let items = all.map { publication, records -> Markup in
            let date = publication.date.map { " (\($0))" } ?? ""
            let count = language.pick("기록 \(records)개", "\(records) records")
            let title: Markup =
                publication.url.map { url in
                    url.hasPrefix("https://") || url.hasPrefix("http://")
                        ? "<a href=\"\(url)\">\(language.marked(publication.title))</a>"
                        : language.marked(publication.title)
                } ?? language.marked(publication.title)
            return """
                <li>\(language.marked(publication.publisher))\(date): \(title); \(count)</li>
                """
        }
        var sentences = [
            layers.isEmpty
                ? language.pick(
                    "카탈로그의 층을 쓴 단계는 없다.", "No step reads a layer of the catalogue.")
                : language.pick("쓴 층: \(names).", "Layers used: \(names).")
        ]
        if !items.isEmpty {
            sentences.append(
                language.pick(
                    "아래 문헌이 이 층들의 사실을 뒷받침한다.", "Their facts rest on these publications."))
        }
        if let data = plan.data {
            let folder = String(data.split(separator: "/").last ?? "")
            sentences.append(
                language.pick(
                    "함께 주어진 카탈로그는 CC BY 4.0이다. \(folder)에 든 기록의 이용 조건은 그 기록을 만든 이가 정한다.",
                    "The catalogue that comes with ClusterAtlas is under CC BY 4.0; the terms of the "
                        + "records in \(folder) are for those who made them to say."))
        } else if !layers.isEmpty {
            sentences.append(
                language.pick("카탈로그는 CC BY 4.0이다.", "The catalogue is under CC BY 4.0."))
        }
        if !reading.results.projections.isEmpty, let outlines = reading.facts.outlineSource {
            let words = [outlines.publisher, outlines.title, outlines.licence ?? ""]
                .filter { !$0.isEmpty }.joined(separator: ", ")
            sentences.append(
                language.pick("지도의 시·도 경계: \(words).", "Outlines of provinces on maps: \(words)."))
        }
        let list: Markup =
            items.isEmpty
            ? ""
            : """
            <ol class="sources">
            \(Array(items.prefix(Self.mostSources)))
            </ol>
            \(rest(items))
            """
        return section(1, "<p>\(sentences.joined(separator: " "))</p>\n\(list)")
    }

    /// How many publications are listed openly; the others unfold.
    private static let mostSources = 30

    private func rest(_ items: [Markup]) -> Markup {
        guard items.count > Self.mostSources else { return "" }
        let others = items.count - Self.mostSources
        let words = language.pick(
            "그 밖의 문헌 \(others)건. clusteratlas cite가 모두 적는다.",
            "\(others) more publications, all of which clusteratlas cite lists.")
        return """
            <details><summary>\(words)</summary>
            <ol class="sources" start="\(Self.mostSources + 1)">
            \(Array(items.dropFirst(Self.mostSources)))
            </ol></details>
            """
    }

    /// The layers of the catalogue that steps read, groups one by one.
    private var layersUsed: [String] {
        var found: [String] = []
        for argument in plan.steps.flatMap(\.arguments) {
            for value in argument.values {
                let named: [String]
                switch value {
                case .layer(let name): named = [name]
                case .word(let id):
                    named = id.components(",").compactMap { part in
                        reading.facts.layer(ofPlace: part)
                    }
                case .file, .output: named = []
                }
                for name in named {
                    for single in reading.facts.catalogue.layers(named: name) ?? []
                    where !found.contains(single.name) {
                        found.append(single.name)
                    }
                }
            }
        }
        return found
    }

    /// Versions, inputs and results with their SHA-256.
    func provenance() throws -> Markup {
        var rows: [(String, Markup)] = []
        let graph = reading.kept.crate?["@graph"]?.array ?? []
        func type(_ node: JSONValue) -> String { node["@type"]?.string ?? "" }
        for node in graph where type(node) == "SoftwareApplication" {
            rows.append(
                (node["name"]?.string ?? "", "\(node["softwareVersion"]?.string ?? "")"))
        }
        for node in graph where node["@id"]?.string == "#catalogue" {
            rows.append(
                (
                    language.pick("카탈로그", "catalogue"),
                    """
                    \(node["version"]?.string ?? "") <span class="hash">SHA-256 \
                    \(node["sha256"]?.string ?? "")</span>
                    """
                ))
        }
        rows.append(
            (
                language.pick("기준일", "as of"),
                "\(plan.asOf ?? language.pick("기록된 그대로", "as recorded"))"
            ))
        if let date = plan.date {
            rows.append((language.pick("연구의 날", "day of the study"), "\(date)"))
        }
        for setting in reading.kept.settings {
            rows.append(("--set", "<code>\(setting.name)=\(setting.text)</code>"))
        }
        for node in graph where node["@id"]?.string?.hasPrefix("#input-") == true {
            rows.append(
                (
                    node["name"]?.string ?? "",
                    "<span class=\"hash\">SHA-256 \(node["sha256"]?.string ?? "")</span>"
                ))
        }
        let body = rows.map { "<tr><th scope=\"row\">\($0.0)</th><td>\($0.1)</td></tr>" as Markup }
        var files: [Markup] = []
        for step in plan.steps {
            for output in try reading.records(of: step) {
                files.append(
                    """
                    <tr><th scope="row">\(output.name)</th><td>\(step.id)</td>\
                    <td class="n">\(MapFigures.plain(Double(output.size)))</td>\
                    <td class="hash">\(output.sha256)</td></tr>
                    """)
            }
        }
        let replay = language.pick(
            "clusteratlas replay 파일은 결과를 다시 만들어 바이트를 견주고, clusteratlas cite 파일은 인용문을 적는다.",
            "clusteratlas replay FILE makes a result again and compares the bytes; clusteratlas cite "
                + "FILE tells how to cite it.")
        return section(
            2,
            """
            <div class="scroll" tabindex="0" role="group" aria-label="\(language.pick("내력", "provenance"))"><table><tbody>
            \(body)
            </tbody></table></div>
            <p>\(replay)</p>
            <div class="scroll" tabindex="0" role="group" aria-label="\(language.pick("결과 파일", "result files"))"><table class="files"><thead><tr><th scope="col">\(language.pick("파일", "file"))</th><th scope="col">\(language.pick("단계", "step"))</th><th scope="col" class="n">\(language.pick("바이트", "bytes"))</th><th scope="col">SHA-256</th></tr></thead><tbody>
            \(files)
            </tbody></table></div>
            """)
    }
}
