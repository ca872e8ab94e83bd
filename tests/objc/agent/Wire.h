// Lines of JSON: what the runner asks, and what is said to it (tests/scenarios/PROTOCOL.md).

#ifndef SEENBY_AGENT_WIRE_H
#define SEENBY_AGENT_WIRE_H

#import "Memory.h"

NS_ASSUME_NONNULL_BEGIN

/// The scenario, or this program, is wrong: not what a call answers. Does not return.
void Broken(NSString *format, ...) NS_FORMAT_FUNCTION(1, 2) __attribute__((noreturn));
/// Writes one line. Any thread.
void Say(NSDictionary<NSString *, id> *line);
/// As JSON has it: true or false, and not 1 or 0.
NSNumber *Flag(BOOL flag);
NSString *JsonText(id value);

/// Answers one request, exactly once.
@interface Reply : NSObject {
    NSNumber *_identifier;
    BOOL _answered;
}
+ (instancetype)to:(NSNumber *)identifier;
/// nil: a call that answers nothing.
- (void)answer:(nullable id)value;
- (void)refuse:(NSInteger)code because:(nullable NSString *)sentence;
/// A refused sendMessage has its message all the same.
- (void)refuse:(NSInteger)code because:(nullable NSString *)sentence with:(nullable id)value;
- (void)broken:(NSString *)why;
/// What answers at once: YES, or NO with an error.
- (void)did:(BOOL)done error:(nullable NSError *)error;
@end

/// The fields of a request. What is absent is empty, 0 or NO.
@interface With : NSObject {
    NSDictionary<NSString *, id> *_all;
}
+ (instancetype)fields:(id)fields;
- (BOOL)has:(NSString *)key;
/// What must be there.
- (id)at:(NSString *)key;
- (With *)withAt:(NSString *)key;
- (NSString *)text:(NSString *)key;
/// nil if it is absent.
- (nullable NSString *)textOrNil:(NSString *)key;
- (uint64_t)number:(NSString *)key;
- (uint32_t)number32:(NSString *)key;
- (BOOL)flag:(NSString *)key;
- (NSArray *)list:(NSString *)key;
- (NSArray<NSString *> *)texts:(NSString *)key;
@end

NS_ASSUME_NONNULL_END

/// The blocks that end a call that answers nothing, and any call that is refused. They need a `reply`.
#define DONE \
    ^{ \
        [reply answer:nil]; \
    }
#define REFUSED \
    ^(int code, NSString *desc) { \
        [reply refuse:code because:desc]; \
    }

#endif  // SEENBY_AGENT_WIRE_H
