pluginManagement {
    repositories {
        google()
        mavenCentral()
        gradlePluginPortal()
    }
}

dependencyResolutionManagement {
    repositories {
        // `cargo xtask package android` makes it; a released SeenBy comes from Maven Central.
        maven { url = uri("../../dist/maven") }
        google()
        mavenCentral()
    }
}

rootProject.name = "seenby-chat"
