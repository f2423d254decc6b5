import Formats
import Jobs

/// The processes for people.
struct ProcessesPage {
    let html: String

    init(_ call: Call, _ processes: [ProcessDescription]) {
        let rows = processes.map { process in
            "<tr><th scope=\"row\">\(Page.link(process.id, "/processes/\(process.id)?f=html"))</th>"
                + "<td>\(Page.escaped(process.abstract))</td></tr>"
        }
        html = Page("분석 · Processes", call).html(
            """
            <p>자료와 내 지점을 이 서비스에서 분석합니다.<br>
            <span lang="en">Analyses of these collections and of your own features.</span></p>
            <table><tbody>\(rows.joined(separator: "\n"))</tbody></table>
            <ul class="doors"><li><a href="/jobs?f=html">작업 · Jobs</a></li></ul>
            """)
    }
}

/// A process for people: what it takes and gives, and how it is asked for.
struct ProcessPage {
    let html: String

    init(_ call: Call, _ process: ProcessDescription, needsKey: Bool) {
        let inputs = process.inputs.map { input in
            let count =
                input.least == input.most
                ? "\(input.least)" : "\(input.least)–\(input.most == .max ? "…" : "\(input.most)")"
            let usual = input.usual.map {
                " <small>(\(Page.escaped($0)))</small>"
            }
            return "<tr><th scope=\"row\"><code>\(Page.escaped(input.id))</code></th>"
                + "<td>\(Page.escaped(input.abstract))\(usual ?? "")</td>"
                + "<td>\(Page.escaped(input.schema.words))</td><td>\(count)</td></tr>"
        }
        let outputs = process.outputs.map { output in
            "<tr><th scope=\"row\"><code>\(Page.escaped(output.id))</code></th>"
                + "<td>\(Page.escaped(output.abstract))</td>"
                + "<td>\(output.forms.map { Page.escaped($0.mediaType) }.joined(separator: "<br>"))</td></tr>"
        }
        html = Page(process.id, call, path: [("분석 · Processes", "/processes?f=html")]).html(
            """
            <p>\(Page.escaped(process.abstract))</p>
            <h2>입력 · Inputs</h2>
            \(Self.table(["입력 · Input", "뜻 · What it is", "값 · Values", "수 · Number"], inputs))
            <h2>출력 · Outputs</h2>
            \(Self.table(["출력 · Output", "뜻 · What it is", "형식 · Forms"], outputs))
            \(Self.example(process, call.base, needsKey: needsKey))
            """)
    }

    private static func table(_ head: [String], _ rows: [String]) -> String {
        let cells = head.map { "<th scope=\"col\">\($0)</th>" }.joined()
        return "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"표 · Table\">"
            + "<table><thead><tr>\(cells)</tr></thead>"
            + "<tbody>\(rows.joined(separator: "\n"))</tbody></table></div>"
    }

    private static func example(
        _ process: ProcessDescription, _ base: String, needsKey: Bool
    ) -> String {
        guard let inputs = ProcessExamples.inputs[process.id] else { return "" }
        let words =
            "curl -s \(base)/processes/\(process.id)/execution \\\n"
            + (needsKey ? "  -H \"X-Api-Key: $key\" \\\n" : "")
            + "  -H 'Content-Type: application/json' \\\n  -d '{\"inputs\": \(inputs)}'"
        return """
            <h2>보기 · Example</h2>
            <pre class="wide" tabindex="0"><code>\(Page.escaped(words))</code></pre>
            <p>오래 걸리면 <code>-H 'Prefer: respond-async'</code>로 작업을 맡깁니다.<br>
            <span lang="en">What takes long is asked for as a job, with that field.</span></p>
            """
    }
}

/// What is asked for in the examples of processes.
enum ProcessExamples {
    /// The inputs of each process as JSON.
    static let inputs = [
        "locate": #"{"text": "대덕"}"#,
        "proximity": #"{"from": "innovation-cities", "to": "universities"}"#,
        "coverage":
            #"{"demand": "universities", "by": "innovation-cities", "within": ["10km", "20km"]}"#,
        "catchment": #"{"facilities": "innovation-cities", "demand": "universities"}"#,
        "accessibility":
            #"{"demand": "innovation-cities", "to": "universities", "within": "20km"}"#,
        "site-selection":
            #"{"model": "p-median", "p": 3, "candidates": "innovation-cities", "demand": "universities"}"#,
        "profile": #"{"cluster": "ic-wonju", "layers": "universities"}"#,
        "convergence": #"{"layer": "innovation-cities"}"#,
    ]
}

extension InputSchema {
    /// What a value holds, for people.
    fileprivate var words: String {
        switch self {
        case .text(_, let choices): choices.isEmpty ? "text" : choices.joined(separator: ", ")
        case .integer: "whole number"
        case .number: "number"
        case .flag: "true, false"
        case .distance: "5km, 250m, metres"
        case .layer(_, let takesFeatures):
            takesFeatures ? "collection, FeatureCollection, reference" : "collection"
        case .table: "CSV"
        }
    }
}
