package org.seenby.core

import java.io.ByteArrayOutputStream
import java.nio.Buffer
import java.nio.ByteBuffer
import java.security.cert.CertificateException
import java.security.cert.X509Certificate
import javax.net.ssl.SSLEngine
import javax.net.ssl.SSLEngineResult
import javax.net.ssl.SSLEngineResult.HandshakeStatus
import javax.net.ssl.SSLEngineResult.Status
import javax.net.ssl.SSLPeerUnverifiedException

/** One connection's TLS by an [SSLEngine]: bytes in, bytes out. What it cannot use yet it keeps. */
internal class EngineSession(private val engine: SSLEngine, private val judge: Judge) : TlsSession {
    private var hasBegun = false
    private var isOpen = false
    private var isClosed = false

    /** What came and makes no whole record yet; from 0 to the position. */
    private var inbox = ByteBuffer.allocate(size(engine.session.packetBufferSize))

    /** What is to be sent once the engine takes it: it takes nothing while keys are changed. */
    private var outbox = ByteArray(0)

    private var record = ByteBuffer.allocate(size(engine.session.packetBufferSize))
    private var text = ByteBuffer.allocate(size(engine.session.applicationBufferSize))

    override fun advance(received: ByteArray, outgoing: ByteArray): TlsStep {
        val send = ByteArrayOutputStream()
        val plain = ByteArrayOutputStream()
        val wasOpen = isOpen
        val failure = try {
            step(received, outgoing, send, plain)
            null
        } catch (e: Exception) {
            // Engines throw more than they say.
            failed(e, send)
        }
        val certificates = when {
            failure != null -> if (failure.isRefusal) judge.shown else emptyList()
            isOpen && !wasOpen -> peer()
            else -> emptyList()
        }
        return TlsStep(send.toByteArray(), plain.toByteArray(), isOpen, isClosed, certificates.map { it.encoded }, failure)
    }

    private fun step(received: ByteArray, outgoing: ByteArray, send: ByteArrayOutputStream, plain: ByteArrayOutputStream) {
        keep(received)
        outbox = if (outbox.isEmpty()) outgoing else outbox + outgoing
        if (!hasBegun) {
            hasBegun = true
            engine.beginHandshake()
        }
        shake(send, plain)
        if (isOpen && outbox.isNotEmpty()) {
            val source = ByteBuffer.wrap(outbox)
            while (source.hasRemaining() && wrap(source, send)) {
                // One record after the other.
            }
            outbox = outbox.copyOfRange(source.position(), outbox.size)
        }
    }

    private fun keep(received: ByteArray) {
        if (inbox.remaining() < received.size) {
            val larger = ByteBuffer.allocate(inbox.position() + received.size)
            flip(inbox)
            inbox = larger.put(inbox)
        }
        inbox.put(received)
    }

    /** Does what the engine wants, and takes what came, until it wants more from the server. */
    private fun shake(send: ByteArrayOutputStream, plain: ByteArrayOutputStream) {
        while (true) {
            val wants = engine.handshakeStatus
            val didSomething = when (wants) {
                HandshakeStatus.NEED_TASK -> work()
                HandshakeStatus.NEED_WRAP -> wrap(NOTHING.duplicate(), send)
                HandshakeStatus.NEED_UNWRAP -> unwrap(plain)
                else -> {
                    isOpen = true
                    unwrap(plain)
                }
            }
            // Some engines want other things after a step that moved no byte.
            if (!didSomething && engine.handshakeStatus == wants) return
        }
    }

    /** Whether there was something. */
    private fun work(): Boolean {
        var did = false
        while (true) {
            // Here, at once: during the handshake this thread may block.
            val task = engine.delegatedTask ?: return did
            task.run()
            did = true
        }
    }

    /** Whether it did something. */
    private fun wrap(source: ByteBuffer, send: ByteArrayOutputStream): Boolean {
        clear(record)
        val result = engine.wrap(source, record)
        send.write(record.array(), 0, record.position())
        return when (result.status) {
            Status.BUFFER_OVERFLOW -> {
                record = ByteBuffer.allocate(maxOf(record.capacity() * 2, engine.session.packetBufferSize))
                true
            }
            Status.OK -> movedBytes(result)
            else -> false
        }
    }

    /** Whether it did something. */
    private fun unwrap(plain: ByteArrayOutputStream): Boolean {
        if (isClosed) return false
        flip(inbox)
        clear(text)
        val result = try {
            engine.unwrap(inbox, text)
        } finally {
            inbox.compact()
        }
        plain.write(text.array(), 0, text.position())
        return when (result.status) {
            Status.BUFFER_OVERFLOW -> {
                text = ByteBuffer.allocate(maxOf(text.capacity() * 2, engine.session.applicationBufferSize))
                true
            }
            Status.CLOSED -> {
                isClosed = true
                false
            }
            Status.OK -> movedBytes(result)
            else -> false
        }
    }

    private fun movedBytes(result: SSLEngineResult) = result.bytesConsumed() > 0 || result.bytesProduced() > 0

    private fun peer(): List<X509Certificate> = try {
        engine.session.peerCertificates.filterIsInstance<X509Certificate>()
    } catch (_: SSLPeerUnverifiedException) {
        emptyList()
    }

    /** What went wrong, after the server was told. */
    private fun failed(e: Exception, send: ByteArrayOutputStream): TlsFailure {
        try {
            while (wrap(NOTHING.duplicate(), send)) {
                // The alert.
            }
        } catch (_: Exception) {
            // It has none.
        }
        val causes = generateSequence<Throwable>(e) { it.cause }.take(MANY).toList()
        // The innermost says what is wrong: outside of it is only that something is.
        val why = causes.last().let { it.message ?: it.javaClass.simpleName }
        return TlsFailure(causes.any { it is CertificateException }, why)
    }

    override fun finish(): ByteArray {
        val send = ByteArrayOutputStream()
        engine.closeOutbound()
        while (!engine.isOutboundDone && wrap(NOTHING.duplicate(), send)) {
            // That nothing more comes.
        }
        return send.toByteArray()
    }

    /** What a ByteBuffer's own answers is not the same in every Java. */
    private fun flip(buffer: Buffer) = buffer.flip()

    private fun clear(buffer: Buffer) = buffer.clear()

    private companion object {
        /** A record, and what is around it: what a session that has not begun may not say. */
        const val RECORD = 18 * 1024

        fun size(said: Int): Int = maxOf(said, RECORD)

        val NOTHING: ByteBuffer = ByteBuffer.allocate(0)
        const val MANY = 16
    }
}
