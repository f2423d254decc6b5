internal import CPROJ

/// A PROJ context: owns PROJ's handle, its database connection and its last message.
///
/// One task at a time: it is not `Sendable`. Making one costs microseconds, opening the database
/// for the first question some milliseconds.
/// https://proj.org/development/reference/functions.html#threading-contexts
final class PROJContext {
    let handle: OpaquePointer?

    init() {
        handle = proj_context_create()
        // Messages are asked for with proj_errno; nothing is printed from inside PROJ.
        proj_log_level(handle, PJ_LOG_NONE)
        proj_context_set_enable_network(handle, 0)
    }

    deinit { proj_context_destroy(handle) }

    /// What PROJ says of its last failure in this context.
    var message: String {
        let code = proj_context_errno(handle)
        guard code != 0, let text = proj_context_errno_string(handle, code) else { return "" }
        return String(cString: text)
    }

    /// Wraps an object that PROJ has just made; `nil` where it made none.
    func own(_ pointer: OpaquePointer?) -> PROJObject? {
        pointer.map { PROJObject($0, in: self) }
    }
}

/// An object of PROJ (a CRS, an operation, an ellipsoid …) with the context it lives in.
final class PROJObject {
    let pointer: OpaquePointer
    let context: PROJContext

    fileprivate init(_ pointer: OpaquePointer, in context: PROJContext) {
        self.pointer = pointer
        self.context = context
    }

    deinit { proj_destroy(pointer) }

    /// The object's name, as in EPSG's registry.
    var name: String { proj_get_name(pointer).map { String(cString: $0) } ?? "" }

    /// The object's authority and code, `EPSG:5179`, where it has one.
    var code: String? {
        guard let authority = proj_get_id_auth_name(pointer, 0),
            let code = proj_get_id_code(pointer, 0)
        else { return nil }
        return String(cString: authority) + ":" + String(cString: code)
    }

    /// What kind of object this is.
    var type: PJ_TYPE { proj_get_type(pointer) }
}
