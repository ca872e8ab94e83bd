// Expected: requires a bridged cast
// A block is kept as a pointer of C by the functions that only code without ARC may use.
#import <Foundation/Foundation.h>

void *mistake(void (^block)(void));
void *mistake(void (^block)(void)) { return (void *)[block copy]; }
