internal import CGEOS

extension Shape {
    /// Whether a shape is valid by the rules of Simple Features, and if not, why and where.
    public struct Validity: Hashable, Sendable {
        /// Whether the shape follows the rules.
        public let isValid: Bool
        /// What is wrong, for example `Self-intersection`; `nil` for a valid shape.
        public let reason: String?
        /// Where it is wrong, if that is one place.
        public let place: Position?

        /// Creates an answer.
        ///
        /// - Parameters:
        ///   - isValid: Whether the shape follows the rules.
        ///   - reason: What is wrong.
        ///   - place: Where it is wrong.
        public init(isValid: Bool, reason: String? = nil, place: Position? = nil) {
            self.isValid = isValid
            self.reason = reason
            self.place = place
        }
    }

    /// Returns whether the shape is valid, and if not, the first reason and its place.
    ///
    /// Rings must be closed and not cross themselves or each other, holes must lie within their
    /// outer ring, polygons of one multipolygon must not overlap. Planar: edges are straight in the
    /// plane of the coordinates, degrees or not. A shape that cannot even be built (an open ring,
    /// a line of one position, a coordinate that is no number) is an invalid shape, not an error.
    /// See `GEOSisValidDetail_r` in the
    /// [C manual](https://libgeos.org/doxygen/geos__c_8h.html).
    ///
    /// - Returns: The answer with its reason and place.
    /// - Throws: ``GeometryError`` where GEOS fails.
    public func validity() throws(GeometryError) -> Validity {
        if let fault = structuralFault {
            return Validity(isValid: false, reason: fault.reason, place: fault.place)
        }
        return try withGEOS { context throws(GeometryError) in
            let geometry = try context.geometry(self)
            return try geometry.lending { (handle, pointer) throws(GeometryError) in
                var text: UnsafeMutablePointer<CChar>?
                var location: OpaquePointer?
                let answer = GEOSisValidDetail_r(handle, pointer, 0, &text, &location)
                defer { if let text { GEOSFree_r(handle, text) } }
                var place: Position?
                if location != nil {
                    let point = try OwnedGeometry(
                        taking: location, in: context, from: "validity")
                    if case .point(let position) = try point.shape() { place = position }
                }
                switch answer {
                case 1: return Validity(isValid: true)
                case 0:
                    return Validity(
                        isValid: false, reason: text.map { String(cString: $0) }, place: place)
                default: throw context.failure(of: "validity")
                }
            }
        }
    }

    /// How ``madeValid(_:)`` repairs.
    public enum Repair: Hashable, Sendable {
        /// Keeps every edge: what the rings enclose an odd number of times becomes area, loose
        /// edges stay as lines.
        case linework
        /// Rebuilds areas from the outer rings less the holes. What collapses to a line or point
        /// is dropped, or kept in its lower dimension.
        case structure(keepCollapsed: Bool)
    }

    /// Returns a valid shape that stays as near to this one as its faults allow.
    ///
    /// A valid shape comes back as it is, though perhaps with its positions in another order.
    /// Planar, in the plane of the coordinates. See `GEOSMakeValidWithParams_r` in the
    /// [C manual](https://libgeos.org/doxygen/geos__c_8h.html).
    ///
    /// - Parameter repair: How to repair.
    /// - Returns: The repaired shape, perhaps of another kind or empty.
    /// - Throws: ``GeometryError`` where the shape cannot be built (an open ring) or GEOS fails.
    public func madeValid(
        _ repair: Repair = .structure(keepCollapsed: false)
    ) throws(GeometryError) -> Shape {
        try derived("the repair") { handle, geometry in
            guard let parameters = GEOSMakeValidParams_create_r(handle) else { return nil }
            defer { GEOSMakeValidParams_destroy_r(handle, parameters) }
            switch repair {
            case .linework:
                GEOSMakeValidParams_setMethod_r(handle, parameters, GEOS_MAKE_VALID_LINEWORK)
            case .structure(let keepCollapsed):
                GEOSMakeValidParams_setMethod_r(handle, parameters, GEOS_MAKE_VALID_STRUCTURE)
                GEOSMakeValidParams_setKeepCollapsed_r(handle, parameters, keepCollapsed ? 1 : 0)
            }
            return GEOSMakeValidWithParams_r(handle, geometry, parameters)
        }
    }
}
