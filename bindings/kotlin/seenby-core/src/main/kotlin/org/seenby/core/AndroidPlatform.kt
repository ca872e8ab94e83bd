package org.seenby.core

import android.app.Activity
import android.app.Application
import android.content.Context
import android.net.ConnectivityManager
import android.net.Network
import android.net.NetworkCapabilities
import android.net.NetworkRequest
import android.os.Bundle
import android.os.Handler
import android.os.Looper
import java.io.File
import java.util.Collections
import java.util.IdentityHashMap

/**
 * What Android gives: a folder for the device's state, the main thread, TLS and who is trusted, a log, and the coming and going of the
 * network and of the app's screens. Loaded only where a Context was given, so that the rest runs on any JVM.
 */
public class AndroidPlatform(context: Context) {
    private val context: Context = context.applicationContext ?: context
    private val main = Handler(Looper.getMainLooper())
    private var network: ConnectivityManager.NetworkCallback? = null
    private var screens: Application.ActivityLifecycleCallbacks? = null

    /** In the app's own files, which no backup takes: a device id must not be restored to another device (R30). */
    public val dataFolder: String get() = File(context.noBackupFilesDir, "seenby").path

    /** Android's TLS and whom it trusts, for a client (R29). */
    public val tls: TlsProvider get() = PlatformTls(AndroidTrust())

    /** Runs this on the main thread, later. */
    public fun post(work: Runnable) {
        main.post(work)
    }

    /** Follows the network and the app's screens, for this client, until [stop]. */
    @Synchronized
    public fun start(client: SeenByClient) {
        followNetwork(client)
        followScreens(client)
    }

    /** Connects at once when the network is back, and sleeps when it is gone. */
    private fun followNetwork(client: SeenByClient) {
        val manager = connectivity() ?: return
        val callback = object : ConnectivityManager.NetworkCallback() {
            /** Those that were announced: to ask the system here would be to ask while it changes. Called by one thread. */
            private val there = HashSet<Network>()

            override fun onAvailable(which: Network) {
                there.add(which)
                tell { client.networkAvailable(true) }
            }

            override fun onLost(which: Network) {
                there.remove(which)
                tell { client.networkAvailable(there.isNotEmpty()) }
            }
        }
        val request = NetworkRequest.Builder().addCapability(NetworkCapabilities.NET_CAPABILITY_INTERNET).build()
        try {
            manager.registerNetworkCallback(request, callback)
            network = callback
        } catch (_: RuntimeException) {
            // Without ACCESS_NETWORK_STATE (SecurityException), or where the app has too many already (the system allows 100), the
            // client finds out by itself, later.
        }
    }

    private fun connectivity() = context.getSystemService(Context.CONNECTIVITY_SERVICE) as ConnectivityManager?

    /** Tells the client, and with it its read trackers, when the last screen has gone and when one comes (R33). */
    private fun followScreens(client: SeenByClient) {
        val application = context as? Application ?: return
        screens = Screens { foreground -> tell { client.foreground(foreground) } }
        application.registerActivityLifecycleCallbacks(screens)
    }

    /** Ends what [start] began. */
    @Synchronized
    public fun stop() {
        network?.let { connectivity()?.unregisterNetworkCallback(it) }
        network = null
        screens?.let { (context as Application).unregisterActivityLifecycleCallbacks(it) }
        screens = null
    }

    private fun tell(what: () -> Unit) {
        try {
            what()
        } catch (_: Exception) {
            // The client is not initialized any more, or closed.
        }
    }
}

/** Which screens can be seen. One that is made anew, for another orientation say, has not gone. */
private class Screens(private val tell: (foreground: Boolean) -> Unit) : Application.ActivityLifecycleCallbacks {
    private val shown: MutableSet<Activity> = Collections.newSetFromMap(IdentityHashMap())

    override fun onActivityStarted(activity: Activity) {
        val isFirst = shown.isEmpty()
        shown.add(activity)
        if (isFirst) tell(true)
    }

    override fun onActivityStopped(activity: Activity) {
        // It may have been there before us.
        shown.remove(activity)
        if (shown.isEmpty() && !activity.isChangingConfigurations) tell(false)
    }

    override fun onActivityCreated(activity: Activity, state: Bundle?) = Unit

    override fun onActivityResumed(activity: Activity) = Unit

    override fun onActivityPaused(activity: Activity) = Unit

    override fun onActivitySaveInstanceState(activity: Activity, state: Bundle) = Unit

    override fun onActivityDestroyed(activity: Activity) = Unit
}
