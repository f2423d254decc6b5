internal import CGDAL

/// Formats that are read and written with GDAL.
public enum OtherFormats {
    /// Whether a file is in one of them, as its name tells.
    ///
    /// - Parameter path: The file.
    /// - Returns: Whether GDAL is needed to read or write it.
    public static func holds(_ path: String) -> Bool { FileFormat(path: path)?.driver != nil }

    /// The version of GDAL, `3.6.2`, which is loaded for it; `nil` where there is none.
    public static var libraryVersion: String? {
        guard let functions = try? GDALLibrary.load(for: "") else { return nil }
        return String(cString: functions.GDALVersionInfo("RELEASE_NAME"))
    }
}
