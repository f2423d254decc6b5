import Features
import Geometry

/// The geometries of a column where they lie in memory.
struct GeometryPointers {
    let column: GeometryColumn
    let isAllValid: Bool
    let layout: Layout

    enum Layout {
        case points(CoordinatePointers)
        case chains(CoordinatePointers, UnsafeBufferPointer<Int>, Shape.Kind)
        case rings(
            CoordinatePointers, UnsafeBufferPointer<Int>, UnsafeBufferPointer<Int>, Shape.Kind)
        case polygons(
            CoordinatePointers, UnsafeBufferPointer<Int>, UnsafeBufferPointer<Int>,
            UnsafeBufferPointer<Int>)
        case shapes
    }
}
