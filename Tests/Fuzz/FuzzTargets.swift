import Foundation

@testable import Catalogue
@testable import Features
@testable import Formats
@testable import Geometry

/// What a fuzzer throws bytes at.
///
/// Errors are answers; a trap, a bad access, or an answer that
/// contradicts another one is a finding.
enum FuzzTarget: String, CaseIterable {
    case geojson, geojsonseq, csv, wkb, `where`, arrow, catalogue

    /// The target that the environment names.
    static let chosen: FuzzTarget = {
        let name = ProcessInfo.processInfo.environment["FUZZ_TARGET"] ?? ""
        guard let target = FuzzTarget(rawValue: name) else { fatalError("no target \"\(name)\"") }
        return target
    }()

    /// A folder of its own in memory.
    static let folder: String = {
        let folder = "/dev/shm/clusteratlas-fuzz-\(getpid())"
        mkdir(folder, 0o700)
        return folder
    }()

    func run(_ bytes: [UInt8]) {
        switch self {
        case .geojson: text(bytes, "geojson") { GeoJSONSource($0, options: $1) }
        case .geojsonseq: text(bytes, "geojsonl") { GeoJSONSeqSource($0, options: $1) }
        case .csv: text(bytes, nil) { CSVSource($0, options: $1) }
        case .wkb: binary(bytes)
        case .where: condition(bytes)
        case .arrow: arrow(bytes)
        case .catalogue: catalogue(bytes)
        }
    }

    // MARK: Texts

    /// Reads a text in one block and in small ones, and writes what was read and reads it again.
    private func text(
        _ bytes: [UInt8], _ ending: String?,
        _ open: (MemoryInput, ReadingOptions) -> any FeatureSource
    ) {
        func read(_ bytes: [UInt8], _ options: ReadingOptions, piece: Int = .max) -> FeatureBatch? {
            var source = open(MemoryInput(bytes, name: "fuzz", piece: piece), options)
            return try? source.readAll()
        }
        var options = ReadingOptions()
        let whole = read(bytes, options)
        options.blockBytes = 64
        let parts = read(bytes, options, piece: 7)
        // What is no text at all is told by the first piece, whose size then matters.
        guard ending == nil || (whole == nil) == (parts == nil) else {
            fatalError("in blocks of another size it is refused")
        }
        if let whole, let parts {
            guard whole.count == parts.count, binary(of: whole) == binary(of: parts) else {
                fatalError("blocks of another size give something else")
            }
            if whole.columns.map(\.name) != parts.columns.map(\.name) {
                fatalError("blocks of another size give other attributes")
            }
        }
        options = ReadingOptions()
        options.keepsNumbers = true
        _ = read(bytes, options)
        guard let ending, let whole, let once = write(whole, ending) else { return }
        guard let again = read(once, ReadingOptions()) else { fatalError("not read again") }
        guard again.count == whole.count else { fatalError("features were lost") }
        guard let twice = write(again, ending), twice == once else {
            fatalError("written again, the text is another")
        }
    }

    /// The geometries of a batch, as bits.
    private func binary(of batch: FeatureBatch) -> [[UInt8]] {
        batch.geometry.shapes.map { $0.map { WellKnownBinary.encode($0) } ?? [] }
    }

    /// The text of a batch; `nil` where it is refused.
    private func write(_ batch: FeatureBatch, _ ending: String) -> [UInt8]? {
        let path = "\(Self.folder)/a.\(ending)"
        do {
            var sink = try openSink(path)
            try sink.write(batch)
            try sink.finish(CollectionInfo(name: "fuzz"))
            return try FileBytes.read(path)
        } catch {
            return nil
        }
    }

    // MARK: Others

    private func binary(_ bytes: [UInt8]) {
        guard let shape = try? WellKnownBinary.decode(bytes) else { return }
        let once = WellKnownBinary.encode(shape)
        guard let again = try? WellKnownBinary.decode(once), WellKnownBinary.encode(again) == once
        else { fatalError("not read again") }
        _ = try? shape.validity()
        _ = shape.envelope
        if let text = try? Shape(wkt: shape.wkt()),
            WellKnownBinary.encode(text).count != once.count,
            !shape.isEmpty
        {
            fatalError("as text it is another")
        }
    }

    private static let rows: FeatureBatch = {
        var batch = FeatureBatch(geometry: GeometryColumn([nil, nil, nil]))
        batch.set("n", .int([1, nil, -3]))
        batch.set("이름", .string(["대덕", "a%b_", nil]))
        batch.set("x", .double([0.5, .infinity, nil]))
        batch.set("b", .bool([true, false, nil]))
        return batch
    }()

    private func condition(_ bytes: [UInt8]) {
        guard let filter = try? Filter(String(decoding: bytes, as: UTF8.self)) else { return }
        guard let rows = try? filter.rows(of: Self.rows) else { return }
        guard rows.allSatisfy({ (0..<3).contains($0) }), Set(rows).count == rows.count else {
            fatalError("rows that are not there")
        }
    }

    private func arrow(_ bytes: [UInt8]) {
        func read(_ input: any ByteInput) -> FeatureBatch? {
            var source = ArrowSource(input, options: ReadingOptions())
            return try? source.readAll()
        }
        guard let batch = read(MemoryInput(bytes, name: "fuzz")) else { return }
        for row in 0..<batch.count {
            _ = batch.geometry[row]
            for named in batch.columns { _ = named.column[row] }
        }
        guard let once = write(batch, "arrows") else { return }
        guard let again = read(MemoryInput(once, name: "fuzz")), again.count == batch.count else {
            fatalError("not read again")
        }
    }

    /// The first byte chooses which file of a small catalogue the others stand for.
    private func catalogue(_ bytes: [UInt8]) {
        guard let first = bytes.first else { return }
        let files = Seeds.catalogue
        let (name, usual) = files[Int(first) % files.count]
        for file in Self.isPrepared ? [] : files { Self.put(file.bytes, file.name) }
        Self.isPrepared = true
        Self.put(Array(bytes.dropFirst()), name)
        defer { Self.put(usual, name) }
        guard let catalogue = try? PlaceCatalogue(folder: Self.folder) else { return }
        for layer in catalogue.layers.prefix(8) {
            _ = try? catalogue.headings(of: layer)
            _ = try? catalogue.records(of: layer)
        }
        _ = try? CatalogueCheck.run(catalogue)
    }

    nonisolated(unsafe) private static var isPrepared = false

    private static func put(_ bytes: [UInt8], _ name: String) {
        guard let file = fopen("\(folder)/\(name)", "w") else { return }
        fwrite(bytes, 1, bytes.count, file)
        fclose(file)
    }
}

/// Called by libFuzzer before anything else: writes the seeds where they are asked for.
@_cdecl("LLVMFuzzerInitialize")
func prepare(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>>>
) -> CInt {
    if let folder = ProcessInfo.processInfo.environment["FUZZ_SEEDS"] {
        for (at, seed) in Seeds.seeds(of: .chosen).enumerated() {
            let path = "\(folder)/seed-\(at)"
            try? Data(seed).write(to: URL(filePath: path))
        }
    }
    atexit { try? FileManager.default.removeItem(atPath: FuzzTarget.folder) }
    return 0
}

/// Called by libFuzzer for each input.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzz(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
    FuzzTarget.chosen.run(Array(UnsafeBufferPointer(start: data, count: size)))
    return 0
}
