internal import CGEOS

/// Geometries on their way into a collection, destroyed together unless handed over.
struct OwnedParts: ~Copyable {
    let context: GEOSContext
    private var pointers: [OpaquePointer?] = []

    init(in context: GEOSContext) { self.context = context }

    deinit {
        for case let pointer? in pointers { GEOSGeom_destroy_r(context.handle, pointer) }
    }

    mutating func append(_ part: consuming OwnedGeometry) { pointers.append(part.handOver()) }

    /// Gives all parts to a call of GEOS that consumes them, which GEOS does even on failure.
    consuming func handOver() -> [OpaquePointer?] {
        let handed = pointers
        pointers = []
        return handed
    }

    /// Lends the parts to a call that leaves them alone.
    borrowing func making(
        _ operation: String,
        _ call: (OpaquePointer?, UnsafePointer<OpaquePointer?>?, UInt32) -> OpaquePointer?
    ) throws(GeometryError) -> OwnedGeometry {
        let made = pointers.withUnsafeBufferPointer {
            call(context.handle, $0.baseAddress, UInt32($0.count))
        }
        return try OwnedGeometry(taking: made, in: context, from: operation)
    }
}
