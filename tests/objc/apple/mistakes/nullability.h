// Says of one parameter whether it may be nil, and not of the other.
#import <Foundation/Foundation.h>

void mistake(NSString *_Nullable one, NSString *other);
