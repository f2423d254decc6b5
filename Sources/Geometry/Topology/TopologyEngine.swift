internal import CGEOS

/// The library behind the planar operations.
public enum TopologyEngine {
    /// The version of GEOS at run time, for example `3.11.1-CAPI-1.17.1`.
    public static var version: String { GEOSversion().map { String(cString: $0) } ?? "" }
}
