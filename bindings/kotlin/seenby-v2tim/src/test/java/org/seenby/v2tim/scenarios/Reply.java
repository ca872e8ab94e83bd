package org.seenby.v2tim.scenarios;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import org.seenby.core.Failure;
import org.seenby.v2tim.SeenByException;
import org.seenby.v2tim.V2TIMCallback;
import org.seenby.v2tim.V2TIMValueCallback;

/** The line that answers a request: one, exactly. */
final class Reply {
    private static final Gson GSON = new GsonBuilder().serializeNulls().disableHtmlEscaping().create();
    private static final OutputStream OUT = new FileOutputStream(FileDescriptor.out);

    private final long id;
    private final AtomicBoolean answered = new AtomicBoolean();

    Reply(long id) {
        this.id = id;
    }

    /** Writes a line. */
    static void say(JsonObject line) {
        byte[] bytes = (GSON.toJson(line) + "\n").getBytes(StandardCharsets.UTF_8);
        synchronized (OUT) {
            try {
                OUT.write(bytes);
            } catch (IOException e) {
                throw new UncheckedIOException("the runner is gone", e);
            }
        }
    }

    private void once(JsonObject line) {
        if (answered.getAndSet(true)) {
            throw new IllegalStateException("request " + id + " ended twice, now with " + line);
        }
        line.addProperty("id", id);
        say(line);
    }

    void answer(JsonElement value) {
        JsonObject line = new JsonObject();
        line.add("answer", value == null ? JsonNull.INSTANCE : value);
        once(line);
    }

    void refused(int code, String message) {
        refused(code, message, null);
    }

    void refused(int code, String message, JsonElement value) {
        JsonObject error = new JsonObject();
        error.addProperty("code", code);
        error.addProperty("message", message);
        JsonObject line = new JsonObject();
        line.add("error", error);
        if (value != null) {
            line.add("answer", value);
        }
        once(line);
    }

    void broken(String why) {
        JsonObject line = new JsonObject();
        line.addProperty("broken", why);
        once(line);
    }

    /** Something that answers nothing. */
    interface Act {
        void act() throws Exception;
    }

    /** Something that answers a value. */
    interface Make {
        JsonElement make() throws Exception;
    }

    /** What is done when it returns. */
    void atOnce(Act act) {
        value(() -> {
            act.act();
            return null;
        });
    }

    /** What answers when it returns. */
    void value(Make make) {
        JsonElement value;
        try {
            value = make.make();
        } catch (SeenByException e) {
            refused(e.getCode(), e.getMessage());
            return;
        } catch (Failure.Refused e) {
            refused(e.getCode(), e.getText());
            return;
        } catch (Exception e) {
            broken(e.toString());
            return;
        }
        answer(value);
    }

    V2TIMCallback done() {
        return new V2TIMCallback() {
            @Override
            public void onSuccess() {
                answer(null);
            }

            @Override
            public void onError(int code, String desc) {
                refused(code, desc);
            }
        };
    }

    /** From what a call answers to JSON. */
    interface Json<T> {
        JsonElement of(T value);
    }

    <T> V2TIMValueCallback<T> value(Json<T> json) {
        return new V2TIMValueCallback<T>() {
            @Override
            public void onSuccess(T value) {
                answer(json.of(value));
            }

            @Override
            public void onError(int code, String desc) {
                refused(code, desc);
            }
        };
    }
}
