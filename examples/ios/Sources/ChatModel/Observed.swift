#if canImport(Combine)
import Combine
#endif

/// What a screen watches. SwiftUI sees an `ObservableObject`; anybody may hear by ``onChange``.
@MainActor
open class Observed {
    /// Something in it is different.
    public var onChange: (@MainActor () -> Void)?
    /// Why the last call was refused; nil: it was not.
    public private(set) var trouble: String?

    public init() {}

    func changed() {
        #if canImport(Combine)
        objectWillChange.send()
        #endif
        onChange?()
    }

    /// Runs a call, and keeps why it was refused.
    func attempt(_ call: () async throws -> Void) async {
        do {
            try await call()
            trouble = nil
        } catch is CancellationError {
            // The screen has gone.
        } catch {
            trouble = "\(error)"
            changed()
        }
    }
}

#if canImport(Combine)
extension Observed: ObservableObject {}
#endif
