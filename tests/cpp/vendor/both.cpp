// SPDX-License-Identifier: MIT OR Apache-2.0
//
// One program with SeenBy and with another library that defines the documented names globally: in this file both, in ours.cpp
// SeenBy alone by the global names.

#define SEENBY_V2TIM_NO_GLOBAL_NAMES
#include <v2tim/V2TIMManager.h>

// The other library's header of the same name.
#include "V2TIMManager.h"

#include "../check.h"

size_t ours_by_global_names(const char* text);

TEST("each name means what its namespace says") {
    const V2TIMString theirs("abc");
    const seenby_v2tim::V2TIMString ours("abc");
    CHECK_EQ(theirs.Size(), 4711u);
    CHECK_EQ(ours.Size(), 3u);
    CHECK_EQ(V2TIMMessageVector().Size(), 4712u);
    CHECK_EQ(seenby_v2tim::V2TIMMessageVector().Size(), 0u);
    CHECK_EQ(static_cast<int>(V2TIM_PRIORITY_DEFAULT), 40);
    CHECK_EQ(static_cast<int>(seenby_v2tim::V2TIM_PRIORITY_DEFAULT), 0);
    CHECK_EQ(static_cast<int>(ERR_SUCC), 41);
    CHECK_EQ(V2TIMManager::GetInstance()->GetMessageManager()->WhoseIsThis(), 4713);
    CHECK(static_cast<void*>(V2TIMManager::GetInstance()) !=
          static_cast<void*>(seenby_v2tim::V2TIMManager::GetInstance()));
    CHECK_EQ(std::string(seenby_v2tim::V2TIMManager::GetInstance()->GetVersion().CString()), SEENBY_VERSION);
    CHECK(V2TIMMessage().IsRead());
    CHECK(!seenby_v2tim::V2TIMMessage().IsRead());
}

TEST("a file that uses SeenBy by the global names gets SeenBy's") { CHECK_EQ(ours_by_global_names("abcd"), 104u); }

RUN_TESTS()
