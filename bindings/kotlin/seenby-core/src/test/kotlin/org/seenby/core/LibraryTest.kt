package org.seenby.core

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test
import java.util.UUID
import java.util.concurrent.CompletableFuture
import java.util.concurrent.TimeUnit

class LibraryTest {
    @Test
    fun `a panic inside is an exception, and the process lives`() {
        // An option that is neither there nor not, which no caller can pass through these bindings: the library panics over it.
        val client = SeenByClient(ClientConfig(app = 1, server = "embedded:mem/${UUID.randomUUID()}"), null, null)
        client.use {
            val panicked = assertThrows(InternalException::class.java) {
                client.callWithHandle { handle ->
                    val status = UniffiRustCallStatus()
                    val bad = RustBuffer.alloc(1UL).also { it.asByteBuffer()!!.put(7) }
                    UniffiLib.uniffi_seenby_fn_method_seenbyclient_create_group(
                        handle,
                        FfiConverterString.lower("Work"),
                        bad,
                        FfiConverterString.lower("g"),
                        FfiConverterSequenceString.lower(emptyList()),
                        FfiConverterOptionalTypeCompletion.lower(null),
                        status,
                    )
                    if (status.isPanic()) throw InternalException(FfiConverterString.lift(status.error_buf))
                }
            }
            assertTrue(panicked.message!!.isNotEmpty())
            assertEquals("", client.loginUser())
        }
    }

    @BeforeEach
    fun load() = Threads.ready()

    @Test
    fun `the library loads and its checksums are those of these bindings`() {
        assertTrue(Regex("""\d+\.\d+\.\d+""").matches(libraryVersion()), libraryVersion())
    }

    @Test
    fun `bad settings throw the documented error with the offending value`() {
        val refused = assertThrows(Failure.Refused::class.java) { SeenByClient(ClientConfig(app = -5), null, null) }
        assertEquals(6017, refused.code)
        assertTrue(refused.text.contains("-5"), refused.text)
    }

    @Test
    fun `a call ends once, on a thread that stays`() {
        val client = SeenByClient(ClientConfig(app = 1400000001, server = "embedded:mem/${UUID.randomUUID()}"), null, null)
        client.use {
            val threads = (1..3).map { at ->
                val ended = CompletableFuture<Thread>()
                client.login("u$at", "", object : Completion {
                    override fun succeeded(answer: Answer) {
                        check(ended.complete(Thread.currentThread())) { "ended twice" }
                    }

                    override fun failed(failure: Failure) {
                        check(ended.completeExceptionally(failure)) { "ended twice" }
                    }

                    override fun dropped() {
                        check(ended.cancel(false)) { "ended twice" }
                    }
                })
                ended.get(30, TimeUnit.SECONDS)
            }
            assertEquals(1, threads.distinct().size, "$threads")
            assertTrue(threads[0].isDaemon)
            client.shutdown()
        }
    }
}
