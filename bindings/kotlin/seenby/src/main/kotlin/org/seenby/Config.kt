package org.seenby

import org.seenby.core.ClientConfig
import java.util.concurrent.Executor

/**
 * How a client is set up. `SeenByConfig(appId)` is enough for a service inside this process.
 *
 * @property appId the app, sdkAppID: 1 to 4 294 967 295.
 * @property server where to connect (R28): `wss://…`, `ws://…`, `embedded:`, `embedded:mem/NAME` or `embedded:file/PATH`. Null: the
 * environment variable `SEENBY_SERVER`, else `embedded:`.
 * @property dataFolder where the device keeps its outbox, index and cache. Null: `seenby` in the user's folder for application data.
 * With [platform] the app's own. A folder belongs to one process at a time. Not used with a service in memory.
 * @property allowPlain allows `ws://` to other machines, unencrypted: for tests in a network one trusts.
 * @property deviceLabel clients that share a data folder and are to count as different devices give different labels (R30).
 * @property withReaders pushes of receipts name the readers added since the last one (R12).
 * @property caFile a PEM file with the certificates to trust, instead of the platform's (R29).
 * @property pins base64 of SHA-256 of the public keys to accept (R29); empty: any that is valid.
 * @property proxy `http://[user:password@]host:port`.
 * @property seenForMs how long a message must be seen to count as read (R33), in ms. 0: 300.
 * @property requestTimeoutMs how long a request waits for its answer before it ends with 6012, in ms. 0: 10 000.
 * @property connectTimeoutMs how long opening a connection may take before it ends with 9510, in ms. 0: 10 000.
 * @property clientName name and version of the app, for the server's log.
 * @property flowBuffer how many events wait for each flow's collector; see [SeenBy.events].
 * @property executor where listeners run, one after the other. Null: SeenBy's own delivery thread. Suspend functions and flows
 * come back on their coroutine's dispatcher in any case. It must not block on a call of SeenBy.
 * @property userSigProvider renews the userSig silently when it runs out (R30). Null: [SeenByEvent.UserSigExpired], then [SeenBy.login].
 * @property platform on Android `Android(context)`: folder, trust store, network and background. Null: a plain JVM.
 */
public class SeenByConfig @JvmOverloads constructor(
    public val appId: Long,
    public val server: String? = null,
    public val dataFolder: String? = null,
    public val allowPlain: Boolean = false,
    public val deviceLabel: String? = null,
    public val withReaders: Boolean = false,
    public val caFile: String? = null,
    public val pins: List<String> = emptyList(),
    public val proxy: String? = null,
    public val seenForMs: Int = 0,
    public val requestTimeoutMs: Int = 0,
    public val connectTimeoutMs: Int = 0,
    public val clientName: String = "",
    public val flowBuffer: Int = DEFAULT_FLOW_BUFFER,
    public val executor: Executor? = null,
    public val userSigProvider: UserSigProvider? = null,
    public val platform: Platform? = null,
) {
    public companion object {
        /** [flowBuffer], if nothing else is said. */
        public const val DEFAULT_FLOW_BUFFER: Int = 1024
    }

    internal fun core(): ClientConfig = ClientConfig(
        app = appId,
        server = text("server", server),
        allowPlain = allowPlain,
        dataDir = text("dataFolder", dataFolder ?: platform?.dataFolder),
        deviceLabel = text("deviceLabel", deviceLabel),
        withReaders = withReaders,
        caFile = text("caFile", caFile),
        pins = texts("pins", pins),
        proxy = text("proxy", proxy),
        seenForMs = seenForMs,
        requestTimeoutMs = requestTimeoutMs,
        connectTimeoutMs = connectTimeoutMs,
        clientName = text("clientName", clientName),
    )
}

/** Renews userSigs (R30): asks the app's backend. */
public fun interface UserSigProvider {
    /**
     * A new userSig of this user. Null, or an exception: there is none now, and the app hears [SeenByEvent.UserSigExpired]. It is
     * called on `Dispatchers.Default`, and cancelled when the client is closed.
     */
    public suspend fun userSig(userId: String): String?
}
