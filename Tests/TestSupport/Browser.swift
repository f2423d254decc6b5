import Foundation

/// A browser without a window and without a network.
public enum Browser {
    /// Loads a page in Chromium.
    ///
    /// - Parameters:
    ///   - html: The page.
    ///   - hash: What its address ends with.
    ///   - size: Width and height of the window.
    ///   - milliseconds: How long the page is left to itself, by its own clock.
    /// - Returns: The document that the page became, and what its console said; `nil`, with a
    ///   printed reason, where there is no Chromium.
    /// - Throws: Where it cannot be started.
    public static func load(
        _ html: String, hash: String = "", size: String = "1000,700",
        milliseconds: Int = 3000
    ) throws -> (document: String, console: String)? {
        guard let chromium = SharedData.tool("chromium") else { return nil }
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "clusteratlas-map-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "지도.html")
        try Data(html.utf8).write(to: file)
        let result = try SharedData.run(
            chromium,
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                "--user-data-dir=\(folder.path)/profile", "--no-first-run",
                "--proxy-server=127.0.0.1:9", "--window-size=\(size)", "--enable-logging=stderr",
                "--virtual-time-budget=\(milliseconds)", "--dump-dom", file.absoluteString + hash,
            ])
        let console = result.errors.split(separator: "\n").filter { $0.contains(":CONSOLE") }
        return (String(decoding: result.output, as: UTF8.self), console.joined(separator: "\n"))
    }
}
