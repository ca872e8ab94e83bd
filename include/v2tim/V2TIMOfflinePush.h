// SPDX-License-Identifier: MIT OR Apache-2.0
//
// SeenBy sends no push notifications: what is set here has no effect (docs/v2tim-cpp.md).

#ifndef SEENBY_V2TIM_OFFLINE_PUSH_H
#define SEENBY_V2TIM_OFFLINE_PUSH_H

#include "V2TIMCommon.h"

SEENBY_V2TIM_BEGIN

enum V2TIMIOSOfflinePushType : int { V2TIM_IOS_OFFLINE_PUSH_TYPE_APNS = 0, V2TIM_IOS_OFFLINE_PUSH_TYPE_VOIP = 1 };

struct V2TIMOfflinePushInfo {
    V2TIMString title;
    V2TIMString desc;
    V2TIMString ext;
    bool disablePush = false;
    V2TIMIOSOfflinePushType iOSPushType = V2TIM_IOS_OFFLINE_PUSH_TYPE_APNS;
    bool ignoreIOSBadge = false;
    V2TIMString iOSSound;
    V2TIMString AndroidSound;
    V2TIMString AndroidOPPOChannelID;
    V2TIMString AndroidFCMChannelID;
    V2TIMString AndroidXiaoMiChannelID;
    int32_t AndroidVIVOClassification = 1;
    V2TIMString AndroidVIVOCategory;
    V2TIMString AndroidHuaWeiCategory;
};

SEENBY_V2TIM_END

#ifndef SEENBY_V2TIM_NO_GLOBAL_NAMES
using seenby_v2tim::V2TIMIOSOfflinePushType;
using seenby_v2tim::V2TIMOfflinePushInfo;
using seenby_v2tim::V2TIM_IOS_OFFLINE_PUSH_TYPE_APNS;
using seenby_v2tim::V2TIM_IOS_OFFLINE_PUSH_TYPE_VOIP;
#endif

#endif  // SEENBY_V2TIM_OFFLINE_PUSH_H
