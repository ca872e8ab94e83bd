package org.seenby.core

import java.nio.file.Path
import java.security.Provider
import java.security.cert.CertificateException
import javax.net.ssl.SSLException
import org.conscrypt.Conscrypt
import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNotNull
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.BeforeAll
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.MethodSource

/** A client's TLS without a socket, by the JDK's engine and by Conscrypt's, which is Android's. */
class EngineSessionTest {
    /** An engine and a version of TLS. */
    data class Kind(val name: String, val provider: Provider?, val protocol: String) {
        override fun toString() = "$name, $protocol"
    }

    /** The client's session, and the server it speaks to. */
    private class Line(kind: Kind, name: String = "chat.example", trust: Trust) {
        val session = withProvider(kind.provider) {
            PlatformTls(trust).connect(TlsPeer(name, 443, name, emptyList()))
        }
        val server = keys.server(kind.protocol)

        /** What the server said and the session has not got yet. */
        var onTheWay = NONE

        /** Both speak until the session is open or failed; its bytes come in pieces of this size. */
        fun open(piece: Int = Int.MAX_VALUE): TlsStep {
            var step = session.advance(NONE, NONE)
            repeat(100) {
                if (step.failure != null) return step
                onTheWay = server.advance(step.send).first
                if (step.isOpen) return step
                step = deliver(onTheWay, piece)
            }
            throw AssertionError("the handshake does not end")
        }

        /** What the session gets when the server says this: tickets may come before. */
        fun said(plain: ByteArray): ByteArray = onTheWay + server.advance(NONE, plain).first

        /** Brings the session what its server sent, in pieces; all that it answered, as one step. */
        fun deliver(bytes: ByteArray, piece: Int): TlsStep {
            var all = TlsStep(NONE, NONE, false, false, emptyList(), null)
            for (part in bytes.asList().chunked(minOf(piece, maxOf(bytes.size, 1)))) {
                val step = session.advance(part.toByteArray(), NONE)
                all = TlsStep(
                    all.send + step.send, all.plain + step.plain, step.isOpen, step.isClosed,
                    all.certificates + step.certificates, all.failure ?: step.failure,
                )
            }
            return all
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    fun whatIsSaidArrivesHoweverItIsCut(kind: Kind) {
        for (piece in listOf(1, 7, 1000, Int.MAX_VALUE)) {
            val line = Line(kind) { _, _, _ -> }
            val opened = line.open(piece)
            assertNull(opened.failure)
            assertEquals(listOf(keys.certificate.encoded.asList()), opened.certificates.map { it.asList() })

            val long = ByteArray(100_000) { (it % 251).toByte() }
            val (_, heard) = line.server.advance(line.session.advance(NONE, long).send)
            assertArrayEquals(long, heard)
            val back = line.deliver(line.said(long), if (piece == 1) 100 else piece)
            assertArrayEquals(long, back.plain)
            assertTrue(back.isOpen && !back.isClosed && back.certificates.isEmpty())
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    fun whatIsSentWhileItReadsIsSent(kind: Kind) {
        val line = Line(kind) { _, _, _ -> }
        line.open()
        val said = line.said("from the server".toByteArray())
        val step = line.session.advance(said, "from the client".toByteArray())
        assertEquals("from the server", String(step.plain))
        assertEquals("from the client", String(line.server.advance(step.send).second))
    }

    @ParameterizedTest
    @MethodSource("kinds")
    fun whoIsNotTrustedIsRefusedAndTold(kind: Kind) {
        var asked: String? = null
        val line = Line(kind) { chain, authType, host ->
            assertTrue(authType.isNotEmpty())
            asked = "$host ${chain.single().subjectX500Principal.name}"
            throw CertificateException("not to my taste")
        }
        val step = line.open()
        assertEquals("chat.example CN=chat.example", asked)
        val failure = step.failure!!
        assertTrue(failure.isRefusal, failure.why)
        assertEquals("not to my taste", failure.why)
        assertEquals(keys.certificate.encoded.asList(), step.certificates.first().asList())
        assertFalse(step.isOpen)
        val told = assertThrows(SSLException::class.java) { line.server.advance(step.send) }
        assertTrue(told.message!!.contains("certificate_unknown"), told.message)
    }

    @ParameterizedTest
    @MethodSource("kinds")
    fun nonsenseIsAFailureAndNoRefusal(kind: Kind) {
        val line = Line(kind) { _, _, _ -> }
        line.session.advance(NONE, NONE)
        val failure = line.session.advance("HTTP/1.1 400 Bad Request\r\n\r\n".toByteArray(), NONE).failure
        assertNotNull(failure)
        assertFalse(failure!!.isRefusal, failure.why)
        assertTrue(failure.why.isNotEmpty())
    }

    @ParameterizedTest
    @MethodSource("kinds")
    fun whatWasChangedOnTheWayIsAFailure(kind: Kind) {
        val line = Line(kind) { _, _, _ -> }
        line.open()
        val said = line.said("from the server".toByteArray())
        said[said.size - 1] = (said[said.size - 1] + 1).toByte()
        val step = line.session.advance(said, NONE)
        assertNotNull(step.failure)
        assertFalse(step.failure!!.isRefusal)
        assertEquals("", String(step.plain))
    }

    @ParameterizedTest
    @MethodSource("kinds")
    fun endsAreSaid(kind: Kind) {
        val line = Line(kind) { _, _, _ -> }
        line.open()
        val last = line.said("the last".toByteArray()) + line.server.finish()
        val step = line.session.advance(last, NONE)
        assertEquals("the last", String(step.plain))
        assertTrue(step.isClosed)
        assertNull(step.failure)

        val other = Line(kind) { _, _, _ -> }
        other.open()
        other.server.advance(other.session.finish())
        assertTrue(other.server.engine.isInboundDone)
    }

    @ParameterizedTest
    @MethodSource("kinds")
    fun authoritiesAreTakenOrNamed(kind: Kind) = withProvider(kind.provider) {
        val tls = PlatformTls.withoutContext()
        assertNull(tls.check(listOf(keys.certificate.encoded)))
        assertNotNull(tls.check(listOf(keys.certificate.encoded, byteArrayOf(1, 2, 3))))
        val trusting = tls.connect(TlsPeer("chat.example", 443, "chat.example", listOf(keys.certificate.encoded)))
        val server = keys.server(kind.protocol)
        var step = trusting.advance(NONE, NONE)
        while (!step.isOpen) {
            assertNull(step.failure)
            step = trusting.advance(server.advance(step.send).first, NONE)
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    fun aNameThatJavaTakesForNoneIsNotAskedFor(kind: Kind) {
        for (name in listOf("under_score", "chat.example.")) {
            assertNull(Line(kind, name) { _, _, _ -> }.open().failure, name)
        }
    }

    @Test
    fun whatCannotBeBegunSaysWhy() {
        val session = PlatformTls.withoutContext().connect(TlsPeer("chat.example", 443, null, listOf(byteArrayOf(1))))
        val failure = session.advance(NONE, NONE).failure!!
        assertFalse(failure.isRefusal)
        assertTrue(failure.why.isNotEmpty())
        assertEquals(0, session.finish().size)
    }

    companion object {
        private val NONE = ByteArray(0)
        private lateinit var keys: Keys

        @JvmStatic
        @BeforeAll
        fun make(@TempDir folder: Path) {
            keys = Keys(folder)
        }

        @JvmStatic
        fun kinds(): List<Kind> = listOf("TLSv1.2", "TLSv1.3").flatMap {
            listOf(Kind("JDK", null, it), Kind("Conscrypt", Conscrypt.newProvider(), it))
        }
    }
}
