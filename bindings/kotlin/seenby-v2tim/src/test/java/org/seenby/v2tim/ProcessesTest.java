package org.seenby.v2tim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.seenby.v2tim.Waiting.Got;

/** What Android does to apps: their processes die, and they have several. No receipt is lost (R16). */
class ProcessesTest {
    private Path folder;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createTempDirectory("seenby-processes");
    }

    /** Not by JUnit: a manager's end is not waited for, so a file may come while the folder goes. Later none does. */
    @AfterEach
    void removeFolder() throws Exception {
        for (int tries = 1; ; tries++) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).collect(Collectors.toList())) {
                    Files.deleteIfExists(file);
                }
                return;
            } catch (IOException | UncheckedIOException changed) {
                if (tries == 200) {
                    throw changed;
                }
                Thread.sleep(50);
            }
        }
    }

    private String service() {
        return "embedded:file/" + folder.resolve("service");
    }

    private Path data() {
        return folder.resolve("data");
    }

    private static boolean isRead(Phone by, String msgID) throws Exception {
        Got<List<V2TIMMessageReceipt>> got = new Got<>();
        by.messages.getMessageReadReceipts(List.of(SeenByV2TIM.messageReference("c2c_bob", msgID, "alice")), got);
        List<V2TIMMessageReceipt> receipts = got.answer();
        assertEquals(1, receipts.size());
        return receipts.get(0).isPeerRead();
    }

    /** Until the sender's device is told. */
    private static void hears(Phone alice, String msgID) throws Exception {
        V2TIMMessageReceipt receipt = alice.receipts.next();
        while (!receipt.getMsgID().equals(msgID) || !receipt.isPeerRead()) {
            receipt = alice.receipts.next();
        }
    }

    @Test
    void whatWasReadOfflineOutlivesTheProcess() throws Exception {
        String msgID;
        try (OtherProcess app = OtherProcess.readsOffline(service(), data())) {
            msgID = app.ready();
            app.kill();
        }
        try (Phone alice = Phone.of("alice", Phone.config(service(), "alice-here", folder.resolve("alice").toString()))) {
            assertFalse(isRead(alice, msgID), "it was not sent before the process died");
            try (Phone bob = Phone.of("bob", Phone.config(service(), "bob", data().toString()))) {
                hears(alice, msgID);
                assertTrue(isRead(alice, msgID));
            }
        }
    }

    @Test
    void aNotificationInAnotherProcessWhileTheAppRuns() throws Exception {
        try (Phone alice = Phone.of("alice", Phone.config(service(), "alice", folder.resolve("alice").toString()));
                Phone bob = Phone.of("bob", Phone.config(service(), "bob", data().toString()))) {
            String msgID = alice.text("read me in the notification", "bob").getMsgID();
            bob.received.next();
            try (OtherProcess notification = OtherProcess.notification(service(), data(), msgID)) {
                notification.ready();
            }
            hears(alice, msgID);
        }
    }

    @Test
    void aNotificationBeforeAnybodyHasLoggedIn() throws Exception {
        String msgID;
        try (Phone alice = Phone.of("alice", Phone.config(service(), "alice", folder.resolve("alice").toString()))) {
            msgID = alice.text("nobody has started yet", "bob").getMsgID();
            // bob's phone has never been on: there is no data folder yet.
            assertFalse(data().toFile().exists());
            try (OtherProcess notification = OtherProcess.notification(service(), data(), msgID)) {
                notification.ready();
            }
            assertFalse(isRead(alice, msgID), "nobody is there to send it");
            try (Phone bob = Phone.of("bob", Phone.config(service(), "bob", data().toString()))) {
                hears(alice, msgID);
            }
        }
    }
}
