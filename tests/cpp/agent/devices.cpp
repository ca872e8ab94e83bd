#include "devices.h"

Device::Device(uint64_t world, const std::string& name, std::shared_ptr<Natives> natives)
    : manager_(V2TIMSeenByManager::CreateManager()), listener_(world, name, std::move(natives)) {
    listener_.AddTo(*manager_);
}

Device::~Device() {
    tracker_.reset();
    manager_->UnInitSDK();
    listener_.RemoveFrom(*manager_);
    const int32_t code = V2TIMSeenByManager::DestroyManager(manager_);
    if (code != SEENBY_OK) {
        std::fprintf(stderr, "a manager could not be destroyed: %d\n", static_cast<int>(code));
        std::abort();
    }
}

V2TIMSeenByReadTracker& Device::Tracker() {
    if (!tracker_) {
        tracker_.reset(new V2TIMSeenByReadTracker(manager_, V2TIMString()));
        if (tracker_->Code() != SEENBY_OK) {
            const std::string why = Std(V2TIMSeenByManager::LastError().message);
            tracker_.reset();
            throw Broken("there is no tracker: " + why);
        }
    }
    return *tracker_;
}

Device& World::Open(const std::string& name) {
    const auto found = devices.find(name);
    if (found == devices.end()) throw Broken(name + " is closed");
    return *found->second;
}

V2TIMSDKConfig ConfigOf(const With& request) {
    V2TIMSDKConfig config;
    config.initPath = request.Text("dataDir");
    config.seenBy.server = request.Text("endpoint");
    config.seenBy.deviceLabel = request.Text("label");
    config.seenBy.withReaders = request.Flag("withReaders");
    config.seenBy.seenForMs = request.Number32("seenForMs");
    config.seenBy.clientName = "scenarios";
    return config;
}
