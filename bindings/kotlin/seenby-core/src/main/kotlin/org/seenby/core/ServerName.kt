package org.seenby.core

import javax.net.ssl.SNIHostName
import javax.net.ssl.SSLEngine

/** What the oldest Android lacks: the build does not hold it against this class. */
@Retention(AnnotationRetention.BINARY)
internal annotation class NewerAndroid

/** What Android has from 7.0 on (API 24): whoever calls it must expect a LinkageError before. */
@NewerAndroid
internal object ServerName {
    /** Has the engine say for which name it wants a certificate. */
    fun ask(engine: SSLEngine, name: String) {
        val parameters = engine.sslParameters
        parameters.serverNames = listOf(SNIHostName(name))
        engine.sslParameters = parameters
    }
}
