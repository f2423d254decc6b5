internal import Features
internal import Formats
internal import Maps
public import Studies

/// A study's folder as one page of HTML: the question, maps, tables and charts of what came out, the
/// method in words, sources, provenance, and what the study cannot tell.
///
/// The page holds all it shows, asks for nothing else, and is made for print too. The same folder and
/// catalogue give the same bytes.
public struct StudyReport {
    private let reading: StepReading
    private var kept: KeptStudy { reading.kept }
    private var plan: StudyPlan { reading.kept.plan }
    private var language: ReportLanguage { reading.language }

    /// Reads a study's folder.
    ///
    /// - Parameters:
    ///   - folder: The folder that a run of the study wrote.
    ///   - operations: What steps can run.
    ///   - language: The language; that of the study's title where `nil`, Korean before English.
    /// - Throws: `StudyError` where no study wrote into the folder, `StudyPlanError` where the study
    ///   no longer holds, `CatalogueError` where there is no catalogue.
    public init(
        of folder: String, operations: any OperationCatalogue, language: ReportLanguage? = nil
    ) throws {
        let kept = try KeptStudy(in: folder, operations: operations)
        let titled: ReportLanguage = kept.plan.titles.korean == nil ? .english : .korean
        reading = StepReading(
            kept: kept,
            facts: try CatalogueFacts(data: kept.plan.data.map { kept.path(ofInput: $0) }),
            language: language ?? titled)
    }

    /// The page.
    ///
    /// - Returns: HTML.
    /// - Throws: `StudyError` where a step has not run, or a result is missing or another than the
    ///   step wrote; `FormatError` where a result cannot be read; `MapError` and `GeometryError`
    ///   where one cannot be drawn.
    public func html() throws -> String {
        var groups: [[PlannedStep]] = []
        for step in plan.steps where !StepSection.isPreparation(step) {
            if let at = groups.firstIndex(where: { $0[0].name == step.name }) {
                groups[at].append(step)
            } else {
                groups.append([step])
            }
        }
        let land = reading.facts.land
        let sections = groups.map { StepSection(reading: reading, steps: $0, land: land) }
        let bodies = try sections.map { try $0.markup() }
        let ending = ReportEnding(reading: reading)
        let method = try ending.method(plan.steps)
        let sources = try ending.sources()
        let made = try ending.provenance()
        let entries =
            sections.map { ($0.mark, $0.title) }
            + ReportEnding.heads.map {
                ($0.mark, language.pick($0.korean, $0.english))
            }
        let contents = entries.map { mark, title -> Markup in
            "<li><a href=\"#\(mark)\">\(language.marked(title))</a></li>"
        }
        let title = plan.titles(language)
        let page: Markup = """
            <!DOCTYPE html>
            <html lang="\(language.rawValue)">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="generator" content="ClusterAtlas \(Release.version)">
            <title>\(title)</title>
            <style>\(Markup(html: ReportStyle.text))</style>
            </head>
            <body>
            <header>
            \(head)
            </header>
            <main>
            \(question)
            \(ending.limits())
            <nav aria-label="\(language.pick("차례", "Contents"))"><ol>
            \(contents)
            </ol></nav>
            \(bodies)
            \(method)
            \(sources)
            \(made)
            </main>
            </body>
            </html>

            """
        return page.html
    }

    private var head: Markup {
        let other: Markup =
            language.other(plan.titles).map {
                "<p class=\"other\">\(language.marked($0))</p>\n"
            } ?? ""
        var words = [language.pick("연구 ", "Study ") + plan.name]
        if let date = plan.date { words.append(date) }
        if let asOf = plan.asOf {
            words.append(language.pick("\(asOf) 기준", "as of \(asOf)"))
        }
        return """
            <h1>\(language.marked(plan.titles))</h1>
            \(other)<p class="about">\(words.joined(separator: " · "))</p>
            """
    }

    private var question: Markup {
        guard let question = plan.questions else { return "" }
        return """
            <section aria-labelledby="question">
            <h2 id="question">\(language.pick("물음", "The question"))</h2>
            <p class="lead">\(language.marked(question))</p>
            </section>
            """
    }
}
