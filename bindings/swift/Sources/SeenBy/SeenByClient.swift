import SeenByCore

/// The version of the library.
public var seenByVersion: String { libraryVersion() }
