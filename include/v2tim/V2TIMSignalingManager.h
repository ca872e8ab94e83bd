// SPDX-License-Identifier: MIT OR Apache-2.0

#ifndef SEENBY_V2TIM_SIGNALING_MANAGER_H
#define SEENBY_V2TIM_SIGNALING_MANAGER_H

#include "V2TIMFriendshipManager.h"

#endif  // SEENBY_V2TIM_SIGNALING_MANAGER_H
