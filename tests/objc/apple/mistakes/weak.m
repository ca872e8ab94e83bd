// Expected: is accessed multiple times in this method
// A listener that is held weakly may be gone between two looks at it.
#import <Foundation/Foundation.h>

@interface Mistake : NSObject
@property(nonatomic, weak) NSMutableArray *listener;
- (void)tell;
@end

@implementation Mistake
- (void)tell {
    if ([self.listener count] > 0) [self.listener removeAllObjects];
}
@end
