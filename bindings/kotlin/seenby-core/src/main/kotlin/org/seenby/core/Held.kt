package org.seenby.core

/** What the library holds of the app's: for tests that look for leaks. */
public object Held {
    /** How many completions, listeners, dispatchers, providers and sessions of TLS have not been let go of. */
    @JvmStatic
    public fun count(): Int = completions() + FfiConverterTypeEventListener.handleMap.size +
        FfiConverterTypeCallbackDispatcher.handleMap.size + FfiConverterTypeUserSigProvider.handleMap.size +
        FfiConverterTypeTlsProvider.handleMap.size + FfiConverterTypeTlsSession.handleMap.size

    /** The completions among them: calls that are out. */
    @JvmStatic
    public fun completions(): Int = FfiConverterTypeCompletion.handleMap.size
}
