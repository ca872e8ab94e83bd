// Expected: unavailable in application extensions
// What an extension may not do: the library is for extensions too.
#if canImport(UIKit)
import UIKit

@MainActor
func app() -> UIApplication { .shared }
#endif
