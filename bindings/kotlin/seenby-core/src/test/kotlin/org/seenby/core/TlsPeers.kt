package org.seenby.core

import java.io.ByteArrayOutputStream
import java.nio.ByteBuffer
import java.nio.file.Files
import java.nio.file.Path
import java.security.KeyStore
import java.security.Provider
import java.security.cert.X509Certificate
import java.util.concurrent.TimeUnit
import javax.net.ssl.KeyManagerFactory
import javax.net.ssl.SSLContext
import javax.net.ssl.SSLEngine
import javax.net.ssl.SSLEngineResult.HandshakeStatus
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue

/** A key and its certificate, made by the JDK's keytool. */
internal class Keys(folder: Path) {
    private val file = folder.resolve("server.p12")
    private val store: KeyStore

    init {
        val keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString()
        val command = listOf(
            keytool, "-genkeypair", "-keystore", "$file", "-storepass", PASSWORD, "-alias", "server", "-keyalg", "EC",
            "-dname", "CN=chat.example", "-ext", "san=dns:chat.example", "-validity", "2",
        )
        val process = ProcessBuilder(command).redirectErrorStream(true).start()
        val said = process.inputStream.bufferedReader().readText()
        assertTrue(process.waitFor(60, TimeUnit.SECONDS))
        assertEquals(0, process.exitValue(), said)
        store = KeyStore.getInstance("PKCS12")
        Files.newInputStream(file).use { store.load(it, PASSWORD.toCharArray()) }
    }

    val certificate: X509Certificate get() = store.getCertificate("server") as X509Certificate

    /** A server's side of TLS, by the JDK. */
    fun server(protocol: String): Server {
        val keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm())
        keys.init(store, PASSWORD.toCharArray())
        val context = SSLContext.getInstance("TLS", JDK)
        context.init(keys.keyManagers, null, null)
        val engine = context.createSSLEngine()
        engine.useClientMode = false
        engine.enabledProtocols = arrayOf(protocol)
        return Server(engine)
    }

    private companion object {
        const val PASSWORD = "secret"
    }
}

internal const val JDK = "SunJSSE"

/** A server's side of TLS without a socket. It takes whole records only, one after the other. */
internal class Server(val engine: SSLEngine) {
    private val inbox = ByteBuffer.allocate(1 shl 20)

    /** What it answers, and what it read. */
    fun advance(received: ByteArray, outgoing: ByteArray = ByteArray(0)): Pair<ByteArray, ByteArray> {
        val send = ByteArrayOutputStream()
        val plain = ByteArrayOutputStream()
        inbox.put(received)
        while (true) {
            when (engine.handshakeStatus) {
                HandshakeStatus.NEED_TASK -> generateSequence { engine.delegatedTask }.forEach(Runnable::run)
                HandshakeStatus.NEED_WRAP -> wrap(ByteBuffer.allocate(0), send)
                else -> {
                    val text = ByteBuffer.allocate(1 shl 15)
                    inbox.flip()
                    val result = engine.unwrap(inbox, text)
                    inbox.compact()
                    plain.write(text.array(), 0, text.position())
                    val isStuck = result.bytesConsumed() == 0 && result.bytesProduced() == 0
                    if (isStuck && engine.handshakeStatus !in setOf(HandshakeStatus.NEED_TASK, HandshakeStatus.NEED_WRAP)) break
                }
            }
        }
        val source = ByteBuffer.wrap(outgoing)
        while (source.hasRemaining()) wrap(source, send)
        return send.toByteArray() to plain.toByteArray()
    }

    fun finish(): ByteArray {
        val send = ByteArrayOutputStream()
        engine.closeOutbound()
        while (!engine.isOutboundDone) wrap(ByteBuffer.allocate(0), send)
        return send.toByteArray()
    }

    private fun wrap(source: ByteBuffer, send: ByteArrayOutputStream) {
        val record = ByteBuffer.allocate(1 shl 15)
        engine.wrap(source, record)
        send.write(record.array(), 0, record.position())
    }
}

/** Puts a provider before all others while [code] runs: Android's is Conscrypt. Null: the JDK's stays. */
internal fun <T> withProvider(provider: Provider?, code: () -> T): T {
    if (provider == null) return code()
    java.security.Security.insertProviderAt(provider, 1)
    try {
        return code()
    } finally {
        java.security.Security.removeProvider(provider.name)
    }
}
