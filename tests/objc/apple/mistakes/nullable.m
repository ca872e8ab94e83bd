// Expected: implicit conversion from nullable pointer
// What may be nil goes where nil is not allowed.
#import <Foundation/Foundation.h>

NS_ASSUME_NONNULL_BEGIN
void mistake(NSMutableArray<NSString *> *list, NSString *_Nullable text);
void mistake(NSMutableArray<NSString *> *list, NSString *_Nullable text) { [list addObject:text]; }
NS_ASSUME_NONNULL_END
