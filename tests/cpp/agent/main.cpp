// Performs scenarios through the documented C++ classes, as tests/scenarios/PROTOCOL.md says. Reads requests on this thread;
// answers come from it, and from the delivery threads of the managers.

#include <cstdio>
#include <iostream>

#include "calls.h"

namespace {

typedef std::map<uint64_t, std::unique_ptr<World>> Worlds;

void Init(World& world, uint64_t number, const With& request, const Reply& reply) {
    const std::string name = Std(request.Text("device"));
    if (world.devices.count(name)) throw Broken(name + " is not closed");
    std::unique_ptr<Device> device(new Device(number, name, world.natives));
    if (!device->Manager().InitSDK(request.Number32("app"), ConfigOf(request))) {
        const V2TIMSeenByError error = V2TIMSeenByManager::LastError();
        return reply.Refuse(error.code, error.message);
    }
    world.devices[name] = std::move(device);
    reply.Done();
}

void Serve(Worlds& worlds, const Json& line, const Reply& reply) {
    const With request(line);
    const uint64_t number = request.At("world").get<uint64_t>();
    const std::string what = request.At("do").get<std::string>();
    if (what == "forget") {
        worlds.erase(number);
        return reply.Done();
    }
    std::unique_ptr<World>& world = worlds[number];
    if (!world) world.reset(new World());
    const std::string device = Std(request.Text("device"));
    if (what == "init") {
        Init(*world, number, request, reply);
    } else if (what == "close") {
        world->Open(device);
        world->devices.erase(device);
        reply.Done();
    } else if (what == "network") {
        reply.AtOnce(world->Open(device).SeenBy().NetworkAvailable(request.Flag("available")));
    } else if (what == "call") {
        const With with(request.At("with"));
        const std::string name = request.At("name").get<std::string>();
        Perform({*world, world->Open(device), name, with, reply});
    } else if (what == "enqueueReceipts") {
        EnqueueReceipts(*world, request, reply);
    } else if (!Operate(*world, what, request, reply)) {
        throw Broken("\"" + what + "\" is nothing that an agent does");
    }
}

}  // namespace

int main() {
    OpenWire();
    Worlds worlds;
    std::string line;
    while (std::getline(std::cin, line)) {
        if (line.empty()) continue;
        const Json request = Json::parse(line);
        const Reply reply(request.at("id").get<uint64_t>());
        try {
            Serve(worlds, request, reply);
        } catch (const std::exception& why) {
            reply.Break(why.what());
        }
    }
    return 0;
}
