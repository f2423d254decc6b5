// swift-tools-version: 6.1
import PackageDescription

// A package of its own, so that nobody who uses ClusterAtlas builds its benchmarks.
let package = Package(
    name: "Benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "ClusterAtlas", path: "../..")],
    targets: [
        .executableTarget(
            name: "benchmarks",
            dependencies: [.product(name: "ClusterAtlas", package: "ClusterAtlas")],
            swiftSettings: [.swiftLanguageMode(.v6)])
    ]
)
