package consumer

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import java.io.DataInputStream

/** Every Android build takes Java 8's byte code, down to API 21. */
class ShippedTest {
    private companion object {
        const val JAVA_8 = 52
    }

    @Test
    fun `what is shipped is Java 8's byte code`() {
        val shipped = listOf(
            "org.seenby.core.SeenByClient",
            "org.seenby.SeenBy",
            "org.seenby.ReadTracker",
            "org.seenby.v2tim.V2TIMManager",
            "org.seenby.v2tim.SeenByTracker",
            "org.seenby.testkit.TestService",
        )
        for (name in shipped) {
            val stream = checkNotNull(javaClass.classLoader.getResourceAsStream(name.replace('.', '/') + ".class")) { name }
            val version = DataInputStream(stream).use { it.skipBytes(6); it.readUnsignedShort() }
            assertEquals(JAVA_8, version, name)
        }
    }
}
