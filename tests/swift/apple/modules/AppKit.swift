// A stand-in: what an app is told. It belongs to the main actor here, which is the strictest that Apple's SDKs say.
@_exported import Foundation

@MainActor
open class NSApplication: NSObject {
    public class var didHideNotification: NSNotification.Name { fatalError() }
    public class var didUnhideNotification: NSNotification.Name { fatalError() }
    public class var didBecomeActiveNotification: NSNotification.Name { fatalError() }
}
