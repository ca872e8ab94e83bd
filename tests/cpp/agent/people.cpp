// Conversations and people.

#include "calls.h"

bool CallConversations(const Call& call) {
    V2TIMConversationManager& conversations = *call.device.Manager().GetConversationManager();
    const std::shared_ptr<Natives> natives = call.world.natives;
    const V2TIMString conversation = call.with.Text("conversationID");
    const std::string& name = call.name;
    if (name == "getConversationList") {
        conversations.GetConversationList(call.with.Number("nextSeq"), call.with.Number32("count"),
                                          call.reply.Value<V2TIMConversationResult>(
                                              [natives](const V2TIMConversationResult& page) { return natives->Of(page); }));
    } else if (name == "getConversation") {
        conversations.GetConversation(conversation, call.reply.Value<V2TIMConversation>(
                                                        [natives](const V2TIMConversation& one) { return natives->Of(one); }));
    } else if (name == "getTotalUnreadMessageCount") {
        conversations.GetTotalUnreadMessageCount(call.reply.Value<uint64_t>([](uint64_t total) { return Json(total); }));
    } else if (name == "cleanConversationUnreadMessageCount") {
        conversations.CleanConversationUnreadMessageCount(conversation, call.with.Number("cleanTimestamp"),
                                                          call.with.Number("cleanSequence"), call.reply.Callback());
    } else {
        return false;
    }
    return true;
}

bool CallPeople(const Call& call) {
    V2TIMManager& manager = call.device.Manager();
    if (call.name == "setSelfInfo") {
        V2TIMUserFullInfo info;
        info.nickName = call.with.Text("nickName");
        info.faceURL = call.with.Text("faceURL");
        if (call.with.Has("nickName")) info.modifyFlag |= V2TIM_USER_INFO_MODIFY_FLAG_NICK;
        if (call.with.Has("faceURL")) info.modifyFlag |= V2TIM_USER_INFO_MODIFY_FLAG_FACE_URL;
        manager.SetSelfInfo(info, call.reply.Callback());
    } else if (call.name == "getUsersInfo") {
        manager.GetUsersInfo(call.with.Texts("users"),
                             call.reply.Value<V2TIMUserFullInfoVector>(
                                 [](const V2TIMUserFullInfoVector& profiles) { return JsonOf(profiles); }));
    } else {
        return false;
    }
    return true;
}
