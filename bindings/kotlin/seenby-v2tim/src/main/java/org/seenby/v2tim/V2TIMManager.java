package org.seenby.v2tim;

import android.content.Context;
import java.util.List;

/**
 * The documented entry. {@link #getInstance()} is the one of the process; {@link SeenByV2TIM#createManager} makes further ones
 * (ours).
 */
public abstract class V2TIMManager {
    /** A kind of group: members invite. */
    public static final String GROUP_TYPE_WORK = "Work";
    /** A kind of group: anyone joins. */
    public static final String GROUP_TYPE_PUBLIC = "Public";
    /** A kind of group: anyone joins, and sees what was before. */
    public static final String GROUP_TYPE_MEETING = "Meeting";
    /** A kind of group without receipts. */
    public static final String GROUP_TYPE_AVCHATROOM = "AVChatRoom";
    /** A kind of group without receipts. */
    public static final String GROUP_TYPE_COMMUNITY = "Community";

    /** Logged in; the line may be up or down. */
    public static final int V2TIM_STATUS_LOGINED = 1;
    /** A login is under way. */
    public static final int V2TIM_STATUS_LOGINING = 2;
    /** Nobody is logged in. */
    public static final int V2TIM_STATUS_LOGOUT = 3;

    V2TIMManager() {}

    /** The manager of the process. */
    public static V2TIMManager getInstance() {
        return Manager.shared();
    }

    /** Messages and receipts, of the manager of the process. */
    public static V2TIMMessageManager getMessageManager() {
        return Manager.shared().messages;
    }

    /** Groups, of the manager of the process. */
    public static V2TIMGroupManager getGroupManager() {
        return Manager.shared().groups;
    }

    /** Conversations, of the manager of the process. */
    public static V2TIMConversationManager getConversationManager() {
        return Manager.shared().conversations;
    }

    /**
     * Sets it up. Where to connect is {@link V2TIMSDKConfig#getSeenBy()}.
     *
     * @param context the app's; its files folder keeps the device's state, and it tells when the network comes and goes.
     *     null outside of Android
     * @return whether it was set up; if not, {@link SeenByV2TIM#lastInitError()} says why
     */
    public abstract boolean initSDK(Context context, int sdkAppID, V2TIMSDKConfig config);

    /** As {@link #initSDK(Context, int, V2TIMSDKConfig)}, with a listener that stays until it is removed. */
    public abstract boolean initSDK(Context context, int sdkAppID, V2TIMSDKConfig config, V2TIMSDKListener listener);

    /** Ends it: calls that are out end with 7009, later ones with 6013. Listeners stay. */
    public abstract void unInitSDK();

    /** Hear of the line and the login. One that is added twice hears once. */
    public abstract void addIMSDKListener(V2TIMSDKListener listener);

    /** No call of the listener starts after this has returned. */
    public abstract void removeIMSDKListener(V2TIMSDKListener listener);

    /** The version of SeenBy. */
    public abstract String getVersion();

    /** The device's estimate of the service's clock, in seconds; 0 before init. */
    public abstract long getServerTime();

    /** Logs a user in, with a userSig that the app's backend made (R21). The same user again: renews it (R30). */
    public abstract void login(String userID, String userSig, V2TIMCallback callback);

    /** Logs out. What waits to be sent stays on the device (R16). */
    public abstract void logout(V2TIMCallback callback);

    /** Who is logged in, or logging in; empty: nobody. */
    public abstract String getLoginUser();

    /** V2TIM_STATUS_*. */
    public abstract int getLoginStatus();

    /** Hear of messages by what they say. */
    public abstract void addSimpleMsgListener(V2TIMSimpleMsgListener listener);

    /** No call of the listener starts after this has returned. */
    public abstract void removeSimpleMsgListener(V2TIMSimpleMsgListener listener);

    /** Sends a text to a user; the answer's message has the id. */
    public abstract String sendC2CTextMessage(String text, String userID, V2TIMValueCallback<V2TIMMessage> callback);

    /** Sends data to a user. */
    public abstract String sendC2CCustomMessage(byte[] customData, String userID, V2TIMValueCallback<V2TIMMessage> callback);

    /** Sends a text to a group. */
    public abstract String sendGroupTextMessage(String text, String groupID, int priority,
            V2TIMValueCallback<V2TIMMessage> callback);

    /** Sends data to a group. */
    public abstract String sendGroupCustomMessage(byte[] customData, String groupID, int priority,
            V2TIMValueCallback<V2TIMMessage> callback);

    /** Hear of groups. One that is added twice hears once. */
    public abstract void addGroupListener(V2TIMGroupListener listener);

    /** No call of the listener starts after this has returned. */
    public abstract void removeGroupListener(V2TIMGroupListener listener);

    /** Creates a group; the answer is its id. */
    public abstract void createGroup(String groupType, String groupID, String groupName,
            V2TIMValueCallback<String> callback);

    /** Joins a group of a kind that anyone joins; the message goes nowhere. */
    public abstract void joinGroup(String groupID, String message, V2TIMCallback callback);

    /** Leaves a group. */
    public abstract void quitGroup(String groupID, V2TIMCallback callback);

    /** Ends a group of one's own. */
    public abstract void dismissGroup(String groupID, V2TIMCallback callback);

    /** What these users say of themselves. */
    public abstract void getUsersInfo(List<String> userIDList, V2TIMValueCallback<List<V2TIMUserFullInfo>> callback);

    /** Sets one's nick name and face URL, those that were set (R27). */
    public abstract void setSelfInfo(V2TIMUserFullInfo info, V2TIMCallback callback);

    /** Outside SeenBy: 7013. */
    public abstract void callExperimentalAPI(String api, Object param, V2TIMValueCallback<Object> callback);
}
