internal import CGDAL

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A file that GDAL reads for us: on the disk, or inside a ZIP archive (`/vsizip/…`).
///
/// https://gdal.org/user/virtual_file_systems.html
final class VirtualFile: ByteInput {
    let name: String
    private let gdal: CGDALFunctions
    private let handle: VSIFileRef

    /// Opens a file; `nil` where there is none.
    init?(_ path: String, _ gdal: CGDALFunctions) {
        guard let handle = gdal.VSIFOpenL(path, "rb") else { return nil }
        name = path
        self.gdal = gdal
        self.handle = handle
    }

    deinit { _ = gdal.VSIFCloseL(handle) }

    func read(into space: UnsafeMutableRawBufferPointer) -> Int {
        guard let start = space.baseAddress else { return 0 }
        return gdal.VSIFReadL(start, 1, space.count, handle)
    }

    /// Up to so many bytes from a place.
    func bytes(at place: Int, count: Int) -> [UInt8] {
        guard count > 0, gdal.VSIFSeekL(handle, UInt64(max(0, place)), SEEK_SET) == 0 else {
            return []
        }
        return [UInt8](unsafeUninitializedCapacity: count) { space, made in
            made = read(into: UnsafeMutableRawBufferPointer(space))
        }
    }

    /// Opens the file beside another that has the same name but for its ending, in small or capital
    /// letters.
    static func beside(_ path: String, ending: String, _ gdal: CGDALFunctions) -> VirtualFile? {
        let stem = path.lastIndex(of: ".").map { String(path[..<$0]) } ?? path
        for candidate in [ending, ending.uppercased()] {
            if let file = VirtualFile("\(stem).\(candidate)", gdal) { return file }
        }
        return nil
    }

    /// The whole of a small text file, without blanks at its ends.
    var text: String {
        let text = String(decoding: bytes(at: 0, count: 1 << 16), as: UTF8.self)
        return String(
            text.drop { $0.isWhitespace || $0 == "\u{FEFF}" || $0 == "\0" }.reversed()
                .drop { $0.isWhitespace || $0 == "\0" }.reversed())
    }
}
