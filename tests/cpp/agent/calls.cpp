#include "calls.h"

void Perform(const Call& call) {
    const bool done = CallLogin(call) || CallMessages(call) || CallReceipts(call) || CallGroups(call) ||
                      CallMembers(call) || CallPeople(call) || CallConversations(call);
    if (!done) throw Broken("the call " + call.name + " is not in the vocabulary");
}

bool CallLogin(const Call& call) {
    V2TIMManager& manager = call.device.Manager();
    const std::string& name = call.name;
    if (name == "login") {
        manager.Login(call.with.Text("user"), call.with.Text("userSig"), call.reply.Callback());
    } else if (name == "logout") {
        manager.Logout(call.reply.Callback());
    } else if (name == "unInit") {
        manager.UnInitSDK();
        call.reply.Done();
    } else if (name == "getLoginUser") {
        call.reply.Answer(Std(manager.GetLoginUser()));
    } else if (name == "getServerTime") {
        call.reply.Answer(manager.GetServerTime());
    } else if (name == "debugState") {
        call.reply.Answer(Json::parse(Std(call.device.SeenBy().DebugState())));
    } else if (name == "setReadReceiptsEnabled") {
        call.device.SeenBy().SetReadReceiptsEnabled(call.with.Flag("enabled"), call.reply.Callback());
    } else {
        return false;
    }
    return true;
}
