import FoundationEssentials

/// Arrays of numbers as the peers' `generate.py` writes them: NumPy's .npy of little-endian 64-bit
/// floats, version 1.0 (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html).
struct NumpyFile {
    let values: [Double]
    /// The number of numbers in a row.
    let columns: Int

    struct Unreadable: Error, CustomStringConvertible {
        let path: String
        var description: String {
            "\(path) is missing or no NumPy array; make the data with Scripts/benchmark"
        }
    }

    init(_ path: String) throws {
        guard let data = try? Data(contentsOf: URL(filePath: path)), data.count > 10 else {
            throw Unreadable(path: path)
        }
        let bytes = [UInt8](data)
        let headerLength = Int(bytes[8]) | Int(bytes[9]) << 8
        let header = String(decoding: bytes[10..<10 + headerLength], as: UTF8.self)
        guard bytes.starts(with: [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59]), header.contains("'<f8'"),
            header.contains("'fortran_order': False")
        else { throw Unreadable(path: path) }
        columns = header.contains(", 2)") ? 2 : 1
        let start = 10 + headerLength
        values = bytes.withUnsafeBytes { raw in
            stride(from: start, to: raw.count, by: 8).map {
                raw.loadUnaligned(fromByteOffset: $0, as: Double.self)
            }
        }
    }

    /// One column of the array.
    func column(_ index: Int) -> [Double] {
        stride(from: index, to: values.count, by: columns).map { values[$0] }
    }
}
