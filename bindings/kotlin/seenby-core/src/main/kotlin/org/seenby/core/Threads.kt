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
            uniffiCallbackInterfaceCertificateVerifier.verify,
            uniffiCallbackInterfaceCertificateVerifier.uniffiFree,
            uniffiCallbackInterfaceCertificateVerifier.uniffiClone,
            uniffiCallbackInterfaceLogSink.line,
            uniffiCallbackInterfaceLogSink.uniffiFree,
            uniffiCallbackInterfaceLogSink.uniffiClone,
        )
        callbacks.forEach { Native.setCallbackThreadInitializer(it, initializer) }
        uniffiEnsureInitialized()
    }

    /** The library is loaded, and its callbacks know their thread. */
    @JvmStatic
    public fun ready() {
        // The work is done once, by `init`.
    }
}
