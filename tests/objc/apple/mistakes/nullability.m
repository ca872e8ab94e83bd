// Expected: pointer is missing a nullability type specifier
// A header that forgot one.
#import "nullability.h"
