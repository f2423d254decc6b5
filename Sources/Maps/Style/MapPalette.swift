#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Colours that people with any colour vision tell apart.
public enum MapPalette {
    /// The colours for kinds, black aside.
    ///
    /// M. Okabe and K. Ito, Color Universal Design, 2008, https://jfly.uni-koeln.de/color/.
    public static let kinds = [
        "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#f0e442",
    ]
    /// What has no value, or is one kind of many.
    public static let none = "#8f8f8f"
    static let ink = "#1b1b1b"
    static let grey = "#5a5a5a"
    static let land = "#e9ecef"
    static let graticule = "#c9d2da"
    /// What lies around the land.
    static let sea = "#f6f9fb"
    /// The lines between land and land, and around points.
    static let edge = "#ffffff"

    /// How opaque areas are: those of classes hide more of what lies below than those of one colour.
    static func areaOpacity(isColored: Bool) -> Double { isColored ? 0.78 : 0.26 }

    /// The colours for classes of numbers, from light to dark, so that their order shows to any eye
    /// and in grey print.
    ///
    /// Steps of equal lightness between three colours in OKLab (B. Ottosson, A perceptual color
    /// space for image processing, 2020, https://bottosson.github.io/posts/oklab/).
    ///
    /// - Parameter count: How many.
    /// - Returns: Colours as `#rrggbb`.
    public static func sequence(_ count: Int) -> [String] {
        let anchors = [
            OKLab(0.93, -0.020, 0.075), OKLab(0.62, -0.075, -0.035), OKLab(0.30, 0.0, -0.11),
        ]
        return (0..<count).map { i in
            let at = count == 1 ? 1.5 : 2 * Double(i) / Double(count - 1)
            let part = min(Int(at), 1)
            return anchors[part].mixed(with: anchors[part + 1], at - Double(part)).hexadecimal
        }
    }

    /// A colour in OKLab.
    private struct OKLab {
        let lightness, a, b: Double

        init(_ lightness: Double, _ a: Double, _ b: Double) {
            self.lightness = lightness
            self.a = a
            self.b = b
        }

        func mixed(with other: OKLab, _ share: Double) -> OKLab {
            func mix(_ a: Double, _ b: Double) -> Double { a + (b - a) * share }
            return OKLab(mix(lightness, other.lightness), mix(a, other.a), mix(b, other.b))
        }

        var hexadecimal: String {
            func cube(_ x: Double) -> Double { x * x * x }
            let l = cube(lightness + 0.3963377774 * a + 0.2158037573 * b)
            let m = cube(lightness - 0.1055613458 * a - 0.0638541728 * b)
            let s = cube(lightness - 0.0894841775 * a - 1.2914855480 * b)
            let channels = [
                4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
                -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
                -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s,
            ]
            return channels.reduce(into: "#") { text, linear in
                let clamped = min(max(linear, 0), 1)
                let encoded =
                    clamped <= 0.0031308 ? 12.92 * clamped : 1.055 * pow(clamped, 1 / 2.4) - 0.055
                let byte = Int((encoded * 255).rounded())
                text += (byte < 16 ? "0" : "") + String(byte, radix: 16)
            }
        }
    }
}
