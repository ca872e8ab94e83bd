// SPDX-License-Identifier: MIT OR Apache-2.0
//
// SeenBy's Objective-C classes by the documented names, over seenby.h. docs/apple.md says which call does what. Rules in
// brackets (R7) are those of docs/SPEC.md.
//
// What the linker and the runtime see begins with SeenBy: class SeenByV2TIMManager, protocol SeenByV2TIMSDKListener. The
// documented names stand for these: V2TIMManager, V2TIMSDKListener. With SEENBY_NO_GLOBAL_NAMES they do not, and a file may
// include another library's headers that have the same names; such a library may be linked either way.

#ifndef SEENBY_OBJC_DEFINES_H
#define SEENBY_OBJC_DEFINES_H

#import <Foundation/Foundation.h>
#include <stdint.h>
#include <time.h>

#ifndef NS_SWIFT_NAME
#define NS_SWIFT_NAME(name)
#endif
#ifndef NS_REFINED_FOR_SWIFT
#define NS_REFINED_FOR_SWIFT
#endif

// The numbers of enumerations have the documented names, or SeenBy and those.
#ifdef SEENBY_NO_GLOBAL_NAMES
#define SEENBY_NAME(name) SeenBy##name
#define SEENBY_CLASS_NAME(name)
#define SEENBY_TYPE_NAME(name)
#else
#define SEENBY_NAME(name) name
/// The documented name of a class.
#define SEENBY_CLASS_NAME(name) @compatibility_alias name SeenBy##name;
/// The documented name of another type.
#define SEENBY_TYPE_NAME(name) typedef SeenBy##name name;
#endif

// The fields of classes are in their interfaces, and are nobody's business: runtimes like GNUstep's want them there.

/// SeenBy alone makes objects of this class.
#ifdef __APPLE__
#define SEENBY_NO_INIT -(instancetype)init NS_UNAVAILABLE;
#else
#define SEENBY_NO_INIT
#endif

/// What the library shows, also where everything else is hidden.
#define SEENBY_OBJC_EXPORT __attribute__((visibility("default")))

#endif  // SEENBY_OBJC_DEFINES_H
