// The service of a world, inside this process.

#include "calls.h"

bool Operate(World& world, const std::string& what, const With& request, const Reply& reply) {
    V2TIMSeenByService& service = world.service;
    const auto json = [&request](const char* key) { return V2TIMSeenByString::FromStd(request.At(key).dump()); };
    if (what == "service.open") {
        reply.AtOnce(service.Open(request.Number32("app"), ConfigOf(request), json("settings"), json("limits")));
    } else if (what == "service.configure") {
        reply.AtOnce(service.Configure(json("settings")));
    } else if (what == "service.deleteUser") {
        reply.AtOnce(service.DeleteUser(request.Text("user")));
    } else if (what == "service.deleteMessage") {
        reply.AtOnce(service.DeleteMessage(request.Text("seenBy"), request.Text("conversationID"), request.Text("msgID")));
    } else if (what == "service.close") {
        reply.AtOnce(service.Close());
    } else {
        return false;
    }
    return true;
}
