package org.seenby.v2tim;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.seenby.core.Ear;
import org.seenby.core.Event;
import org.seenby.core.GroupChangeKind;
import org.seenby.core.Reports;

/** From the core's events to the documented listeners. One that throws does not keep the rest from being told. */
final class Hearing {
    private Hearing() {}

    /** Tells one event. */
    abstract static class One extends Ear {
        abstract void tell(Event event);

        @Override
        protected final void hear(List<? extends Event> events) {
            for (Event event : events) {
                if (isRemoved()) {
                    return;
                }
                try {
                    tell(event);
                } catch (Throwable t) {
                    Reports.thrown("a listener", t);
                }
            }
        }
    }

    static Ear sdk(final V2TIMSDKListener to) {
        return new One() {
            @Override
            void tell(Event event) {
                if (event instanceof Event.Connecting) {
                    to.onConnecting();
                } else if (event instanceof Event.Connected) {
                    to.onConnectSuccess();
                } else if (event instanceof Event.ConnectFailed) {
                    to.onConnectFailed(((Event.ConnectFailed) event).getCode(), ((Event.ConnectFailed) event).getText());
                } else if (event instanceof Event.KickedOffline) {
                    to.onKickedOffline();
                } else if (event instanceof Event.UserSigExpired) {
                    to.onUserSigExpired();
                }
            }
        };
    }

    static Ear simple(final V2TIMSimpleMsgListener to) {
        return new One() {
            @Override
            void tell(Event event) {
                if (!(event instanceof Event.NewMessage)) {
                    return;
                }
                V2TIMMessage message = V2TIMMessage.of(((Event.NewMessage) event).getMessage());
                String group = message.getGroupID();
                V2TIMTextElem text = message.getTextElem();
                V2TIMCustomElem custom = message.getCustomElem();
                if (text != null && group.isEmpty()) {
                    to.onRecvC2CTextMessage(message.getMsgID(), Convert.user(message.known()), text.getText());
                } else if (text != null) {
                    to.onRecvGroupTextMessage(message.getMsgID(), group, Convert.sender(message.known()), text.getText());
                } else if (custom != null && group.isEmpty()) {
                    to.onRecvC2CCustomMessage(message.getMsgID(), Convert.user(message.known()), custom.getData());
                } else if (custom != null) {
                    to.onRecvGroupCustomMessage(message.getMsgID(), group, Convert.sender(message.known()), custom.getData());
                }
            }
        };
    }

    static Ear advanced(final V2TIMAdvancedMsgListener to) {
        return new One() {
            @Override
            void tell(Event event) {
                if (event instanceof Event.NewMessage) {
                    to.onRecvNewMessage(V2TIMMessage.of(((Event.NewMessage) event).getMessage()));
                } else if (event instanceof Event.ReadReceipts) {
                    to.onRecvMessageReadReceipts(Convert.list(((Event.ReadReceipts) event).getReceipts(), Convert::receipt));
                } else if (event instanceof Event.C2cReadReceipts) {
                    to.onRecvC2CReadReceipt(Convert.list(((Event.C2cReadReceipts) event).getReceipts(), Convert::receipt));
                } else if (event instanceof Event.MessageRevoked) {
                    Event.MessageRevoked revoked = (Event.MessageRevoked) event;
                    V2TIMUserFullInfo operator = new V2TIMUserFullInfo();
                    operator.userID = revoked.getOperatorId();
                    to.onRecvMessageRevoked(revoked.getMsgId());
                    to.onRecvMessageRevoked(revoked.getMsgId(), operator, "");
                }
            }
        };
    }

    static Ear conversations(final V2TIMConversationListener to) {
        return new One() {
            @Override
            void tell(Event event) {
                if (event instanceof Event.ConversationsChanged) {
                    to.onConversationChanged(
                            Convert.list(((Event.ConversationsChanged) event).getConversations(), Convert::conversation));
                } else if (event instanceof Event.TotalUnreadChanged) {
                    to.onTotalUnreadMessageCountChanged(((Event.TotalUnreadChanged) event).getCount());
                }
            }
        };
    }

    static Ear groups(final V2TIMGroupListener to, final Core of) {
        // What hears must not keep its client, which a manager that is forgotten is to be collected with.
        final WeakReference<Core> core = new WeakReference<>(of);
        return new One() {
            @Override
            void tell(Event event) {
                if (event instanceof Event.GroupChanged) {
                    group(to, (Event.GroupChanged) event, core.get());
                }
            }
        };
    }

    private static void group(V2TIMGroupListener to, Event.GroupChanged change, Core core) {
        String group = change.getGroupId();
        V2TIMGroupMemberInfo by = Convert.member(change.getBy());
        List<V2TIMGroupMemberInfo> members = Convert.list(change.getMembers(), Convert::member);
        GroupChangeKind kind = change.getKind();
        switch (kind) {
            case CREATED:
                to.onGroupCreated(group);
                break;
            case JOINED:
                to.onMemberEnter(group, members);
                break;
            case INVITED:
                to.onMemberInvited(group, by, members);
                break;
            case QUIT:
                for (V2TIMGroupMemberInfo member : members) {
                    if (member.getUserID().equals(me(core))) {
                        to.onQuitFromGroup(group);
                    } else {
                        to.onMemberLeave(group, member);
                    }
                }
                break;
            case KICKED:
                to.onMemberKicked(group, by, members);
                break;
            case ROLE_CHANGED:
                if (change.getRole() == V2TIMGroupMemberFullInfo.V2TIM_GROUP_MEMBER_ROLE_ADMIN) {
                    to.onGrantAdministrator(group, by, members);
                } else if (change.getRole() == V2TIMGroupMemberFullInfo.V2TIM_GROUP_MEMBER_ROLE_MEMBER) {
                    to.onRevokeAdministrator(group, by, members);
                }
                break;
            case DISMISSED:
                to.onGroupDismissed(group, by);
                break;
            default:
                // Only the number of members: SeenByListener tells it.
                break;
        }
    }

    private static String me(Core core) {
        try {
            return core == null ? "" : core.client.loginUser();
        } catch (Exception e) {
            return "";
        }
    }

    static Ear seenBy(final SeenByListener to) {
        return new One() {
            @Override
            void tell(Event event) {
                if (event instanceof Event.ReceiptsSent) {
                    Event.ReceiptsSent sent = (Event.ReceiptsSent) event;
                    to.onReceiptsSent(sent.getConversationId(), new ArrayList<>(sent.getMsgIds()));
                } else if (event instanceof Event.ReadReceiptsEnabledChanged) {
                    to.onReadReceiptsEnabledChanged(((Event.ReadReceiptsEnabledChanged) event).getEnabled());
                } else if (event instanceof Event.GroupChanged) {
                    Event.GroupChanged change = (Event.GroupChanged) event;
                    to.onGroupChanged(change.getGroupId(), SeenByListener.Change.valueOf(change.getKind().name()),
                            new ArrayList<>(change.getMembers()), change.getBy(), change.getRole(), change.getMemberCount());
                }
            }
        };
    }
}
