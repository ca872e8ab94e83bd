// A stand-in.
#import <Foundation/NSObject.h>
