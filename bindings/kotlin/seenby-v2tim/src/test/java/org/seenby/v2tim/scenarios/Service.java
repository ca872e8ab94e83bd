package org.seenby.v2tim.scenarios;

import java.util.List;
import org.seenby.core.ClientConfig;
import org.seenby.core.EmbeddedService;
import org.seenby.core.Threads;

/** A world's embedded service, as its operator has it. */
final class Service {
    private EmbeddedService held;

    void open(With request) throws Exception {
        Threads.ready();
        ClientConfig config = new ClientConfig(request.number("app"), request.text("endpoint"), false, null, null, false,
                null, List.of(), null, 0, 0, 0, "scenarios");
        held = EmbeddedService.Companion.open(config, request.get("settings").toString(), request.get("limits").toString());
    }

    private EmbeddedService held() {
        if (held == null) {
            throw new IllegalStateException("the service is gone");
        }
        return held;
    }

    void configure(With request) throws Exception {
        held().configure(request.get("settings").toString());
    }

    void deleteUser(With request) throws Exception {
        held().deleteUser(request.text("user"));
    }

    void deleteMessage(With request) throws Exception {
        held().deleteMessage(request.text("seenBy"), request.text("conversationID"), request.text("msgID"));
    }

    void close() {
        if (held != null) {
            held.close();
            held = null;
        }
    }
}
