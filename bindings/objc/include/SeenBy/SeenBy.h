// SPDX-License-Identifier: MIT OR Apache-2.0
//
// All of SeenBy for Objective-C: the documented classes, and what is ours.

#import "SeenByConfig.h"
#import "SeenByDefines.h"
#import "SeenByDetails.h"
#import "SeenByReadTracker.h"
#import "SeenByTestService.h"
#import "SeenByV2TIM.h"
#import "V2TIMCallback.h"
#import "V2TIMConversation.h"
#import "V2TIMErrorCode.h"
#import "V2TIMGroup.h"
#import "V2TIMListener.h"
#import "V2TIMManager+Conversation.h"
#import "V2TIMManager+Group.h"
#import "V2TIMManager+Message.h"
#import "V2TIMManager.h"
#import "V2TIMMessage.h"
#import "V2TIMUser.h"
