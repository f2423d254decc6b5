internal import Features
internal import Formats

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Leaflet (https://leafletjs.com), by which pages of maps are moved: its script and style as they
/// stand on this machine, made ready to stand in a page that asks nobody for anything.
public struct Leaflet: Sendable {
    /// Which Leaflet it is: the version that it says itself, and the first digits of the SHA-256 of
    /// its files, since what one version is called may be built in several ways.
    public let version: String
    /// The script, behind its licence; nothing in it can end the element that holds it.
    package let script: String
    /// The style, without pictures.
    package let style: String

    /// The folder in which Debian's libjs-leaflet puts it.
    private static let system = "/usr/share/javascript/leaflet"
    private static let variable = "CLUSTERATLAS_LEAFLET"
    /// What the script may be called, the smallest first.
    private static let scripts = ["leaflet.min.js", "leaflet.js"]

    /// Finds Leaflet.
    ///
    /// Looked for in this order: the folder that the environment variable `CLUSTERATLAS_LEAFLET`
    /// names, and no other where it names one; a folder of the caller; that of Debian's
    /// `libjs-leaflet`. A folder holds `leaflet.css` and `leaflet.min.js` or `leaflet.js`.
    ///
    /// - Parameter own: A folder that came with the program; `nil` for none.
    /// - Throws: ``MapError`` (`noLeaflet`) that says where it was looked for, `FormatError` where a
    ///   file cannot be read.
    public init(besides own: String? = nil) throws {
        let named = getenv(Self.variable).map { String(cString: $0) } ?? ""
        let folders = named.isEmpty ? [own, Self.system].compactMap(\.self) : [named]
        for folder in folders {
            let style = "\(folder)/leaflet.css", licence = "\(folder)/LICENSE"
            let script = Self.scripts.map { name in "\(folder)/\(name)" }.first(where: Self.isHere)
            guard let script, Self.isHere(style) else { continue }
            self.init(
                script: try TextFile.read(script), style: try TextFile.read(style),
                licence: Self.isHere(licence) ? try TextFile.read(licence) : Self.licence)
            return
        }
        throw MapError(
            .noLeaflet, at: "Leaflet",
            "pages of maps are moved by it, and it is not in " + folders.joined(separator: " or "),
            remedy: named.isEmpty
                ? "apt-get install libjs-leaflet, or name the folder of its leaflet.js and "
                    + "leaflet.css in \(Self.variable)"
                : "name the folder of leaflet.js and leaflet.css in \(Self.variable), or unset it")
    }

    private static func isHere(_ file: String) -> Bool { access(file, R_OK) == 0 }

    /// Makes Leaflet's files ready for a page.
    ///
    /// - Parameters:
    ///   - script: The script.
    ///   - style: The style.
    ///   - licence: Under which terms both are handed on.
    init(script: String, style: String, licence: String) {
        let said =
            script.firstMatch(of: #/[.\s]version\s*=\s*["']([^"']{1,40})["']/#)?.1 ?? "unknown"
        version = said + "-" + InputRecord.sha256(of: script + style).prefix(12)
        let notice = licence.replacing("*/", with: "* /")
        // Maps of sources are asked for by tools of developers, and are not in the page.
        let code = script.replacing(##/\n?\/\/# sourceMappingURL=[^\n]*/##, with: "")
            .replacing(##/<(?=\/script|!--)/##.ignoresCase(), with: "\\x3c")
        self.script = "/*!\nLeaflet \(said), https://leafletjs.com\n\n\(notice)*/\n\(code)\n"
        self.style =
            style.replacing(##/\n?\/[*]# sourceMappingURL=[^*]*[*]\/\n?/##, with: "")
            .replacing(#/url\([^)]*\)/#, with: "none")
            .replacing("</", with: "<\\/") + "\n"
    }

    /// The terms of Leaflet (BSD-2-Clause), for folders that do not hold them.
    private static let licence = """
        BSD 2-Clause License

        Copyright (c) 2010-2019, Vladimir Agafonkin
        Copyright (c) 2010-2011, CloudMade
        All rights reserved.

        Redistribution and use in source and binary forms, with or without
        modification, are permitted provided that the following conditions are met:

        1. Redistributions of source code must retain the above copyright notice, this
           list of conditions and the following disclaimer.

        2. Redistributions in binary form must reproduce the above copyright notice,
           this list of conditions and the following disclaimer in the documentation
           and/or other materials provided with the distribution.

        THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS"
        AND ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE
        IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
        DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
        FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
        DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
        SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
        CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
        OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
        OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.

        """
}
