import Jobs

/// The jobs for people.
struct JobsPage {
    let html: String

    init(_ call: Call, _ jobs: some Sequence<JobRecord>, next: String?) {
        let rows = jobs.map { job in
            "<tr><th scope=\"row\">\(Page.link(job.id, "/jobs/\(job.id)?f=html"))</th>"
                + "<td>\(Page.escaped(job.process))</td><td>\(job.state.rawValue)</td>"
                + "<td>\(JobRecord.text(of: job.created))</td></tr>"
        }
        let table =
            rows.isEmpty
            ? "<p>없음 · There are none.</p>"
            : "<table><tbody>\(rows.joined(separator: "\n"))</tbody></table>"
        let turn = next.map { "<p class=\"turn\">\(Page.link("다음 · Next ›", $0))</p>" }
        html = Page("작업 · Jobs", call, path: [("분석 · Processes", "/processes?f=html")])
            .html(table + (turn ?? ""))
    }
}

/// A job for people.
struct JobPage {
    let html: String

    init(_ call: Call, _ job: JobRecord) {
        func time(_ moment: JobRecord.Moment?) -> String? { moment.map { JobRecord.text(of: $0) } }
        let lines: [(String, String?)] = [
            ("상태 · Status", job.state.rawValue),
            ("진행 · Progress", job.progress.map { "\($0) %" }),
            ("알림 · Message", job.message), ("접수 · Accepted", time(job.created)),
            ("시작 · Started", time(job.started)), ("끝 · Ended", time(job.finished)),
        ]
        let rows = lines.compactMap { name, value in
            value.map { "<tr><th scope=\"row\">\(name)</th><td>\(Page.escaped($0))</td></tr>" }
        }
        let links = job.outputs.map { output in
            "<li>\(Page.link(output.id, "/jobs/\(job.id)/results/\(output.id)")) "
                + "\(Page.escaped(output.form.mediaType))</li>"
        }
        let results =
            job.state == .successful
            ? "<h2>결과 · Results</h2><ul class=\"doors\">\(links.joined())</ul>" : ""
        html = Page(
            job.process, call,
            path: [("분석 · Processes", "/processes?f=html"), ("작업 · Jobs", "/jobs?f=html")]
        ).html("<table><tbody>\(rows.joined(separator: "\n"))</tbody></table>" + results)
    }
}
