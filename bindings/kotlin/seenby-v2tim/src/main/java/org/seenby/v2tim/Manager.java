package org.seenby.v2tim;

import android.content.Context;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.seenby.core.AndroidPlatform;
import org.seenby.core.Answer;
import org.seenby.core.CallbackDispatcher;
import org.seenby.core.ClientConfig;
import org.seenby.core.Failure;
import org.seenby.core.PlatformTls;
import org.seenby.core.Reports;
import org.seenby.core.SeenByClient;
import org.seenby.core.SeenbyKt;
import org.seenby.core.Text;
import org.seenby.core.Threads;
import org.seenby.core.TlsProvider;
import org.seenby.core.UserSigProvider;
import org.seenby.core.UserSigReply;

/** A manager over a client: the one of the process, or one of the app's own. */
final class Manager extends V2TIMManager {
    private static final class Shared {
        static final Manager MANAGER = make();

        private static Manager make() {
            Threads.ready();
            return new Manager(SeenbyKt.sharedClient(), true, null);
        }
    }

    /** The one of the process, when it is first asked for. */
    static Manager shared() {
        return Shared.MANAGER;
    }

    final Core core;
    final MessageManager messages;
    final GroupManager groups;
    final ConversationManager conversations;
    private final boolean isShared;
    private final Listeners<V2TIMSDKListener> sdk;
    private final Listeners<V2TIMSimpleMsgListener> simple;
    private final Listeners<V2TIMGroupListener> group;
    final Listeners<SeenByListener> seenBy;
    /** Why the last init failed. */
    volatile String initError = "";
    /** What Android gives: network and screen. */
    private AndroidPlatform platform;

    Manager(SeenByClient client, boolean isShared, AndroidPlatform platform) {
        this.platform = platform;
        this.isShared = isShared;
        core = new Core(client);
        messages = new MessageManager(core);
        groups = new GroupManager(core);
        conversations = new ConversationManager(core);
        sdk = new Listeners<>(core);
        simple = new Listeners<>(core);
        group = new Listeners<>(core);
        seenBy = new Listeners<>(core);
    }

    static ClientConfig config(int sdkAppID, SeenByConfig own, AndroidPlatform android) throws Failure {
        String dataDir = own.dataDir == null && android != null ? android.getDataFolder() : own.dataDir;
        // Numbers above 2^31 are negative ints in Java.
        return new ClientConfig(sdkAppID & 0xffffffffL, Text.checked("server", own.server),
                own.allowPlain, Text.checked("dataDir", dataDir),
                Text.checked("deviceLabel", own.deviceLabel), own.withReaders, Text.checked("caFile", own.caFile),
                Texts.list("pin", own.pins), Text.checked("proxy", own.proxy), own.seenForMs, own.requestTimeoutMs,
                own.connectTimeoutMs, Texts.in("clientName", own.clientName));
    }

    /** The TLS of a manager's connections (R29). */
    private static TlsProvider tls(AndroidPlatform android) {
        return android == null ? PlatformTls.withoutContext() : android.getTls();
    }

    /** Where the app says; else on Android the main thread, elsewhere SeenBy's. */
    static CallbackDispatcher dispatcher(SeenByConfig config, AndroidPlatform android) {
        final SeenByDispatcher own =
                config.dispatcher == null && android != null ? android::post : config.dispatcher;
        return own == null ? null : work -> {
            // An app's loop may be wrong, and run it twice.
            final AtomicBoolean taken = new AtomicBoolean();
            try {
                own.dispatch(() -> {
                    if (!taken.getAndSet(true)) {
                        work.run();
                        work.close();
                    }
                });
            } catch (Throwable t) {
                if (!taken.getAndSet(true)) {
                    work.discard();
                    work.close();
                }
                Reports.thrown("the dispatcher", t);
            }
        };
    }

    static UserSigProvider provider(SeenByTokenProvider own) {
        return own == null ? null : (userID, reply) -> {
            Answering answering = new Answering(reply);
            try {
                own.userSig(userID, answering);
            } catch (Throwable t) {
                answering.refuse("the token provider threw");
                Reports.thrown("the token provider", t);
            }
        };
    }

