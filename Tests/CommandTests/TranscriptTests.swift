import TestSupport
import Testing

struct TranscriptTests {
    @Test(arguments: Session.all)
    func `all that a run shows and writes is as kept`(session: Session) throws {
        if session.needsLeaflet, !SharedData.hasLeaflet { return }
        let runner = try CommandRunner()
        var transcript = Transcript()
        for arguments in session.runs {
            let before = Set(runner.files)
            let outcome = try runner.run(arguments)
            let written = session.files.filter { !before.contains($0) && runner.files.contains($0) }
            transcript.add(
                arguments, outcome,
                files: try written.map { (name: $0, text: try runner.text(of: $0)) })
        }
        let difference = try transcript.difference(from: session.name)
        #expect(difference == nil, "\(difference ?? "")")
    }

    @Test(arguments: Session.all.filter { $0.name.hasPrefix("help") })
    func `no line of help is longer than a terminal`(session: Session) throws {
        let runner = try CommandRunner()
        for arguments in session.runs {
            let text = try runner.run(arguments).output
            // ArgumentParser never breaks a line of usage.
            for line in text.split(separator: "\n") where !line.hasPrefix("USAGE:") {
                #expect(line.count <= 80)
            }
        }
    }
}
