// swift-tools-version: 6.1
import PackageDescription

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

/// A room of the house: a library target with the project's settings.
func room(_ name: String, _ mayImport: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: mayImport, swiftSettings: settings)
}

/// The tests of one room.
func tests(_ name: String, of mayImport: [Target.Dependency]) -> Target {
    .testTarget(
        name: name, dependencies: mayImport + ["TestSupport"],
        swiftSettings: settings)
}

let package = Package(
    name: "ClusterAtlas",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "ClusterAtlas", targets: ["ClusterAtlasKit"]),
        .executable(name: "clusteratlas", targets: ["clusteratlas"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        // Without its traits it brings neither the whole of Foundation nor a reader of settings.
        .package(
            url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-distributed-tracing", from: "1.7.3"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        .systemLibrary(
            name: "CPROJ", pkgConfig: "proj",
            providers: [.apt(["libproj-dev"]), .brew(["proj"])]),
        .systemLibrary(
            name: "CGEOS", pkgConfig: "geos",
            providers: [.apt(["libgeos-dev"]), .brew(["geos"])]),
        .systemLibrary(
            name: "CZlib", pkgConfig: "zlib",
            providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
        .systemLibrary(
            name: "CZstd", pkgConfig: "libzstd",
            providers: [.apt(["libzstd-dev"]), .brew(["zstd"])]),
        .systemLibrary(name: "CBytes"),
        .systemLibrary(name: "CArrow"),
        // Declarations of its own and dlopen: building and starting need no GDAL.
        .target(name: "CGDAL"),
        room("Programs", []),
        room("Geometry", ["CPROJ", "CGEOS"]),
        room("Features", ["Geometry"]),
        room(
            "Formats",
            [
                "Features", "CBytes", "CArrow", "CZlib", "CZstd", "CGDAL",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Yams", package: "Yams"),
            ]),
        room("Catalogue", ["Features", "Formats"]),
        room("Analysis", ["Features"]),
        room("Siting", ["Analysis", "Programs"]),
        room("Studies", ["Features", "Formats", "Programs"]),
        room(
            "Jobs",
            [
                "Features", "Formats", "Studies", "Programs",
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "GRDB", package: "GRDB.swift"),
            ]),
        room("Maps", ["Features", "Formats"]),
        room("Filters", ["Features", "Formats"]),
        room("Tiles", ["Features"]),
        room("Reports", ["Catalogue", "Studies", "Maps"]),
        room(
            "Service",
            [
                "Catalogue", "Filters", "Jobs", "Maps", "Tiles",
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
                .product(name: "Tracing", package: "swift-distributed-tracing"),
            ]),
        room(
            "ClusterAtlasKit",
            [
                "Geometry", "Features", "Formats", "Catalogue", "Analysis", "Siting", "Studies",
                "Maps", "Reports",
            ]),
        .executableTarget(
            name: "clusteratlas",
            dependencies: [
                "Geometry", "Features", "Formats", "Catalogue", "Analysis", "Siting", "Studies",
                "Maps", "Reports", "Programs", "Jobs", "Service",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "Tracing", package: "swift-distributed-tracing"),
            ],
            swiftSettings: settings),
        .target(
            name: "TestSupport", dependencies: ["Geometry", "Features"],
            path: "Tests/TestSupport", swiftSettings: settings),
        tests("GeometryTests", of: ["Geometry"]),
        tests("FeaturesTests", of: ["Features"]),
        tests("FormatsTests", of: ["Formats", "CArrow"]),
        tests("CatalogueTests", of: ["Catalogue", "Features", "Formats", "Geometry"]),
        tests("AnalysisTests", of: ["Analysis"]),
        tests("SitingTests", of: ["Siting"]),
        tests("StudiesTests", of: ["Studies", "Formats"]),
        .executableTarget(
            name: "JobKeeper", dependencies: ["Jobs"], path: "Tests/JobKeeper",
            swiftSettings: settings),
        tests("JobsTests", of: ["Jobs", "JobKeeper", "clusteratlas", "Formats", "Studies"]),
        tests("MapsTests", of: ["Maps", "Formats", "Analysis"]),
        tests("FiltersTests", of: ["Filters", "Formats"]),
        tests("TilesTests", of: ["Tiles"]),
        tests(
            "ServiceTests",
            of: [
                "Service", "Formats", "Geometry", "Jobs", "clusteratlas",
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "InMemoryTracing", package: "swift-distributed-tracing"),
            ]),
        tests("CommandTests", of: ["clusteratlas", "Features", "Formats", "Geometry", "Studies"]),
        tests("DocumentationTests", of: ["ClusterAtlasKit", "clusteratlas"]),
    ]
)
