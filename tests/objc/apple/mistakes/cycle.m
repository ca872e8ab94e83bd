// Expected: capturing 'self' strongly in this block is likely to lead to a retain cycle
// An object keeps a block that keeps the object.
#import <Foundation/Foundation.h>

@interface Mistake : NSObject
@property(nonatomic, copy) void (^block)(void);
- (void)begin;
@end

@implementation Mistake
- (void)begin {
    self.block = ^{
        [self begin];
    };
}
@end
