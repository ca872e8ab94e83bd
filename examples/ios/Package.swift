// swift-tools-version:5.10
// A chat app for iPhone and Mac. The model knows no views, and is tested on Linux too; the screens are SwiftUI.
import PackageDescription

let package = Package(
    name: "Chat",
    platforms: [.iOS(.v16), .macOS(.v13)],
    products: [
        .library(name: "ChatScreens", targets: ["ChatScreens"]),
    ],
    dependencies: [
        .package(path: "../../bindings/swift"),
    ],
    targets: [
        .target(name: "ChatModel", dependencies: [.product(name: "SeenBy", package: "swift")]),
        .target(name: "ChatScreens", dependencies: ["ChatModel", .product(name: "SeenBy", package: "swift")]),
        .testTarget(
            name: "ChatModelTests",
            dependencies: [
                "ChatModel",
                .product(name: "SeenBy", package: "swift"),
                .product(name: "SeenByTestKit", package: "swift"),
            ]),
    ]
)
