// Expected: can not be referenced from a nonisolated context
// A view's state, read on any thread.
#if canImport(UIKit)
import UIKit

func rows(_ table: UITableView) -> [IndexPath] { table.indexPathsForVisibleRows ?? [] }
#endif
