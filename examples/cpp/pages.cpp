// Who has not read a message of a group, page after page: the next page is asked for from inside the callback of the last
// one, and each callback deletes itself.

#include <cstdio>
#include <set>
#include <string>

#include <V2TIMGroupManager.h>
#include <V2TIMManager.h>
#include <V2TIMMessageManager.h>

#include "wait.h"

static const int kMembers = 25;
static const uint32_t kPage = 10;

// All pages of a list.
struct Walk {
    V2TIMManager* manager;
    V2TIMMessage message;
    std::set<std::string> users;
    int pages;
};

static void NextPage(const std::shared_ptr<Walk>& walk, uint64_t nextSeq, const Ending<bool>& ending) {
    const OnFailure failure = ending.Failure();
    auto callback = new ValueCallback<V2TIMGroupMessageReadMemberList>;
    callback->SetCallback(
        [=](const V2TIMGroupMessageReadMemberList& page) {
            ++walk->pages;
            for (size_t i = 0; i < page.members.Size(); ++i) {
                std::printf("page %d: %s\n", walk->pages, page.members[i].userID.CString());
                Check(walk->users.insert(page.members[i].userID.CString()).second, "a member comes twice");
            }
            if (page.isFinished)
                ending.Set(true);
            else
                NextPage(walk, page.nextSeq, ending);
            delete callback;
        },
        [=](int error_code, const V2TIMString& error_message) {
            failure(error_code, error_message);
            delete callback;
        });
    walk->manager->GetMessageManager()->GetGroupMessageReadMemberList(
        walk->message, V2TIMGroupMessageReadMembersFilter::V2TIM_GROUP_MESSAGE_READ_MEMBERS_FILTER_UNREAD, nextSeq, kPage,
        callback);
}

int main() {
    V2TIMManager* const manager = V2TIMManager::GetInstance();
    V2TIMSDKConfig config;
    config.seenBy.server = "embedded:mem/pages";
    Check(manager->InitSDK(1, config), "InitSDK refuses");
    Run("login", [=](V2TIMCallback* callback) { manager->Login("alice", "", callback); });

    Ask<V2TIMString>("the group", [=](V2TIMValueCallback<V2TIMString>* callback) {
        V2TIMGroupInfo group;
        group.groupID = "everybody";
        group.groupType = "Public";
        V2TIMCreateGroupMemberInfoVector members;
        for (int i = 0; i < kMembers; ++i) {
            V2TIMCreateGroupMemberInfo member;
            member.userID = ("user" + std::to_string(i)).c_str();
            members.PushBack(member);
        }
        manager->GetGroupManager()->CreateGroup(group, members, callback);
    });

    Ending<V2TIMMessage> sent("the message");
    const OnFailure failure = sent.Failure();
    auto callback = new SendCallback;
    callback->SetCallback(
        [=](const V2TIMMessage& message) {
            sent.Set(message);
            delete callback;
        },
        [=](int error_code, const V2TIMString& error_message) { failure(error_code, error_message); },
        [=](uint32_t) {});
    V2TIMMessage message = manager->GetMessageManager()->CreateTextMessage(u8"大家好");
    message.needReadReceipt = true;
    manager->GetMessageManager()->SendMessage(message, "", "everybody", V2TIM_PRIORITY_DEFAULT, false, {}, callback);

    auto walk = std::make_shared<Walk>();
    walk->manager = manager;
    walk->message = sent.Wait();
    walk->pages = 0;
    Ending<bool> over("the pages");
    NextPage(walk, 0, over);
    over.Wait();
    Check(walk->pages == 3, "25 members are three pages of 10");
    Check(walk->users.size() == kMembers, "each member comes once");
    manager->UnInitSDK();
    return 0;
}