    /** The first answer counts. */
    private static final class Answering implements SeenByTokenProvider.Reply {
        private final UserSigReply reply;
        private final AtomicBoolean answered = new AtomicBoolean();

        Answering(UserSigReply reply) {
            this.reply = reply;
        }

        @Override
        public void accept(String userSig) {
            if (Text.loneSurrogate(Texts.orEmpty(userSig)) >= 0) {
                refuse("the userSig holds half of a character; it must be a JWT");
            } else if (!answered.getAndSet(true)) {
                reply.accept(Texts.orEmpty(userSig));
                reply.close();
            }
        }

        @Override
        public void refuse(String why) {
            if (!answered.getAndSet(true)) {
                boolean isText = Text.loneSurrogate(Texts.orEmpty(why)) < 0;
                reply.refuse(isText ? Texts.orEmpty(why) : "the app has none");
                reply.close();
            }
        }
    }

    synchronized boolean init(Context context, int sdkAppID, V2TIMSDKConfig config) {
        V2TIMSDKConfig given = config == null ? new V2TIMSDKConfig() : config;
        SeenByConfig own = given.getSeenBy();
        try {
            LogLevels.apply(given);
            AndroidPlatform android = context == null ? null : new AndroidPlatform(context);
            SeenbyKt.sharedInit(config(sdkAppID, own, android), dispatcher(own, android), provider(own.tokenProvider),
                    tls(android));
            platform = android;
            if (android != null) {
                android.start(core.client);
            }
            initError = "";
            return true;
        } catch (Failure e) {
            initError = Ends.text(e) + " (" + Ends.code(e) + ")";
        } catch (Exception e) {
            initError = String.valueOf(e.getMessage());
        }
        return false;
    }

    /** A further one. */
    static Manager create(Context context, int sdkAppID, V2TIMSDKConfig config) throws SeenByException {
        SeenByConfig own = config == null ? new SeenByConfig() : config.getSeenBy();
        try {
            Threads.ready();
            if (config != null && config.getLogListener() != null) {
                LogLevels.apply(config);
            }
            AndroidPlatform android = context == null ? null : new AndroidPlatform(context);
            SeenByClient client = new SeenByClient(config(sdkAppID, own, android), dispatcher(own, android),
                    provider(own.tokenProvider), tls(android));
            Manager manager = new Manager(client, false, android);
            if (android != null) {
                android.start(client);
            }
            return manager;
        } catch (Exception e) {
            throw SeenByException.of(e);
        }
    }

    @Override
    public boolean initSDK(Context context, int sdkAppID, V2TIMSDKConfig config) {
        if (!isShared) {
            initError = "this manager was made by SeenByV2TIM.createManager, and is set up already";
            return false;
        }
        return init(context, sdkAppID, config);
    }

    @Override
    public boolean initSDK(Context context, int sdkAppID, V2TIMSDKConfig config, V2TIMSDKListener listener) {
        addIMSDKListener(listener);
        return initSDK(context, sdkAppID, config);
    }

    @Override
    public void unInitSDK() {
        AndroidPlatform android;
        synchronized (this) {
            android = platform;
            platform = null;
        }
        if (android != null) {
            android.stop();
        }
        core.client.shutdown();
    }

    @Override
    public void addIMSDKListener(V2TIMSDKListener listener) {
        if (listener != null) {
            sdk.add(listener, Hearing.sdk(listener));
        }
    }

    @Override
    public void removeIMSDKListener(V2TIMSDKListener listener) {
        sdk.remove(listener);
    }

    @Override
    public String getVersion() {
        return SeenbyKt.libraryVersion();
    }

    @Override
    public long getServerTime() {
        try {
            return Texts.seconds(core.client.serverTimeMs());
        } catch (Exception e) {
            return 0;
        }
    }

    @Override
    public void login(String userID, String userSig, V2TIMCallback callback) {
        core.call(Ends.done(callback),
                (client, end) -> client.login(Texts.in("userID", userID), Texts.in("userSig", userSig), end));
    }

    @Override
    public void logout(V2TIMCallback callback) {
        core.call(Ends.done(callback), (client, end) -> client.logout(end));
    }

    @Override
    public String getLoginUser() {
        try {
            return core.client.loginUser();
        } catch (Exception e) {
            return "";
        }
    }

