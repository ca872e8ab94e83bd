// Expected: 'release' is unavailable
// An object is let go by hand.
#import <Foundation/Foundation.h>

void mistake(NSObject *object);
void mistake(NSObject *object) { [object release]; }
