public import Features

/// Opens a file of features for reading.
///
/// The ending of its name tells the format; standard input, and files whose name has no ending, are
/// told by their first bytes. What is packed with gzip or Zstandard is unpacked, whatever its name.
///
/// - Parameters:
///   - path: The file; `-` for standard input.
///   - options: How to read.
/// - Returns: The source.
/// - Throws: ``FormatError`` where the file cannot be opened or its format is not known.
public func openSource(
    _ path: String, options: ReadingOptions = ReadingOptions()
) throws(FormatError) -> any FeatureSource {
    if let format = options.format ?? FileFormat(path: path) {
        if format == .archive { return try openArchive(path, options) }
        if format.driver != nil { return try GDALSource(LayerAddress(path), options: options) }
        let file = try FileInput(path)
        let digest = options.recordsInputs ? DigestingInput(file) : nil
        let encoding = format == .csv ? try TextEncoding.of(path, options) : nil
        return RecordedSource(
            format.source(try Inputs.unpacked(digest ?? file), options, encoding), of: digest,
            encoding)
    }
    guard path == "-" || FileFormat.ending(path).isEmpty else {
        // What is not there is the first thing to say.
        _ = try FileInput(path)
        throw FileFormat.unknown(path)
    }
    let file = try FileInput(path)
    let digest = options.recordsInputs ? DigestingInput(file) : nil
    let text = try Inputs.unpacked(digest ?? file)
    let ahead = try FileBytes.read(text, upTo: 1 << 16)
    let format = try FormatSniffer.format(of: ahead, file: file.name)
    var options = options
    options.isFormatGuessed = true
    let encoding = options.encoding ?? (format == .csv ? TextEncoding.of(ahead) : nil)
    let source = format.source(ResumedInput(ahead, then: text), options, encoding)
    return RecordedSource(source, of: digest, options.encoding == nil ? encoding : nil)
}

/// Opens the file in an archive that is meant: with GDAL, or text as it is unpacked.
private func openArchive(
    _ path: String, _ options: ReadingOptions
) throws(FormatError) -> any FeatureSource {
    let gdal = try GDALLibrary.load(for: path)
    let address = LayerAddress(path)
    let archive = try Archive(address, gdal)
    guard archive.format.driver == nil else {
        return try GDALSource(
            archive.member, file: address.path, archive.format, archive.layer, options: options)
    }
    guard let file = VirtualFile(archive.member, gdal) else {
        throw FormatError(
            .unreadable, at: address.path, "GDAL cannot unpack it: \(gdal.message)",
            remedy: "download the archive again, or unpack it first")
    }
    let ahead = file.bytes(at: 0, count: 1 << 20)
    let encoding =
        options.encoding ?? (archive.format == .csv ? TextEncoding.of(ahead) : nil)
    let input = ResumedInput(ahead, then: file)
    return RecordedSource(
        archive.format.source(input, options, encoding),
        reading: options.recordsInputs ? address.path : nil,
        options.encoding == nil ? encoding : nil)
}

/// Opens a file for writing features.
///
/// A name that ends in `.gz` or `.zst` after that of a format, as `a.geojson.gz`, packs the file.
///
/// - Parameters:
///   - path: The file; `-` for standard output.
///   - format: The format; told by the ending of the name where `nil`, GeoJSON for standard output.
///   - options: How to write.
/// - Returns: The sink, whose output appears on `finish` or not at all.
/// - Throws: ``FormatError`` where nothing can be written there or the format is not known.
public func openSink(
    _ path: String, format: FileFormat? = nil, options: WritingOptions = WritingOptions()
) throws(FormatError) -> any FeatureSink {
    // Standard output, a device or a named pipe has no ending to tell by.
    let usual: FileFormat? = path == "-" || AtomicOutput.isStream(path) ? .geoJSON : nil
    guard let format = format ?? FileFormat(path: path) ?? usual else {
        throw FileFormat.unknown(path)
    }
    switch format {
    case .geoJSON: return try GeoJSONSink(path: path, options: options)
    case .geoJSONSeq: return try GeoJSONSeqSink(path: path, options: options)
    case .csv: return try CSVSink(path: path, options: options)
    case .arrow, .arrowStream:
        // A file's list of batches stands at its end, which a pipe's reader cannot look up.
        let isStream = format == .arrowStream || usual != nil
        return try ArrowSink(path: path, isStream: isStream, options: options)
    default: return try GDALSink(path: path, format: format, options: options)
    }
}

