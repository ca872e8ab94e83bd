// Stand-ins of lists, which show what the test says.
#import <Foundation/Foundation.h>

@interface UITableView : NSObject {
  @public
    id window;
    NSArray<NSIndexPath *> *rows;
}
- (id)window;
- (NSArray<NSIndexPath *> *)indexPathsForVisibleRows;
@end

@interface UICollectionView : NSObject {
  @public
    id window;
    NSArray<NSIndexPath *> *rows;
}
- (id)window;
- (NSArray<NSIndexPath *> *)indexPathsForVisibleItems;
@end
