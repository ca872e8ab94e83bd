package org.seenby

import android.content.Context
import org.seenby.core.AndroidPlatform
import org.seenby.core.SeenByClient
import org.seenby.core.TlsProvider

/** What the system gives a client: [SeenByConfig.platform]. */
public abstract class Platform internal constructor() {
    internal abstract val dataFolder: String?
    internal abstract val tls: TlsProvider

    internal abstract fun start(client: SeenByClient): AutoCloseable
}

/**
 * Android: the device's state in the app's no-backup files (R30), Android's TLS, trust store and the app's network security
 * config (R29), the network's coming and going, and the app's way to the background and back, which read trackers follow (R33).
 *
 * Listeners stay on SeenBy's own thread, unless [SeenByConfig.executor] says otherwise (`ContextCompat.getMainExecutor(context)`); suspend
 * functions and flows come back on their coroutine's dispatcher.
 */
public class Android(private val context: Context) : Platform() {
    override val dataFolder: String get() = AndroidPlatform(context).dataFolder
    override val tls: TlsProvider get() = AndroidPlatform(context).tls

    override fun start(client: SeenByClient): AutoCloseable {
        val platform = AndroidPlatform(context)
        platform.start(client)
        return AutoCloseable { platform.stop() }
    }
}
