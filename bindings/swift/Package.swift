// swift-tools-version:5.10
// SeenBy for iOS and Mac; it builds on Linux too. How: README.md beside this.
import Foundation
import PackageDescription

/// The library behind it all: an XCFramework where a release put one beside this, else what `cargo build -p seenby-apple` made,
/// which the build then finds by `-Xlinker -L`.
let library: Target = {
    let xcframework = "SeenByFFI.xcframework"
    if FileManager.default.fileExists(atPath: Context.packageDirectory + "/" + xcframework) {
        return .binaryTarget(name: "SeenByFFI", path: xcframework)
    }
    return .systemLibrary(name: "SeenByFFI")
}()

/// What the static library in it asks of Apple's systems.
let frameworks: [LinkerSetting] = ["Security", "CoreFoundation"].map {
    .linkedFramework($0, .when(platforms: [.iOS, .macOS]))
}

let package = Package(
    name: "SeenBy",
    platforms: [.iOS(.v13), .macOS(.v11)],
    products: [
        .library(name: "SeenBy", targets: ["SeenBy"]),
        .library(name: "SeenByV2TIM", targets: ["SeenByV2TIM"]),
        .library(name: "SeenByTestKit", targets: ["SeenByTestKit"]),
    ],
    targets: [
        library,
        // What UniFFI makes, and what both layers need. No product: apps do not see it.
        .target(name: "SeenByCore", dependencies: ["SeenByFFI"], linkerSettings: frameworks),
        // The neutral API: async functions and streams.
        .target(name: "SeenBy", dependencies: ["SeenByCore"]),
        // The documented classes.
        .target(name: "SeenByV2TIM", dependencies: ["SeenByCore"]),
        // A service and its users in one process, for apps' own tests.
        .target(name: "SeenByTestKit", dependencies: ["SeenBy", "SeenByCore"]),
        // Prints what crossing costs.
        .executableTarget(name: "seenby-bench", dependencies: ["SeenBy", "SeenByV2TIM", "SeenByTestKit", "SeenByCore"]),
        .systemLibrary(name: "SeenByC", path: "Tests/SeenByC"),
        .testTarget(name: "SeenByCoreTests", dependencies: ["SeenByCore", "SeenByC"]),
        .testTarget(name: "SeenByTests", dependencies: ["SeenBy", "SeenByTestKit", "SeenByCore"]),
        .testTarget(name: "SeenByV2TIMTests", dependencies: ["SeenByV2TIM", "SeenByCore"]),
        // Performs tests/scenarios through the documented classes. No product: it does not ship.
        .executableTarget(
            name: "ScenarioAgent", dependencies: ["SeenByV2TIM", "SeenByCore"], path: "Tests/ScenarioAgent"),
        // The README's program. No product either.
        .executableTarget(name: "SeenByReceipt", dependencies: ["SeenBy"], path: "Examples/receipt"),
    ]
)
