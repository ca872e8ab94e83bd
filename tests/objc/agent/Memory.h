// The same source with ARC (a Mac) and without it (GNUstep, where properties also need their variables written out).

#ifndef SEENBY_AGENT_MEMORY_H
#define SEENBY_AGENT_MEMORY_H

#import <Foundation/Foundation.h>

#if __has_feature(objc_arc)
#define AUTORELEASED(object) (object)
#define RETAINED(object) (object)
#define LET_GO(variable) (variable = nil)
#else
#define AUTORELEASED(object) ([(object) autorelease])
#define RETAINED(object) ([(object) retain])
#define LET_GO(variable) ([variable release], variable = nil)
#endif

#endif  // SEENBY_AGENT_MEMORY_H
