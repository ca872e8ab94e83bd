package org.seenby.core

import java.security.GeneralSecurityException
import javax.net.ssl.SSLContext
import javax.net.ssl.SSLEngine

/** TLS by the JVM's own SSLEngine, or Android's: what the library is built without (R29). */
public class PlatformTls internal constructor(private val trust: Trust) : TlsProvider {
    override fun check(authorities: List<ByteArray>): String? = try {
        Trust.of(authorities)
        null
    } catch (e: GeneralSecurityException) {
        e.message ?: e.javaClass.simpleName
    }

    /** What the system refuses, the session says: what a provider throws, nobody reads. */
    override fun connect(peer: TlsPeer): TlsSession = try {
        session(peer)
    } catch (e: Exception) {
        NoSession(e.message ?: e.javaClass.simpleName)
    }

    private fun session(peer: TlsPeer): TlsSession {
        val judge = Judge(if (peer.authorities.isEmpty()) trust else Trust.of(peer.authorities), peer.host)
        // A context for each connection: it would keep sessions, and with them whom it trusted.
        val context = SSLContext.getInstance("TLS")
        context.init(null, arrayOf(judge), null)
        return EngineSession(engine(context, peer), judge)
    }

    private fun engine(context: SSLContext, peer: TlsPeer): SSLEngine {
        val engine = context.createSSLEngine(peer.host, peer.port)
        engine.useClientMode = true
        // Android 5 and 6 allow older ones by themselves.
        engine.enabledProtocols = engine.supportedProtocols.filter { it in PROTOCOLS }.toTypedArray()
        peer.serverName?.let { ask(engine, it) }
        return engine
    }

    /** Says for which name a certificate is wanted, where the system would not by itself: it wants a dot in it. */
    private fun ask(engine: SSLEngine, name: String) {
        try {
            ServerName.ask(engine, name)
        } catch (_: LinkageError) {
            // Android before 7.0, which says the name that the engine was made with.
        } catch (_: IllegalArgumentException) {
            // Java takes no such name (one with an underscore, say): the server shows the certificate that it shows to anybody.
        }
    }

    /** There is none, for this reason. */
    private class NoSession(private val why: String) : TlsSession {
        override fun advance(received: ByteArray, outgoing: ByteArray): TlsStep =
            TlsStep(NOTHING, NOTHING, isOpen = false, isClosed = false, emptyList(), TlsFailure(isRefusal = false, why))

        override fun finish(): ByteArray = NOTHING

        private companion object {
            val NOTHING = ByteArray(0)
        }
    }

    public companion object {
        private val PROTOCOLS = setOf("TLSv1.2", "TLSv1.3")

        /** Where no Context is given: with the JVM's authorities, on Android with Android's. */
        @JvmStatic
        public fun withoutContext(): PlatformTls =
            PlatformTls(if (System.getProperty("java.vm.name") == "Dalvik") AndroidTrust() else Trust.jvm)
    }
}
