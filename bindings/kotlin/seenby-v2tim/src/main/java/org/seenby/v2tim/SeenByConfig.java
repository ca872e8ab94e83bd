package org.seenby.v2tim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Where to connect, and what else the documents have no field for (ours): {@link V2TIMSDKConfig#getSeenBy()}. */
public final class SeenByConfig {
    String server;
    boolean allowPlain;
    String dataDir;
    String deviceLabel;
    boolean withReaders;
    String caFile;
    List<String> pins = new ArrayList<>();
    String proxy;
    int seenForMs;
    int requestTimeoutMs;
    int connectTimeoutMs;
    String clientName = "";
    SeenByDispatcher dispatcher;
    SeenByTokenProvider tokenProvider;

    SeenByConfig() {}

    /**
     * Where to connect (R28): wss://…, ws://… on loopback, embedded:, embedded:mem/NAME or embedded:file/PATH. Not set: the
     * environment variable SEENBY_SERVER, else embedded:, which is logged as a warning.
     */
    public SeenByConfig setServer(String server) {
        this.server = server;
        return this;
    }

    /** Allows ws:// to other machines, unencrypted. For tests in a network one trusts. */
    public SeenByConfig setAllowPlain(boolean allowPlain) {
        this.allowPlain = allowPlain;
        return this;
    }

    /** Where the device keeps its outbox, index and cache. Not set: the app's own folder. */
    public SeenByConfig setDataDir(String dataDir) {
        this.dataDir = dataDir;
        return this;
    }

    /** Managers that share a data folder and are to count as different devices give different labels (R30). */
    public SeenByConfig setDeviceLabel(String deviceLabel) {
        this.deviceLabel = deviceLabel;
        return this;
    }

    /** Receipts name who has read since the last one (R12). */
    public SeenByConfig setWithReaders(boolean withReaders) {
        this.withReaders = withReaders;
        return this;
    }

    /** A PEM file with the certificates to trust (R29). */
    public SeenByConfig setCaFile(String caFile) {
        this.caFile = caFile;
        return this;
    }

    /** Base64 of SHA-256 of the public keys to accept (R29). */
    public SeenByConfig setPins(String... pins) {
        this.pins = pins == null ? new ArrayList<>() : new ArrayList<>(Arrays.asList(pins));
        return this;
    }

    /** http://[user:password@]host:port of an HTTP proxy. */
    public SeenByConfig setProxy(String proxy) {
        this.proxy = proxy;
        return this;
    }

    /** How long a message must be seen to count as read by a tracker (R33), in ms; 0: 300. */
    public SeenByConfig setSeenForMs(int seenForMs) {
        this.seenForMs = seenForMs;
        return this;
    }

    /** How long a request waits for its answer before 6012, in ms; 0: 10 000. */
    public SeenByConfig setRequestTimeoutMs(int requestTimeoutMs) {
        this.requestTimeoutMs = requestTimeoutMs;
        return this;
    }

    /** How long opening a connection may take before 9510, in ms; 0: 10 000. */
    public SeenByConfig setConnectTimeoutMs(int connectTimeoutMs) {
        this.connectTimeoutMs = connectTimeoutMs;
        return this;
    }

    /** Name and version of the app, for the server's log. */
    public SeenByConfig setClientName(String clientName) {
        this.clientName = clientName == null ? "" : clientName;
        return this;
    }

    /** Where callbacks and listeners run. Not set: on Android the main thread, elsewhere a thread of SeenBy. */
    public SeenByConfig setDispatcher(SeenByDispatcher dispatcher) {
        this.dispatcher = dispatcher;
        return this;
    }

    /** Renews the userSig silently (R30). Not set: {@link V2TIMSDKListener#onUserSigExpired}. */
    public SeenByConfig setTokenProvider(SeenByTokenProvider tokenProvider) {
        this.tokenProvider = tokenProvider;
        return this;
    }
}
