package org.seenby.v2tim;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.seenby.v2tim.Waiting.Done;

/** An app in a process of its own: for what must survive its death, and for what another process leaves for it. */
final class OtherProcess implements AutoCloseable {
    private static final String READY = "ready ";

    private final Process process;
    private final BufferedReader lines;

    private OtherProcess(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(Arrays.asList(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m", "-Djna.nosys=true", "-Djna.library.path=" + System.getProperty("jna.library.path"),
                "-cp", System.getProperty("java.class.path"), OtherProcess.class.getName()));
        command.addAll(Arrays.asList(arguments));
        process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** In which bob reads what alice sent him, while there is no network: answers when onSuccess was called. */
    static OtherProcess readsOffline(String server, Path data) throws IOException {
        return new OtherProcess("readsOffline", server, data.toString());
    }

    /** In which a notification's action says that bob has read this message. */
    static OtherProcess notification(String server, Path data, String msgID) throws IOException {
        return new OtherProcess("notification", server, data.toString(), msgID);
    }

    /** What it said it was ready with. */
    String ready() throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(READY)) {
                return line.substring(READY.length());
            }
        }
        throw new IOException("the process ended");
    }

    /** As the system kills an app: nothing of it runs any more. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }

    /** What runs there. */
    public static void main(String[] arguments) throws Exception {
        String server = arguments[1];
        String data = arguments[2];
        if (arguments[0].equals("readsOffline")) {
            Phone alice = Phone.of("alice", Phone.config(server, "alice-there", data));
            Phone bob = Phone.of("bob", Phone.config(server, "bob", data));
            V2TIMMessage sent = alice.text("read where there is no network", "bob");
            V2TIMMessage received = bob.received.next();
            SeenByV2TIM.networkAvailable(bob.manager, false);
            Done read = new Done();
            bob.messages.sendMessageReadReceipts(List.of(received), read);
            read.answer();
            System.out.println(READY + sent.getMsgID());
            Thread.sleep(Long.MAX_VALUE);
        } else {
            SeenByV2TIM.enqueueReceipts(server, Phone.APP, data, "bob",
                    List.of(SeenByV2TIM.messageReference("c2c_alice", arguments[3], "alice")));
            System.out.println(READY);
        }
    }
}
