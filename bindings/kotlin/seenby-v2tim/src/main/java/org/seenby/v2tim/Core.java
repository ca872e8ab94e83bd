package org.seenby.v2tim;

import org.seenby.core.Completion;
import org.seenby.core.Failure;
import org.seenby.core.Fanout;
import org.seenby.core.SeenByClient;

/** A client of the core, as the managers call it: whatever is wrong with a call is told to its callback, never thrown. */
final class Core {
    final SeenByClient client;
    final Fanout listeners = new Fanout();

    Core(SeenByClient client) {
        this.client = client;
    }

    /** Begins a call. */
    interface Start {
        void start(SeenByClient client, Completion end) throws Exception;
    }

    void call(Completion end, Start start) {
        try {
            start.start(client, end);
        } catch (Failure e) {
            refuse(Ends.code(e), Ends.text(e), end);
        } catch (Exception e) {
            refuse(BaseConstants.ERR_SEENBY_PANIC, "SeenBy failed inside: " + e.getMessage() + "; please report it", end);
        }
    }

    /** Ends a call with an error, in its turn, never inside the call. */
    void refuse(int code, String text, Completion end) {
        client.refuse(code, text, end);
    }

    /** A documented call that is outside of what SeenBy does. */
    void unsupported(String name, Completion end) {
        refuse(BaseConstants.ERR_SDK_INTERFACE_NOT_SUPPORT,
                name + " is outside of what SeenBy does: it carries texts, data and receipts; see docs/android.md", end);
    }
}
