package org.seenby.core

import com.sun.jna.Callback
import com.sun.jna.CallbackThreadInitializer
import com.sun.jna.Native

/**
 * How SeenBy's threads are seen by the JVM. [ready] comes before anything else of this package: whatever makes a client or
 * adds a listener calls it.
 */
public object Threads {
    /** JNA would attach a native thread anew for every callback: that costs more than the callback. It stays until it ends. */
    private val initializer = CallbackThreadInitializer(true, false, "seenby-delivery")

    init {
        try {
            begin()
        } catch (failed: LinkageError) {
            throw explained(failed, hasFunctions())
        }
    }

    private fun begin() {
        // Before the library is loaded, which hands these over: JNA looks then whether they have an initializer.
        val callbacks = listOf<Callback>(
            uniffiCallbackInterfaceCompletion.succeeded,
            uniffiCallbackInterfaceCompletion.failed,
            uniffiCallbackInterfaceCompletion.uniffiFree,
            uniffiCallbackInterfaceCompletion.uniffiClone,
            uniffiCallbackInterfaceEventListener.onEvents,
            uniffiCallbackInterfaceEventListener.uniffiFree,
            uniffiCallbackInterfaceEventListener.uniffiClone,
            uniffiCallbackInterfaceCallbackDispatcher.dispatch,
            uniffiCallbackInterfaceCallbackDispatcher.uniffiFree,
            uniffiCallbackInterfaceCallbackDispatcher.uniffiClone,
            uniffiCallbackInterfaceUserSigProvider.userSig,
            uniffiCallbackInterfaceUserSigProvider.uniffiFree,
            uniffiCallbackInterfaceUserSigProvider.uniffiClone,
            uniffiCallbackInterfaceLogSink.line,
            uniffiCallbackInterfaceLogSink.uniffiFree,
            uniffiCallbackInterfaceLogSink.uniffiClone,
        )
        callbacks.forEach { Native.setCallbackThreadInitializer(it, initializer) }
        val tls = listOf<Callback>(
            uniffiCallbackInterfaceTlsProvider.check,
            uniffiCallbackInterfaceTlsProvider.connect,
            uniffiCallbackInterfaceTlsProvider.uniffiFree,
            uniffiCallbackInterfaceTlsProvider.uniffiClone,
            uniffiCallbackInterfaceTlsSession.advance,
            uniffiCallbackInterfaceTlsSession.finish,
            uniffiCallbackInterfaceTlsSession.uniffiFree,
            uniffiCallbackInterfaceTlsSession.uniffiClone,
        )
        tls.forEach { Native.setCallbackThreadInitializer(it, CallbackThreadInitializer(true, false, "seenby-tls")) }
        uniffiEnsureInitialized()
    }

    /** Android has them from 7.0 on, and JNA asks for them. */
    private fun hasFunctions(): Boolean = try {
        Class.forName("java.util.function.Function", false, Threads::class.java.classLoader)
        true
    } catch (_: ClassNotFoundException) {
        false
    }

    /** What went wrong, for an app's author. */
    internal fun explained(failed: LinkageError, hasFunctions: Boolean): Throwable =
        // A library that is not there is another thing.
        if (hasFunctions || failed is UnsatisfiedLinkError) failed
        else IllegalStateException(
            "JNA needs java.util.function, which Android has from 7.0 on: enable core library desugaring " +
                "(isCoreLibraryDesugaringEnabled = true), or raise minSdk to 24",
            failed,
        )

    /** The library is loaded, and its callbacks know their thread. */
    @JvmStatic
    public fun ready() {
        // The work is done once, by `init`.
    }
}
