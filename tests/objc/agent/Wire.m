#import "Wire.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void Broken(NSString *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    NSString *why = AUTORELEASED([[NSString alloc] initWithFormat:format arguments:arguments]);
    va_end(arguments);
    [[NSException exceptionWithName:@"Broken" reason:why userInfo:nil] raise];
    abort();
}

NSNumber *Flag(BOOL flag) { return [NSNumber numberWithBool:flag]; }

/// GNUstep reads every number as a fraction, and writes large ones with an exponent.
static id whole(id value) {
    if ([value isKindOfClass:[NSArray class]]) {
        NSMutableArray *list = [NSMutableArray array];
        for (id one in value) [list addObject:whole(one)];
        return list;
    }
    if ([value isKindOfClass:[NSDictionary class]]) {
        NSMutableDictionary *fields = [NSMutableDictionary dictionary];
        for (NSString *key in value) [fields setObject:whole([value objectForKey:key]) forKey:key];
        return fields;
    }
    BOOL isFlag = value == Flag(YES) || value == Flag(NO);
    if (!isFlag && [value isKindOfClass:[NSNumber class]] && [value doubleValue] == (double)[value longLongValue]) {
        return [NSNumber numberWithLongLong:[value longLongValue]];
    }
    return value;
}

NSString *JsonText(id value) {
    NSData *bytes = [NSJSONSerialization dataWithJSONObject:whole(value) options:0 error:NULL];
    if (bytes == nil) Broken(@"%@ is no JSON", value);
    return AUTORELEASED([[NSString alloc] initWithData:(NSData *)bytes encoding:NSUTF8StringEncoding]);
}

void Say(NSDictionary<NSString *, id> *line) {
    NSError *error = nil;
    NSData *bytes = [NSJSONSerialization dataWithJSONObject:line options:0 error:&error];
    if (bytes == nil) {
        fprintf(stderr, "a line cannot be written as JSON: %s\n", [[error description] UTF8String]);
        abort();
    }
    @synchronized([Reply class]) {
        fwrite([bytes bytes], 1, [bytes length], stdout);
        fputc('\n', stdout);
        fflush(stdout);
    }
}

@implementation Reply

+ (instancetype)to:(NSNumber *)identifier {
    Reply *reply = AUTORELEASED([[Reply alloc] init]);
    reply->_identifier = RETAINED([NSNumber numberWithLongLong:[identifier longLongValue]]);
    return reply;
}

#if !__has_feature(objc_arc)
- (void)dealloc {
    [_identifier release];
    [super dealloc];
}
#endif

- (void)once:(NSDictionary<NSString *, id> *)line {
    @synchronized(self) {
        if (_answered) {
            fprintf(stderr, "request %s ended twice, now with %s\n", [[_identifier description] UTF8String],
                    [[line description] UTF8String]);
            abort();
        }
        _answered = YES;
    }
    NSMutableDictionary *numbered = [NSMutableDictionary dictionary];
    for (NSString *key in line) [numbered setObject:(id)[line objectForKey:key] forKey:key];
    [numbered setObject:_identifier forKey:@"id"];
    Say(numbered);
}

- (void)answer:(id)value {
    [self once:@{ @"answer" : value == nil ? [NSNull null] : value }];
}

- (void)refuse:(NSInteger)code because:(NSString *)sentence {
    [self refuse:code because:sentence with:nil];
}

- (void)refuse:(NSInteger)code because:(NSString *)sentence with:(id)value {
    NSDictionary *error = @{ @"code" : @(code), @"message" : sentence == nil ? @"" : sentence };
    [self once:@{ @"error" : error, @"answer" : value == nil ? [NSNull null] : value }];
}

- (void)broken:(NSString *)why {
    [self once:@{ @"broken" : why }];
}

- (void)did:(BOOL)done error:(NSError *)error {
    if (done) return [self answer:nil];
    if (error == nil) return [self broken:@"it was refused, and nobody said why"];
    [self refuse:error.code because:error.localizedDescription];
}

@end

@implementation With

+ (instancetype)fields:(id)fields {
    if (![fields isKindOfClass:[NSDictionary class]]) Broken(@"%@ is no object", fields);
    With *with = AUTORELEASED([[With alloc] init]);
    with->_all = RETAINED(fields);
    return with;
}

#if !__has_feature(objc_arc)
- (void)dealloc {
    [_all release];
    [super dealloc];
}
#endif

- (BOOL)has:(NSString *)key {
    id value = [_all objectForKey:key];
    return value != nil && value != [NSNull null];
}

- (id)at:(NSString *)key {
    id value = [_all objectForKey:key];
    if (value == nil) Broken(@"a request lacks %@", key);
    return (id _Nonnull)value;
}

- (With *)withAt:(NSString *)key {
    return [With fields:[self at:key]];
}

- (NSString *)text:(NSString *)key {
    NSString *text = [self textOrNil:key];
    return text == nil ? @"" : (NSString *)text;
}

- (NSString *)textOrNil:(NSString *)key {
    if (![self has:key]) return nil;
    id text = [self at:key];
    if (![text isKindOfClass:[NSString class]]) Broken(@"%@ is no text: %@", key, text);
    return text;
}

- (uint64_t)number:(NSString *)key {
    return [self has:key] ? [[self at:key] unsignedLongLongValue] : 0;
}

- (uint32_t)number32:(NSString *)key {
    uint64_t number = [self number:key];
    if (number > UINT32_MAX) Broken(@"%@ is too large for its type", key);
    return (uint32_t)number;
}

- (BOOL)flag:(NSString *)key {
    return [self has:key] && [[self at:key] boolValue];
}

- (NSArray *)list:(NSString *)key {
    return [self has:key] ? [self at:key] : [NSArray array];
}

- (NSArray<NSString *> *)texts:(NSString *)key {
    return [self list:key];
}

@end
