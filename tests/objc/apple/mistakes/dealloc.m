// Expected: ARC forbids explicit message send of 'dealloc'
// What only code without ARC has to write.
#import <Foundation/Foundation.h>

@interface Mistake : NSObject
@end

@implementation Mistake
- (void)dealloc {
    [super dealloc];
}
@end
