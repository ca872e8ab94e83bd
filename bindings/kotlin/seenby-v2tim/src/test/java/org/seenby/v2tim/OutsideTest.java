package org.seenby.v2tim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.seenby.v2tim.Waiting.End;
import org.seenby.v2tim.Waiting.Done;
import org.seenby.v2tim.Waiting.Got;
import org.seenby.v2tim.Waiting.Sent;

/** The documented calls that are outside of SeenBy: each answers 7013, and docs/android.md says so. */
class OutsideTest {
    private static final int OUTSIDE = BaseConstants.ERR_SDK_INTERFACE_NOT_SUPPORT;
    private static final Path TABLE = Path.of("../../../docs/android.md");

    /** What docs/android.md says of each call: the rows of its tables whose last cell says 7013, or not. */
    private static Set<String> table(boolean outside) throws Exception {
        Set<String> calls = new TreeSet<>();
        boolean inSection = false;
        for (String line : Files.readAllLines(TABLE)) {
            inSection = line.startsWith("## ") ? line.equals("## Each documented call") : inSection;
            String[] cells = line.split("\\|");
            if (!inSection || cells.length < 3 || !cells[1].contains("`")) {
                continue;
            }
            if (cells[2].trim().startsWith("7013") == outside) {
                Arrays.stream(cells[1].split("`")).map(String::trim).filter(word -> word.matches("\\w+")).forEach(calls::add);
            }
        }
        return calls;
    }

    private static Set<String> managers() {
        Set<String> calls = new TreeSet<>();
        for (Class<?> manager : List.of(V2TIMManager.class, V2TIMMessageManager.class, V2TIMGroupManager.class,
                V2TIMConversationManager.class)) {
            for (Method method : manager.getDeclaredMethods()) {
                if (Modifier.isPublic(method.getModifiers())) {
                    calls.add(method.getName());
                }
            }
        }
        return calls;
    }

    /** Calls it with nulls and zeros, and a callback if it takes one. */
    private static End<?> call(Object manager, Method method) throws Exception {
        List<Object> arguments = new ArrayList<>();
        End<?> end = null;
        for (Class<?> type : method.getParameterTypes()) {
            if (type == V2TIMCallback.class) {
                end = new Done();
                arguments.add(end);
            } else if (type == V2TIMValueCallback.class) {
                end = new Got<>();
                arguments.add(end);
            } else {
                arguments.add(type == int.class ? (Object) 0 : type == long.class ? (Object) 0L
                        : type == boolean.class ? (Object) false : type == double.class ? (Object) 0.0 : null);
            }
        }
        method.setAccessible(true);
        method.invoke(manager, arguments.toArray());
        return end;
    }

    @Test
    void theTableNamesEveryCallOnce() throws Exception {
        Set<String> all = new TreeSet<>(table(false));
        all.addAll(table(true));
        assertEquals(managers(), all);
    }

    @Test
    void eachAnswers7013() throws Exception {
        Set<String> outside = table(true);
        Set<String> answered = new TreeSet<>();
        try (Phone alice = Phone.of("alice", Phone.service())) {
            for (Object manager : List.of(alice.manager, alice.messages, alice.groups, alice.conversations)) {
                for (Method method : manager.getClass().getSuperclass().getDeclaredMethods()) {
                    boolean byIds = method.getName().equals("getConversationList") && method.getParameterCount() == 2;
                    if (!byIds && !outside.contains(method.getName()) || method.getName().startsWith("create")) {
                        continue;
                    }
                    String why = call(manager, method).refused(OUTSIDE);
                    assertTrue(why.contains(method.getName()), why);
                    answered.add(method.getName());
                }
            }
            List<V2TIMMessage> unsendable = List.of(alice.messages.createImageMessage("a.png"),
                    alice.messages.createSoundMessage("a.wav", 1), alice.messages.createVideoMessage("a.mp4", "mp4", 1, ""),
                    alice.messages.createFileMessage("a", "a"), alice.messages.createLocationMessage("here", 1, 2),
                    alice.messages.createFaceMessage(1, new byte[0]));
            int elemType = V2TIMMessage.V2TIM_ELEM_TYPE_IMAGE;
            for (V2TIMMessage message : unsendable) {
                assertEquals(elemType++, message.getElemType());
                Sent sent = new Sent();
                assertEquals("", alice.messages.sendMessage(message, "bob", null, 0, false, null, sent));
                sent.refused(OUTSIDE);
                assertEquals(V2TIMMessage.V2TIM_MSG_STATUS_SEND_FAIL, message.getStatus());
            }
            answered.addAll(List.of("createImageMessage", "createSoundMessage", "createVideoMessage", "createFileMessage",
                    "createLocationMessage", "createFaceMessage"));
            Got<V2TIMGroupMemberInfoResult> owners = new Got<>();
            alice.groups.getGroupMemberList(alice.group(), V2TIMGroupMemberFullInfo.V2TIM_GROUP_MEMBER_FILTER_OWNER, 0, owners);
            owners.refused(OUTSIDE);
        }
        answered.remove("getConversationList");
        assertEquals(outside, answered);
    }

    @Test
    void theTableIsTrueOfTheOthers() throws Exception {
        Set<String> works = table(false);
        try (Phone alice = Phone.of("alice", Phone.service())) {
            for (Object manager : List.of(alice.messages, alice.groups, alice.conversations)) {
                for (Method method : manager.getClass().getSuperclass().getDeclaredMethods()) {
                    boolean byIds = method.getName().equals("getConversationList") && method.getParameterCount() == 2;
                    if (byIds || !works.contains(method.getName()) || method.getReturnType() != void.class) {
                        continue;
                    }
                    End<?> end = call(manager, method);
                    if (end != null) {
                        assertTrue(end.code() != OUTSIDE, method.getName());
                    }
                }
            }
        }
    }
}
