import Features
import Foundation
import Geometry
import Synchronization
import TestSupport
import Testing

/// Batches of one feature each, numbered by their first index; may fail at one of them.
private struct NumberedSource: FeatureSource {
    var collection = CollectionInfo()
    var count: Int
    var failsAt: Int?
    var told: @Sendable (Int) -> Void = { _ in }
    private var at = 0

    init(_ count: Int, failsAt: Int? = nil) {
        self.count = count
        self.failsAt = failsAt
    }

    mutating func next() throws -> FeatureBatch? {
        if at == failsAt { throw Failure.source(at) }
        guard at < count else { return nil }
        told(at)
        at += 1
        return FeatureBatch(
            geometry: GeometryColumn([.point(Position(0, 0))]), firstIndex: at - 1)
    }
}

private enum Failure: Error, Equatable {
    case source(Int)
    case operation(Int)
    case consumer(Int)
}

/// How many of something there are at once, and how many there were at most.
private final class Gauge: Sendable {
    private let levels = Mutex((now: 0, most: 0))

    func change(by step: Int) {
        levels.withLock {
            $0.now += step
            $0.most = max($0.most, $0.now)
        }
    }

    var now: Int { levels.withLock { $0.now } }
    var most: Int { levels.withLock { $0.most } }
}

struct OrderedFlowTests {
    private static let taskCounts = [1, 2, 3, 8]

    /// Pauses of up to two milliseconds, the same for a batch on every run.
    private static func pause(_ batch: Int) {
        var random = SeededGenerator(seed: UInt64(batch))
        Thread.sleep(forTimeInterval: .random(in: 0...0.002, using: &random))
    }

    @Test(arguments: taskCounts)
    func `results come in the order of the source`(tasks: Int) async throws {
        var source: any FeatureSource = NumberedSource(60)
        var results: [Int] = []
        try await OrderedFlow.run(&source, tasks: tasks) { batch in
            Self.pause(batch.firstIndex)
            return batch.firstIndex
        } consume: {
            results.append($0)
        }
        #expect(results == Array(0..<60))
        #expect(try source.next() == nil)
    }

    @Test func `no batches give no results`() async throws {
        var source: any FeatureSource = MemorySource([])
        try await OrderedFlow.run(&source, tasks: 4) {
            $0.count
        } consume: { _ in
            Issue.record("nothing can come")
        }
    }

    @Test(arguments: taskCounts)
    func `of several failing batches the first in order wins and stops`(tasks: Int) async {
        var source: any FeatureSource = NumberedSource(40)
        var results: [Int] = []
        await #expect(throws: Failure.operation(10)) {
            try await OrderedFlow.run(&source, tasks: tasks) { batch in
                // The later failures are the quicker ones.
                if batch.firstIndex == 10 { Thread.sleep(forTimeInterval: 0.01) }
                if batch.firstIndex >= 10 { throw Failure.operation(batch.firstIndex) }
                return batch.firstIndex
            } consume: {
                results.append($0)
            }
        }
        #expect(results == Array(0..<10))
    }

    @Test(arguments: taskCounts)
    func `what was read before the source failed is handed on first`(tasks: Int) async {
        var source: any FeatureSource = NumberedSource(40, failsAt: 12)
        var results: [Int] = []
        await #expect(throws: Failure.source(12)) {
            try await OrderedFlow.run(&source, tasks: tasks) {
                $0.firstIndex
            } consume: {
                results.append($0)
            }
        }
        #expect(results == Array(0..<12))
    }

    @Test(arguments: taskCounts)
    func `a batch that fails before the source does wins`(tasks: Int) async {
        var source: any FeatureSource = NumberedSource(40, failsAt: 12)
        await #expect(throws: Failure.operation(11)) {
            try await OrderedFlow.run(&source, tasks: tasks) { batch in
                if batch.firstIndex == 11 { throw Failure.operation(11) }
            } consume: { _ in
            }
        }
    }

    @Test(arguments: taskCounts)
    func `a consumer that fails stops the flow`(tasks: Int) async throws {
        var source: any FeatureSource = NumberedSource(100)
        var results: [Int] = []
        await #expect(throws: Failure.consumer(5)) {
            try await OrderedFlow.run(&source, tasks: tasks) {
                $0.firstIndex
            } consume: {
                if $0 == 5 { throw Failure.consumer(5) }
                results.append($0)
            }
        }
        #expect(results == Array(0..<5))
        // The source was not read to its end.
        let next = try #require(try source.next())
        #expect(next.firstIndex <= 6 + tasks)
    }

    @Test(arguments: taskCounts)
    func `no more batches are held than tasks and one`(tasks: Int) async throws {
        let held = Gauge()
        var numbered = NumberedSource(60)
        numbered.told = { _ in held.change(by: 1) }
        var source: any FeatureSource = numbered
        try await OrderedFlow.run(&source, tasks: tasks) { batch in
            Self.pause(batch.firstIndex)
        } consume: {
            held.change(by: -1)
        }
        #expect(held.now == 0)
        #expect(held.most <= tasks + 1)
    }

    @Test(arguments: taskCounts)
    func `a task that was started has ended when the flow ends`(tasks: Int) async {
        let running = Gauge()
        var source: any FeatureSource = NumberedSource(40)
        await #expect(throws: Failure.operation(3)) {
            try await OrderedFlow.run(&source, tasks: tasks) { batch in
                running.change(by: 1)
                defer { running.change(by: -1) }
                if batch.firstIndex == 3 { throw Failure.operation(3) }
                // Those after it are still at work when it is known to have failed.
                if batch.firstIndex > 3 { Thread.sleep(forTimeInterval: 0.05) }
            } consume: { _ in
            }
        }
        #expect(running.now == 0)
    }
}
