// Expected: requires a bridged cast
// An object goes through a pointer of C, and nobody says who owns it then.
#import <Foundation/Foundation.h>

void *mistake(NSObject *object);
void *mistake(NSObject *object) { return (void *)object; }
