internal import CPROJ

/// A reason not to trust a transformation, and what to name instead.
struct Doubt {
    let problem: String
    let remedy: String
}

/// The operation that PROJ ranks first between two systems, with what there is to say against it.
struct OperationChoice {
    let object: PROJObject
    let name: String
    let accuracy: Double?
    let doubts: [Doubt]

    /// Asks PROJ for all operations and takes the first.
    ///
    /// https://proj.org/development/reference/functions.html#c.proj_create_operations
    static func best(
        from: PROJObject, to: PROJObject, _ source: CoordinateReferenceSystem,
        _ target: CoordinateReferenceSystem
    ) throws(GeometryError) -> OperationChoice {
        let context = from.context
        let factory = proj_create_operation_factory_context(context.handle, nil)
        defer { proj_operation_factory_context_destroy(factory) }
        proj_operation_factory_context_set_spatial_criterion(
            context.handle, factory, PROJ_SPATIAL_CRITERION_PARTIAL_INTERSECTION)
        proj_operation_factory_context_set_grid_availability_use(
            context.handle, factory, PROJ_GRID_AVAILABILITY_USED_FOR_SORTING)
        let list = proj_create_operations(context.handle, from.pointer, to.pointer, factory)
        defer { proj_list_destroy(list) }
        guard let first = context.own(proj_list_get(context.handle, list, 0)) else {
            throw GeometryError(
                .unknownCRS, "PROJ knows no operation from \(source) to \(target)",
                remedy: "name a system of the same region, or WKT with its datum")
        }
        // A conversion stays on its datum and is as exact as arithmetic; PROJ states nothing for it.
        let metres =
            first.type == PJ_TYPE_CONVERSION
            ? 0 : proj_coordoperation_get_accuracy(context.handle, first.pointer)
        return OperationChoice(
            object: first, name: first.name, accuracy: metres < 0 ? nil : metres,
            doubts: doubts(of: first, source, target))
    }

    private static func doubts(
        of operation: PROJObject, _ source: CoordinateReferenceSystem,
        _ target: CoordinateReferenceSystem
    ) -> [Doubt] {
        let context = operation.context
        if proj_coordoperation_has_ballpark_transformation(context.handle, operation.pointer) == 1 {
            return [
                Doubt(
                    problem: "between \(source) and \(target) PROJ has only a ballpark operation "
                        + "(\(operation.name)), which leaves the datum as it is and may be off by "
                        + "hundreds of metres",
                    remedy: "name the system by its EPSG code, or give it a datum")
            ]
        }
        return missingGrids(of: operation).map { grid in
            Doubt(
                problem: "the best operation between \(source) and \(target) "
                    + "(\(operation.name)) needs the grid \(grid), which is not installed",
                remedy: "install it with `projsync --file \(grid)`, or name another system")
        }
    }

    private static func missingGrids(of operation: PROJObject) -> [String] {
        let context = operation.context
        let count = proj_coordoperation_get_grid_used_count(context.handle, operation.pointer)
        return (0..<max(0, count)).compactMap { index in
            var name: UnsafePointer<CChar>?
            var available: Int32 = 1
            proj_coordoperation_get_grid_used(
                context.handle, operation.pointer, index, &name, nil, nil, nil, nil, nil,
                &available)
            guard available == 0 else { return nil }
            return name.map { String(cString: $0) } ?? "of unknown name"
        }
    }
}
