// Expected: block implicitly retains 'self'
// A block that keeps an object which it does not name.
#import <Foundation/Foundation.h>

@interface Mistake : NSObject {
    int _count;
}
- (void (^)(void))counting;
@end

@implementation Mistake
- (void (^)(void))counting {
    return ^{
        _count++;
    };
}
@end
