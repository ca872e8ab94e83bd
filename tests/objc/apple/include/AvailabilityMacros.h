// A stand-in.
#ifndef STAND_IN_AVAILABILITY_MACROS_H
#define STAND_IN_AVAILABILITY_MACROS_H
#include <Availability.h>
#endif
