// A stand-in: lists, and what an app is told. All of it belongs to the main actor here, which is the strictest that Apple's SDKs say.
@_exported import Foundation

@MainActor
open class UIResponder: NSObject {
    public override nonisolated init() {}
}

@MainActor
open class UIApplication: UIResponder {
    @available(iOSApplicationExtension, unavailable)
    open class var shared: UIApplication { fatalError() }
    public class var didEnterBackgroundNotification: NSNotification.Name { fatalError() }
    public class var willEnterForegroundNotification: NSNotification.Name { fatalError() }
    public class var didBecomeActiveNotification: NSNotification.Name { fatalError() }
}

@MainActor
open class UIView: UIResponder {}

@MainActor
open class UIScrollView: UIView {}

@MainActor
open class UITableView: UIScrollView {
    open var indexPathsForVisibleRows: [IndexPath]? { fatalError() }
}

@MainActor
open class UICollectionView: UIScrollView {
    open var indexPathsForVisibleItems: [IndexPath] { fatalError() }
}
