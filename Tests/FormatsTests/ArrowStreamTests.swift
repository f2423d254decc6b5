import CArrow
import Features
import Foundation
import Geometry
import Testing

@testable import Formats

/// Features that pass between libraries of one process through Arrow's C stream interface.
@Suite struct ArrowStreamTests {
    private static let shapes: [[Shape?]] = [
        [.point(Position(127, 36)), nil, .point(Position(128, 37)), .point(Position(129, 38))],
        [.point(Position(127, 36, 5)), .point(Position(128, 37, 6)), nil],
        [.multiPoint([Position(1, 2), Position(3, 4)]), nil, .multiPoint([])],
        [.lineString([Position(1, 2), Position(3, 4)]), .lineString([]), nil],
        [.polygon([[Position(0, 0), Position(1, 0), Position(1, 1), Position(0, 0)]]), nil],
        [
            nil,
            .multiPolygon([
                [[Position(0, 0), Position(1, 0), Position(1, 1), Position(0, 0)]],
                [[Position(5, 5), Position(6, 5), Position(6, 6), Position(5, 5)]],
            ]),
        ],
        [.point(Position(1, 2)), .lineString([Position(1, 2), Position(3, 4)]), nil],
        [nil, nil],
    ]

    private func batch(_ shapes: [Shape?], firstIndex: Int = 0) -> FeatureBatch {
        let rows = shapes.indices
        var batch = FeatureBatch(
            geometry: GeometryColumn(shapes), ids: .string(rows.map { "f\($0 + firstIndex)" }),
            firstIndex: firstIndex)
        batch.set("n", .int(rows.map { $0 % 3 == 1 ? nil : $0 }))
        batch.set("이름", .string(rows.map { $0 % 3 == 2 ? nil : "곳 \($0)" }))
        batch.set("v", .double(rows.map { Double($0) / 4 }))
        batch.set("b", .bool(rows.map { $0 % 2 == 0 }))
        return batch
    }

    private func exported(_ batches: [FeatureBatch]) throws -> ArrowArrayStream {
        var stream = ArrowArrayStream()
        let source: any FeatureSource = MemorySource(batches)
        try withUnsafeMutablePointer(to: &stream) { try source.exportArrowStream(to: $0) }
        return stream
    }

    private func imported(
        _ stream: inout ArrowArrayStream, _ options: ReadingOptions = ReadingOptions()
    ) throws -> ArrowStreamSource {
        try withUnsafeMutablePointer(to: &stream) {
            try ArrowStreamSource(importing: $0, options: options)
        }
    }

    @Test(arguments: Self.shapes.indices)
    func `what is handed over comes back`(kind: Int) throws {
        let first = batch(Self.shapes[kind])
        let second = batch(Self.shapes[kind].reversed(), firstIndex: first.count)
        var stream = try exported([first, second])
        let source = try imported(&stream)
        #expect(stream.release == nil, "a stream that was taken is moved")
        for expected in [first, second] {
            let read = try #require(try source.next())
            #expect(read.geometry.shapes == expected.geometry.shapes)
            #expect(read["n"] == expected["n"] && read["v"] == expected["v"])
            #expect(read["이름"] == expected["이름"] && read["b"] == expected["b"])
            #expect(read.ids == expected.ids)
        }
        #expect(try source.next() == nil)
        #expect(throws: FormatError.self) { try imported(&stream) }
    }

    @Test func `types widen over all batches`() throws {
        var (first, second) = (batch(Self.shapes[0]), batch(Self.shapes[0]))
        first.set("x", .int([1, 2, 3, 4]))
        second.set("x", .double([0.5, nil, 1, 2]))
        var stream = try exported([first, second])
        let read = try imported(&stream).next()
        #expect(read?["x"] == .double([1, 2, 3, 4]))
    }

    @Test(arguments: Self.shapes.indices)
    func `rows of a slice are those from its offset on`(kind: Int) throws {
        let whole = batch(Self.shapes[kind])
        var stream = try exported([whole])
        // Another library may hand over a part of what it holds.
        Slicing.next = stream.get_next
        stream.get_next = { stream, out in
            let code = Slicing.next?(stream, out) ?? 1
            guard let out, out.pointee.release != nil else { return code }
            out.pointee.offset = 1
            out.pointee.length -= 1
            return code
        }
        let read = try #require(try imported(&stream).next())
        #expect(read.geometry.shapes == Array(whole.geometry.shapes.dropFirst()))
        for name in ["n", "이름", "v", "b"] {
            let (part, all) = (try #require(read[name]), try #require(whole[name]))
            #expect((0..<read.count).allSatisfy { part[$0] == all[$0 + 1] }, "\(name)")
        }
    }

    private enum Slicing {
        nonisolated(unsafe) static var next:
            (
                @convention(c) (
                    UnsafeMutablePointer<ArrowArrayStream>?, UnsafeMutablePointer<ArrowArray>?
                ) -> Int32
            )?
    }

    @Test func `a child that was moved away outlives its parent`() throws {
        var stream = try exported([batch(Self.shapes[0])])
        var array = ArrowArray()
        #expect(stream.get_next(&stream, &array) == 0)
        let place = try #require(array.children[1])
        var child = place.pointee
        place.pointee.release = nil
        array.release(&array)
        stream.release(&stream)
        let numbers = try #require(child.buffers[1]).assumingMemoryBound(to: Int64.self)
        #expect((numbers[0], numbers[2], numbers[3]) == (0, 2, 3))
        child.release(&child)
        #expect(child.release == nil)
    }

    @Test func `a stream that breaks off says why`() throws {
        var stream = try exported([batch(Self.shapes[0])])
        stream.get_next = { _, _ in 5 }
        stream.get_last_error = { _ in brokenMessage }
        let source = try imported(&stream)
        #expect(throws: FormatError.self) { try source.next() }
        do {
            _ = try source.next()
        } catch {
            #expect("\(error)".contains("the disk went away"))
        }
    }
}

/// A text that lives as long as the process.
nonisolated(unsafe) private let brokenMessage = UnsafePointer(strdup("the disk went away"))
