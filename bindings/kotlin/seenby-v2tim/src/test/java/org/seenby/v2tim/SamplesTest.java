package org.seenby.v2tim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.seenby.v2tim.Waiting.Done;
import org.seenby.v2tim.Waiting.Got;
import org.seenby.v2tim.Waiting.Heard;

/** Programs as the documents write them: the singleton, anonymous classes, calls inside of callbacks. */
class SamplesTest {
    private Phone bob;
    private String group;

    @BeforeEach
    void open() throws Exception {
        String service = Phone.service();
        assertTrue(SeenByV2TIM.initSDK(Phone.APP, Phone.config(service, "alice")), SeenByV2TIM.lastInitError());
        Done login = new Done();
        V2TIMManager.getInstance().login("alice", "", login);
        login.answer();
        bob = Phone.of("bob", service);
        V2TIMGroupInfo info = new V2TIMGroupInfo();
        info.setGroupType(V2TIMManager.GROUP_TYPE_PUBLIC);
        Got<String> made = new Got<>();
        V2TIMManager.getGroupManager().createGroup(info, null, made);
        group = made.answer();
        Done joined = new Done();
        bob.manager.joinGroup(group, "let me in", joined);
        joined.answer();
    }

    @AfterEach
    void close() {
        bob.close();
        V2TIMManager.getInstance().unInitSDK();
    }

    private V2TIMMessage ask() throws Exception {
        final Heard<V2TIMMessage> sent = new Heard<>();
        V2TIMMessage question = V2TIMManager.getMessageManager().createTextMessage("lunch at noon?");
        question.setNeedReadReceipt(true);
        V2TIMManager.getMessageManager().sendMessage(question, null, group, V2TIMMessage.V2TIM_PRIORITY_NORMAL, false, null,
                new V2TIMSendCallback<V2TIMMessage>() {
                    @Override
                    public void onProgress(int progress) {}

                    @Override
                    public void onSuccess(V2TIMMessage message) {
                        sent.add(message);
                    }

                    @Override
                    public void onError(int code, String desc) {
                        throw new AssertionError(code + " " + desc);
                    }
                });
        return sent.next();
    }

    @Test
    void aReaderReportsAndTheSenderHears() throws Exception {
        final Heard<V2TIMMessageReceipt> heard = new Heard<>();
        V2TIMAdvancedMsgListener screen = new V2TIMAdvancedMsgListener() {
            @Override
            public void onRecvMessageReadReceipts(List<V2TIMMessageReceipt> receiptList) {
                for (V2TIMMessageReceipt receipt : receiptList) {
                    heard.add(receipt);
                }
            }
        };
        V2TIMManager.getMessageManager().addAdvancedMsgListener(screen);
        V2TIMMessage question = ask();
        V2TIMMessage shown = bob.received.next();
        final Done reported = new Done();
        if (!shown.isSelf() && shown.isNeedReadReceipt()) {
            List<V2TIMMessage> read = new ArrayList<>();
            read.add(shown);
            bob.messages.sendMessageReadReceipts(read, new V2TIMCallback() {
                @Override
                public void onSuccess() {
                    reported.onSuccess();
                }

                @Override
                public void onError(int code, String desc) {
                    reported.onError(code, desc);
                }
            });
        }
        reported.answer();
        V2TIMMessageReceipt receipt = heard.next();
        long readCount = receipt.getReadCount();
        long unreadCount = receipt.getUnreadCount();
        assertEquals(question.getMsgID(), receipt.getMsgID());
        assertEquals(group, receipt.getGroupID());
        assertEquals(1, readCount);
        assertEquals(0, unreadCount);
        V2TIMManager.getMessageManager().removeAdvancedMsgListener(screen);
    }

