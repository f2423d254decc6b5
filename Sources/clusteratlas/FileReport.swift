import Features
import Formats
import Geometry

/// What `info` tells of one layer of a file.
struct FileReport {
    let path: String
    let format: FileFormat?
    var name = ""
    var summary = FeatureSummary()
    /// Whether more features follow those that were read.
    var isSample = false
    var crs: String?
    var isCRSNamed = false
    var encoding: String?
    var remarks: [String] = []
    /// What the numbers say of the system, where that is not what the file says.
    var candidates: [CRSCandidate] = []
    /// The box of the numbers as they stand, where their system is not known.
    var rawBox: Envelope?

    /// Which features are read without `--full`.
    static let sampleCount = 200_000

    /// Reads a file, or the beginning of a large one.
    static func reading(
        _ reference: String, _ input: InputOptions, isFull: Bool
    ) throws -> FileReport {
        var report = FileReport(path: reference, format: FileFormat(path: reference))
        var options = input.readingOptions
        options.recordsInputs = false
        do {
            try report.read(try openSource(reference, options: options), isFull)
            report.compare(input)
        } catch let error as FormatError
            where [.projected, .crs, .badPosition, .swappedAxes].contains(error.code)
        {
            var other = FileReport(path: reference, format: report.format)
            guard reference != "-",
                let sample = try? CoordinateSample.reading(
                    reference, options: input.readingOptions)
            else { throw error }
            other.candidates =
                (try? KoreanDetective.make(input.catalogue))?.candidates(for: sample) ?? []
            other.rawBox = sample.envelope
            options.keepsNumbers = true
            try other.read(try openSource(reference, options: options), isFull)
            other.crs = nil
            other.remarks = [error.problem]
            return other
        }
        return report
    }

    private mutating func read(_ source: any FeatureSource, _ isFull: Bool) throws {
        var source = source
        summary = FeatureSummary(checkLimit: isFull ? .max : 20_000)
        while let batch = try source.next() {
            summary.add(batch)
            if first == nil { first = batch }
            if !isFull, summary.count >= Self.sampleCount {
                isSample = true
                break
            }
        }
        let collection = source.collection
        name = collection.name
        crs = collection.crs
        isCRSNamed = collection.isCRSNamed
        encoding = collection.encoding
        remarks =
            collection.warnings
            + collection.remarks.filter {
                !$0.hasPrefix("positions were transformed")
            }
    }

    private var first: FeatureBatch?

    /// Asks whether the numbers lie as the system says that the file names.
    private mutating func compare(_ input: InputOptions) {
        guard let first, let system = KoreanSystem.named(crs ?? "EPSG:4326"),
            let sample = try? CoordinateSample.numbers(of: first, in: system.definition),
            let found = (try? KoreanDetective.make(input.catalogue))?.candidates(for: sample),
            let best = found.first, best.system != system || best.isSwapped, best.odds > 0.95,
            best.namesFound >= 5 || (best.cornersFound ?? 0) > 0.5
        else { return }
        // Within a metre two systems are the same to whoever looks at a map.
        let named = found.first { $0.system == system && !$0.isSwapped }
        if let named, named.metres(from: best) < 5 { return }
        candidates = found
    }
}
