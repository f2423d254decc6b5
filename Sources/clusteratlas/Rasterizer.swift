import Features
import Formats
import Geometry
import Programs

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Makes a PNG of an SVG with a program that is there: rsvg-convert, or else a browser without a
/// window.
enum Rasterizer {
    /// Writes a picture.
    ///
    /// - Parameters:
    ///   - svg: The picture, whose root says its width and height in pixels.
    ///   - width: How wide the PNG is, in pixels.
    ///   - path: The file.
    /// - Throws: ``RasterError`` where no program is there or the one that is fails.
    static func write(_ svg: String, width: Int, to path: String) throws {
        let part = "\(path).partial-\(getpid())"
        let (picture, image) = (part + ".svg", part + ".png")
        defer {
            unlink(picture)
            unlink(image)
        }
        try TextFile.write(svg, to: picture)
        guard let (program, words) = command(svg, picture, image, width) else {
            throw RasterError(
                place: path, problem: "no program is there that makes a PNG of a picture",
                remedy: "install rsvg-convert (apt install librsvg2-bin) or chromium, or write an "
                    + ".svg")
        }
        let code = (try? ChildProcess(program, words).end().code) ?? -1
        guard code == 0, isPNG(image) else {
            throw RasterError(
                place: path, problem: "\(program) did not make a PNG (exit code \(code))",
                remedy: "write an .svg, and make the PNG of it another way")
        }
        guard rename(image, path) == 0 else {
            throw RasterError(
                place: path, problem: "cannot be written: \(String(cString: strerror(errno)))",
                remedy: nil)
        }
    }

    /// The program, and the words that call it.
    private static func command(
        _ svg: String, _ picture: String, _ image: String, _ width: Int
    ) -> (program: String, words: [String])? {
        if let program = ChildProcess.program(named: "rsvg-convert") {
            return (
                program,
                [
                    "--format", "png", "--width", "\(width)", "--keep-aspect-ratio",
                    "--background-color", "white", "--output", image, picture,
                ]
            )
        }
        let size = Self.size(of: svg)
        for name in ["chromium", "chromium-browser", "google-chrome"] {
            guard let program = ChildProcess.program(named: name) else { continue }
            let absolute = picture.hasPrefix("/") ? picture : "\(folder)/\(picture)"
            return (
                program,
                [
                    "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
                    "--force-device-scale-factor=\(Double(width) / size.width)",
                    "--window-size=\(Int(size.width)),\(Int(size.height.rounded(.up)))",
                    "--screenshot=\(image)", "file://\(absolute)",
                ]
            )
        }
        return nil
    }

    private static var folder: String {
        guard let path = getcwd(nil, 0) else { return "." }
        defer { free(path) }
        return String(cString: path)
    }

    /// The width and height that the root of a picture says.
    private static func size(of svg: String) -> (width: Double, height: Double) {
        func number(_ name: String) -> Double? {
            svg.prefix(1000).split(separator: " ").first { $0.hasPrefix("\(name)=\"") }
                .flatMap { Double($0.dropFirst(name.count + 2).prefix { $0 != "\"" }) }
        }
        return (number("width") ?? 900, number("height") ?? 1000)
    }

    private static func isPNG(_ path: String) -> Bool {
        guard let file = fopen(path, "r") else { return false }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 8)
        return fread(&bytes, 1, 8, file) == 8 && bytes == [137, 80, 78, 71, 13, 10, 26, 10]
    }
}

/// A picture that could not be made.
struct RasterError: ExplainedError {
    let place: String
    let problem: String
    let remedy: String?
}
