#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Standard output and standard error as people see them.
enum Terminal {
    /// Writes a line to standard error.
    static func complain(_ text: String) { write(text + "\n", to: 2) }

    /// Writes a remark to standard error.
    static func note(_ text: String) { complain("note: \(text)") }

    /// Writes a text to standard output; a closed pipe ends it quietly.
    static func print(_ text: String) { write(text, to: 1) }

    /// Whether standard error is a terminal, so that progress can be shown.
    static var showsProgress: Bool { isatty(2) == 1 }

    /// A line cut to the width of the terminal, so that it can be drawn over.
    static func cut(_ line: String) -> String {
        var size = winsize()
        let width =
            ioctl(2, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : 80
        return Table.cut(line, to: width - 1)
    }

    static func write(_ text: String, to descriptor: Int32) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let written = bytes.withUnsafeBytes {
                #if canImport(Glibc)
                    Glibc.write(descriptor, $0.baseAddress, $0.count)
                #else
                    Darwin.write(descriptor, $0.baseAddress, $0.count)
                #endif
            }
            if written < 0 {
                if errno == EINTR { continue }
                let reason = errno
                // What was asked for could not be given; a reader that has gone away knows.
                if descriptor == 1, reason != EPIPE {
                    complain(
                        "Error: standard output: cannot be written: "
                            + String(cString: strerror(reason)))
                    endProcess(1)
                }
                return
            }
            bytes = bytes.dropFirst(written)
        }
    }
}
