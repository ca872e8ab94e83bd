package org.seenby.v2tim.scenarios;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.seenby.core.Reports;

/** Performs scenarios through the documented Java classes, as tests/scenarios/PROTOCOL.md says. */
public final class Agent {
    private static final ConcurrentMap<Long, World> WORLDS = new ConcurrentHashMap<>();

    private Agent() {}

    public static void main(String[] args) throws Exception {
        Reports.setHandler((where, what) -> {
            // A callback of this program that throws has told the runner nothing: that must not pass.
            what.printStackTrace();
            System.exit(1);
        });
        ExecutorService threads = Executors.newCachedThreadPool();
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            JsonObject request = JsonParser.parseString(line).getAsJsonObject();
            threads.execute(() -> answer(request));
        }
        threads.shutdown();
        if (!threads.awaitTermination(30, TimeUnit.SECONDS)) {
            throw new IOException("a request was still being worked on 30 s after the last line");
        }
    }

    private static void answer(JsonObject request) {
        Reply reply = new Reply(request.get("id").getAsLong());
        try {
            serve(new With(request), reply);
        } catch (Throwable e) {
            reply.broken(e.toString());
        }
    }

    private static void serve(With request, Reply reply) throws Exception {
        long number = request.number("world");
        String what = request.text("do");
        if (what.equals("forget")) {
            World world = WORLDS.remove(number);
            if (world != null) {
                world.close();
            }
            reply.answer(null);
            return;
        }
        World world = WORLDS.computeIfAbsent(number, World::new);
        switch (what) {
            case "init" -> reply.atOnce(() -> world.init(request));
            case "close" -> reply.atOnce(() -> world.remove(request.text("device")).close());
            case "network" -> reply.atOnce(() -> world.device(request.text("device")).network(request.flag("available")));
            case "call" -> new Calls(world, world.device(request.text("device")), request.with("with"), reply)
                    .perform(request.text("name"));
            case "enqueueReceipts" -> reply.atOnce(() -> world.enqueue(request));
            case "service.open" -> reply.atOnce(() -> world.service.open(request));
            case "service.configure" -> reply.atOnce(() -> world.service.configure(request));
            case "service.deleteUser" -> reply.atOnce(() -> world.service.deleteUser(request));
            case "service.deleteMessage" -> reply.atOnce(() -> world.service.deleteMessage(request));
            case "service.close" -> reply.atOnce(world.service::close);
            default -> throw new IllegalArgumentException("\"" + what + "\" is nothing that an agent does");
        }
    }
}