    @Override
    public int getLoginStatus() {
        try {
            return core.client.loginStatus();
        } catch (Exception e) {
            return V2TIM_STATUS_LOGOUT;
        }
    }

    @Override
    public void addSimpleMsgListener(V2TIMSimpleMsgListener listener) {
        if (listener != null) {
            simple.add(listener, Hearing.simple(listener));
        }
    }

    @Override
    public void removeSimpleMsgListener(V2TIMSimpleMsgListener listener) {
        simple.remove(listener);
    }

    private String send(V2TIMMessage message, String receiver, String groupID, int priority,
            final V2TIMValueCallback<V2TIMMessage> callback) {
        return messages.sendMessage(message, receiver, groupID, priority, false, null,
                callback == null ? null : new V2TIMSendCallback<V2TIMMessage>() {
                    @Override
                    public void onProgress(int progress) {}

                    @Override
                    public void onSuccess(V2TIMMessage sent) {
                        callback.onSuccess(sent);
                    }

                    @Override
                    public void onError(int code, String desc) {
                        callback.onError(code, desc);
                    }
                });
    }

    @Override
    public String sendC2CTextMessage(String text, String userID, V2TIMValueCallback<V2TIMMessage> callback) {
        return send(messages.createTextMessage(text), userID, null, V2TIMMessage.V2TIM_PRIORITY_DEFAULT, callback);
    }

    @Override
    public String sendC2CCustomMessage(byte[] customData, String userID, V2TIMValueCallback<V2TIMMessage> callback) {
        return send(messages.createCustomMessage(customData), userID, null, V2TIMMessage.V2TIM_PRIORITY_DEFAULT, callback);
    }

    @Override
    public String sendGroupTextMessage(String text, String groupID, int priority,
            V2TIMValueCallback<V2TIMMessage> callback) {
        return send(messages.createTextMessage(text), null, groupID, priority, callback);
    }

    @Override
    public String sendGroupCustomMessage(byte[] customData, String groupID, int priority,
            V2TIMValueCallback<V2TIMMessage> callback) {
        return send(messages.createCustomMessage(customData), null, groupID, priority, callback);
    }

    @Override
    public void addGroupListener(V2TIMGroupListener listener) {
        if (listener != null) {
            group.add(listener, Hearing.groups(listener, core));
        }
    }

    @Override
    public void removeGroupListener(V2TIMGroupListener listener) {
        group.remove(listener);
    }

    @Override
    public void createGroup(String groupType, String groupID, String groupName, V2TIMValueCallback<String> callback) {
        groups.create(groupType, groupID, groupName, null, callback);
    }

    @Override
    public void joinGroup(String groupID, String message, V2TIMCallback callback) {
        core.call(Ends.done(callback), (client, end) -> client.joinGroup(Texts.in("groupID", groupID), end));
    }

    @Override
    public void quitGroup(String groupID, V2TIMCallback callback) {
        core.call(Ends.done(callback), (client, end) -> client.quitGroup(Texts.in("groupID", groupID), end));
    }

    @Override
    public void dismissGroup(String groupID, V2TIMCallback callback) {
        core.call(Ends.done(callback), (client, end) -> client.dismissGroup(Texts.in("groupID", groupID), end));
    }

    @Override
    public void getUsersInfo(List<String> userIDList, V2TIMValueCallback<List<V2TIMUserFullInfo>> callback) {
        core.call(Ends.value(callback, answer -> Convert.list(((Answer.Profiles) answer).getProfiles(), Convert::profile)),
                (client, end) -> client.getUsersInfo(Texts.list("userID", userIDList), end));
    }

    @Override
    public void setSelfInfo(V2TIMUserFullInfo info, V2TIMCallback callback) {
        V2TIMUserFullInfo own = info == null ? new V2TIMUserFullInfo() : info;
        core.call(Ends.done(callback), (client, end) -> client.setSelfInfo(Text.checked("nickName", own.newNickName),
                Text.checked("faceURL", own.newFaceUrl), end));
    }

    @Override
    public void callExperimentalAPI(String api, Object param, V2TIMValueCallback<Object> callback) {
        core.unsupported("callExperimentalAPI", Ends.value(callback, answer -> null));
    }
}