    @Test
    void historyAndThenItsReceipts() throws Exception {
        ask();
        ask();
        final Heard<String> lines = new Heard<>();
        V2TIMManager.getMessageManager().getGroupHistoryMessageList(group, 20, null, new V2TIMValueCallback<List<V2TIMMessage>>() {
            @Override
            public void onSuccess(final List<V2TIMMessage> messages) {
                List<V2TIMMessage> own = new ArrayList<>();
                for (V2TIMMessage message : messages) {
                    if (message.isSelf() && message.isNeedReadReceipt()) {
                        own.add(message);
                    }
                }
                V2TIMManager.getMessageManager().getMessageReadReceipts(own, new V2TIMValueCallback<List<V2TIMMessageReceipt>>() {
                    @Override
                    public void onSuccess(List<V2TIMMessageReceipt> receipts) {
                        Map<String, V2TIMMessageReceipt> byID = new HashMap<>();
                        for (V2TIMMessageReceipt receipt : receipts) {
                            byID.put(receipt.getMsgID(), receipt);
                        }
                        for (V2TIMMessage message : messages) {
                            V2TIMMessageReceipt receipt = byID.get(message.getMsgID());
                            lines.add(message.getTextElem().getText() + " " + receipt.getReadCount() + "/"
                                    + (receipt.getReadCount() + receipt.getUnreadCount()));
                        }
                    }

                    @Override
                    public void onError(int code, String desc) {
                        lines.add(code + " " + desc);
                    }
                });
            }

            @Override
            public void onError(int code, String desc) {
                lines.add(code + " " + desc);
            }
        });
        assertEquals("lunch at noon? 0/1", lines.next());
        assertEquals("lunch at noon? 0/1", lines.next());
    }

    /** Pages until it is finished, each asked for in the callback of the last. */
    private void pages(final V2TIMMessage message, final int filter, long nextSeq, final TreeSet<String> names,
            final Heard<TreeSet<String>> end) {
        V2TIMManager.getMessageManager().getGroupMessageReadMemberList(message, filter, nextSeq, 1,
                new V2TIMValueCallback<V2TIMGroupMessageReadMemberList>() {
                    @Override
                    public void onSuccess(V2TIMGroupMessageReadMemberList page) {
                        for (V2TIMGroupMemberInfo member : page.getMemberInfoList()) {
                            names.add(member.getUserID());
                        }
                        if (page.isFinished()) {
                            end.add(names);
                        } else {
                            pages(message, filter, page.getNextSeq(), names, end);
                        }
                    }

                    @Override
                    public void onError(int code, String desc) {
                        names.add(code + " " + desc);
                        end.add(names);
                    }
                });
    }

    @Test
    void whoHasReadPageByPage() throws Exception {
        List<Phone> others = new ArrayList<>();
        for (String user : List.of("carol", "dave", "eve")) {
            Phone phone = Phone.of(user, service());
            others.add(phone);
            Done joined = new Done();
            phone.manager.joinGroup(group, "", joined);
            joined.answer();
        }
        V2TIMMessage question = ask();
        for (Phone reader : List.of(bob, others.get(0), others.get(1))) {
            Done reported = new Done();
            reader.messages.sendMessageReadReceipts(List.of(reader.received.next()), reported);
            reported.answer();
        }
        Heard<TreeSet<String>> read = new Heard<>();
        pages(question, V2TIMMessage.V2TIM_GROUP_MESSAGE_READ_MEMBERS_FILTER_READ, 0, new TreeSet<>(), read);
        assertEquals(new TreeSet<>(List.of("bob", "carol", "dave")), read.next());
        Heard<TreeSet<String>> unread = new Heard<>();
        pages(question, V2TIMMessage.V2TIM_GROUP_MESSAGE_READ_MEMBERS_FILTER_UNREAD, 0, new TreeSet<>(), unread);
        assertEquals(new TreeSet<>(List.of("eve")), unread.next());
        others.forEach(Phone::close);
    }

    private String service() {
        String state = SeenByV2TIM.debugState(null);
        return com.google.gson.JsonParser.parseString(state).getAsJsonObject().get("endpoint").getAsString();
    }
}
