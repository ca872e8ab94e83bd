// SPDX-License-Identifier: MIT OR Apache-2.0
//
// A file of the program that uses SeenBy by the global names.

#include <v2tim/V2TIMManager.h>

size_t ours_by_global_names(const char* text) {
    V2TIMString copy(text);
    V2TIMMessage message = V2TIMManager::GetInstance()->GetMessageManager()->CreateTextMessage(copy);
    V2TIMMessageVector list;
    list.PushBack(message);
    return static_cast<const V2TIMTextElem*>(list[0].elemList[0])->text.Size() + list.Size() * 100 +
           static_cast<size_t>(ERR_SUCC) + static_cast<size_t>(V2TIM_PRIORITY_DEFAULT) + (message.IsRead() ? 1000 : 0);
}
