internal import CGEOS

/// A geometry of GEOS with exactly one owner, which destroys it.
///
/// Every call goes through a borrowing method, so that neither the geometry nor its context can
/// go away while GEOS is at work.
struct OwnedGeometry: ~Copyable {
    let context: GEOSContext
    private var pointer: OpaquePointer?

    /// Takes what a call of GEOS returned; a null pointer is an error of that operation.
    init(
        taking pointer: OpaquePointer?, in context: GEOSContext, from operation: String
    ) throws(GeometryError) {
        guard let pointer else { throw context.failure(of: operation) }
        self.context = context
        self.pointer = pointer
    }

    deinit {
        if let pointer { GEOSGeom_destroy_r(context.handle, pointer) }
    }

    /// Gives the pointer to a call of GEOS that consumes it, which GEOS does even on failure.
    consuming func handOver() -> OpaquePointer? {
        let handed = pointer
        pointer = nil
        return handed
    }

    /// Lends the handle and the pointer for the time of a call.
    borrowing func lending<Result: ~Copyable>(
        _ body: (_ handle: OpaquePointer, _ pointer: OpaquePointer?)
            throws(GeometryError) -> Result
    ) throws(GeometryError) -> Result {
        try body(context.handle, pointer)
    }
}

extension OwnedGeometry {
    /// A call that answers with 0 (no), 1 (yes) or 2 (exception).
    typealias Question = (OpaquePointer?, OpaquePointer?) -> CChar
    /// The same about two geometries.
    typealias PairQuestion = (OpaquePointer?, OpaquePointer?, OpaquePointer?) -> CChar
    /// A call that returns a new geometry.
    typealias Derivation = (OpaquePointer?, OpaquePointer?) -> OpaquePointer?
    /// The same from two geometries.
    typealias PairDerivation = (OpaquePointer?, OpaquePointer?, OpaquePointer?) -> OpaquePointer?
    /// A call that writes a number and returns 1, or 0 on an exception.
    typealias Measurement = (OpaquePointer?, OpaquePointer?, UnsafeMutablePointer<Double>?) -> Int32

    borrowing func making(
        _ operation: String, _ call: Derivation
    ) throws(GeometryError) -> OwnedGeometry {
        try OwnedGeometry(taking: call(context.handle, pointer), in: context, from: operation)
    }

    borrowing func making(
        _ operation: String, with other: borrowing OwnedGeometry, _ call: PairDerivation
    ) throws(GeometryError) -> OwnedGeometry {
        try OwnedGeometry(
            taking: call(context.handle, pointer, other.pointer), in: context, from: operation)
    }

    borrowing func asking(_ operation: String, _ call: Question) throws(GeometryError) -> Bool {
        try answer(call(context.handle, pointer), operation)
    }

    borrowing func asking(
        _ operation: String, about other: borrowing OwnedGeometry, _ call: PairQuestion
    ) throws(GeometryError) -> Bool {
        try answer(call(context.handle, pointer, other.pointer), operation)
    }

    borrowing func measuring(
        _ operation: String, _ call: Measurement
    ) throws(GeometryError) -> Double {
        var value = Double.nan
        guard call(context.handle, pointer, &value) == 1 else {
            throw context.failure(of: operation)
        }
        return value
    }

    private borrowing func answer(
        _ code: CChar, _ operation: String
    ) throws(GeometryError) -> Bool {
        switch code {
        case 0: return false
        case 1: return true
        default: throw context.failure(of: operation)
        }
    }
}
