// A stand-in for Apple's Foundation: what SeenBy's Objective-C uses of it, declared in our own words, so that the sources are
// checked under ARC for Apple's targets on a machine without its SDK. Nothing is compiled from it, and nothing is complete.

#ifndef STAND_IN_FOUNDATION_H
#define STAND_IN_FOUNDATION_H

#include <Availability.h>
#include <TargetConditionals.h>
#include <limits.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <objc/NSObjCRuntime.h>
#include <objc/runtime.h>
#include <dispatch/dispatch.h>

#import <Foundation/NSObject.h>
#import <Foundation/NSString.h>
#import <Foundation/NSValue.h>
#import <Foundation/NSCollections.h>
#import <Foundation/NSSystem.h>
#import <Foundation/NSThreads.h>

#endif
