// Expected: is only available on
// A function that the oldest system does not have.
#import <Foundation/Foundation.h>

void newer(void) __attribute__((availability(macos, introduced = 12.0))) __attribute__((availability(ios, introduced = 15.0)));
void mistake(void);
void mistake(void) { newer(); }
