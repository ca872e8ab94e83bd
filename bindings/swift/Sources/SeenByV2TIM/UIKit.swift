#if canImport(UIKit) && !os(watchOS)
import UIKit

// Lists that say what they show (R33). Call these where what is on the screen changes: in `scrollViewDidScroll`, after a reload, in
// `viewDidAppear`; and `show([])` in `viewDidDisappear`. They are quick: only what came and what left is told.

extension SeenByV2TIMTracker {
    /// The table's visible rows; `message` answers what a row shows, nil if it is none.
    @MainActor
    public func show(_ table: UITableView, message: (IndexPath) -> V2TIMMessage?) {
        show((table.indexPathsForVisibleRows ?? []).compactMap(message))
    }

    /// The collection's visible items; `message` answers what an item shows, nil if it is none.
    @MainActor
    public func show(_ collection: UICollectionView, message: (IndexPath) -> V2TIMMessage?) {
        show(collection.indexPathsForVisibleItems.compactMap(message))
    }
}
#endif
