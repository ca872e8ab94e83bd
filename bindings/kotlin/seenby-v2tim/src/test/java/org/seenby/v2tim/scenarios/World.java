package org.seenby.v2tim.scenarios;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.seenby.v2tim.SeenByException;
import org.seenby.v2tim.SeenByV2TIM;
import org.seenby.v2tim.V2TIMMessage;
import org.seenby.v2tim.V2TIMSDKConfig;

/** One scenario: its devices, its values and its service. Requests of one world come one at a time. */
final class World {
    final long number;
    final Values values = new Values();
    final Service service = new Service();
    private final Map<String, Device> devices = new LinkedHashMap<>();

    World(long number) {
        this.number = number;
    }

    void init(With request) throws SeenByException {
        String name = request.text("device");
        if (devices.containsKey(name)) {
            throw new IllegalStateException(name + " is not closed");
        }
        V2TIMSDKConfig config = new V2TIMSDKConfig();
        config.getSeenBy()
                .setServer(request.text("endpoint"))
                .setDataDir(request.text("dataDir"))
                .setCaFile(request.textOrNull("caFile"))
                .setDeviceLabel(request.text("label"))
                .setWithReaders(request.flag("withReaders"))
                .setSeenForMs(request.number32("seenForMs"))
                .setClientName("scenarios");
        devices.put(name, new Device(this, name, SeenByV2TIM.createManager(request.number32("app"), config)));
    }

    Device device(String name) {
        Device device = devices.get(name);
        if (device == null) {
            throw new IllegalStateException(name + " is closed");
        }
        return device;
    }

    Device remove(String name) {
        Device device = device(name);
        devices.remove(name);
        return device;
    }

    void enqueue(With request) throws SeenByException {
        List<V2TIMMessage> messages = values.messages(request.list("messages"));
        for (String id : request.texts("msgIDs")) {
            messages.add(SeenByV2TIM.messageReference(null, id, null));
        }
        SeenByV2TIM.enqueueReceipts(request.text("endpoint"), request.number32("app"), request.text("dataDir"),
                request.text("user"), messages);
    }

    void close() {
        devices.values().forEach(Device::close);
        devices.clear();
        service.close();
    }
}