extension FileFormat {
    fileprivate func source(
        _ input: any ByteInput, _ options: ReadingOptions, _ encoding: TextEncoding?
    ) -> any FeatureSource {
        let input =
            encoding.map { $0 == .utf8 ? input : DecodedInput(input, from: $0) } ?? input
        return switch self {
        case .geoJSONSeq: GeoJSONSeqSource(input, options: options)
        case .csv: CSVSource(input, options: options)
        case .arrow, .arrowStream: ArrowSource(input, options: options)
        default: GeoJSONSource(input, options: options)
        }
    }

    /// The error for a format that is only read.
    static func unwritable(_ path: String, _ format: FileFormat) -> FormatError {
        let known = allCases.filter(\.isWritable).flatMap(\.extensions).map { ".\($0)" }
        return FormatError(
            .unknownFormat, at: path, "\(format.rawValue) is read but not written",
            remedy: "write one of \(known.joined(separator: " "))")
    }

    /// The error for a name whose ending says nothing.
    static func unknown(_ path: String) -> FormatError {
        let all = allCases.flatMap(\.extensions)
        let known = all.map { ".\($0)" }.joined(separator: " ")
        let ending = ending(path)
        guard !ending.isEmpty else {
            return FormatError(
                .unknownFormat, at: path, "the name has no ending that tells the format",
                remedy: "give it one of \(known)")
        }
        let near = Spelling.nearest(to: ending, in: all)
        return FormatError(
            .unknownFormat, at: path, "the format \".\(ending)\" is not known",
            remedy: (near.map { "did you mean .\($0)? Known are " } ?? "the endings known are ")
                + known)
    }
}

/// Tells the format of a text by its beginning.
enum FormatSniffer {
    static func format(of bytes: [UInt8], file: String) throws(FormatError) -> FileFormat {
        var start = bytes.starts(with: ByteOrderMark.utf8) ? 3 : 0
        while start < bytes.count, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[start]) { start += 1 }
        if bytes.starts(with: ArrowMessage.magic) { return .arrow }
        if bytes.starts(with: ArrowMessage.continuation) { return .arrowStream }
        if let known = KnownBytes.describe(bytes) {
            throw FormatError(
                .unknownFormat, at: file, "this is \(known.what)", remedy: known.remedy)
        }
        guard start < bytes.count else {
            throw FormatError(
                .truncated, at: file, "there is nothing to read",
                remedy: "give it GeoJSON, GeoJSONSeq or CSV")
        }
        if bytes[start] == 0x1E { return .geoJSONSeq }
        // A list of anything is no CSV either; the reader of GeoJSON says what is wrong with it.
        if bytes[start] == UInt8(ascii: "[") { return .geoJSON }
        guard bytes[start] == UInt8(ascii: "{") else { return .csv }
        return bytes.withUnsafeBufferPointer { buffer in
            var scanner = JSONScanner(buffer, from: start)
            guard (try? scanner.skipValue()) != nil else {
                // A feature that is longer than what is known, on one line so far, may be the
                // first of many; read as a sequence, it may also be the only one.
                let line = buffer[start...].prefix { $0 != 0x0A }
                return line.endIndex == buffer.count && isFeature(buffer, start)
                    ? .geoJSONSeq : .geoJSON
            }
            let isLast = (try? scanner.isAtEnd()) ?? true
            return isLast ? .geoJSON : .geoJSONSeq
        }
    }

    /// Whether the object that begins here says that it is a feature.
    private static func isFeature(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Bool {
        var scanner = JSONScanner(bytes, from: start)
        guard (try? scanner.enterObject()) == true else { return false }
        repeat {
            guard let key = try? scanner.key(), (try? scanner.peek()) != nil else { return false }
            if scanner.stands(key, for: "type"), let type = try? scanner.string() {
                return scanner.stands(type, for: "Feature")
            }
            guard (try? scanner.skipValue()) != nil else { return false }
        } while (try? scanner.anotherMember()) == true
        return false
    }
}
