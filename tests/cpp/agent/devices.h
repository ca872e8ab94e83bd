// Devices and worlds: what there is of a scenario in this process.

#ifndef SEENBY_AGENT_DEVICES_H
#define SEENBY_AGENT_DEVICES_H

#include <map>

#include "listener.h"

/// One device whose app runs. Only the reading thread touches it.
class Device {
public:
    Device(uint64_t world, const std::string& name, std::shared_ptr<Natives> natives);
    ~Device();

    V2TIMManager& Manager() { return *manager_; }
    V2TIMSeenByManager& SeenBy() { return *manager_->GetSeenByManager(); }
    /// Of this device, for all conversations; made when first asked for.
    V2TIMSeenByReadTracker& Tracker();

private:
    Device(const Device&) = delete;
    Device& operator=(const Device&) = delete;

    V2TIMManager* manager_;
    Listener listener_;
    std::unique_ptr<V2TIMSeenByReadTracker> tracker_;
};

/// One scenario.
struct World {
    /// Also held by callbacks, which may outlive the scenario.
    std::shared_ptr<Natives> natives = std::make_shared<Natives>();
    /// Goes after the devices.
    V2TIMSeenByService service;
    std::map<std::string, std::unique_ptr<Device>> devices;

    Device& Open(const std::string& name);
};

V2TIMSDKConfig ConfigOf(const With& request);

#endif  // SEENBY_AGENT_DEVICES_H
