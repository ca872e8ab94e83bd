package org.seenby.v2tim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seenby.v2tim.Waiting.Done;

/** TLS on a JVM without Android (R29): the JDK's, with its own authorities, those of a file, and pins. */
class TlsTest {
    @TempDir
    Path folder;

    private TestAuthority authority;

    @BeforeEach
    void make() throws Exception {
        authority = new TestAuthority(folder);
    }

    private V2TIMManager manager(String url, Consumer<SeenByConfig> more) throws Exception {
        V2TIMSDKConfig config = Phone.config(url, "alice", folder.resolve("data").toString());
        more.accept(config.getSeenBy());
        return SeenByV2TIM.createManager(Phone.APP, config);
    }

    /** What ends a login at this server, which is none of ours: what it was asked, and the sentence. */
    private String[] login(TlsServer server, int code, Consumer<SeenByConfig> more) throws Exception {
        V2TIMManager manager = manager(server.url(), more);
        try {
            Done login = new Done();
            manager.login("alice", "", login);
            return new String[] {server.asked.next(), login.refused(code)};
        } finally {
            manager.unInitSDK();
        }
    }

    private String pem(Certificate certificate) throws Exception {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded());
        Path file = Files.createTempFile(folder, "authority", ".pem");
        Files.write(file, ("-----BEGIN CERTIFICATE-----\n" + lines + "\n-----END CERTIFICATE-----\n").getBytes("US-ASCII"));
        return file.toString();
    }

    private static String pin(Certificate certificate) throws Exception {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(certificate.getPublicKey().getEncoded());
        return Base64.getEncoder().encodeToString(hash);
    }

    @Test
    void whomTheJdkDoesNotTrustIsNotSpokenTo() throws Exception {
        try (TlsServer server = new TlsServer(authority.server("server", "localhost"), "server")) {
            String[] ended = login(server, BaseConstants.ERR_SEENBY_CERTIFICATE_REFUSED, config -> {});
            assertEquals("", ended[0], "the client spoke to it");
            assertTrue(ended[1].contains("localhost") && ended[1].contains(TestAuthority.NAME), ended[1]);
            assertTrue(ended[1].contains("certification path"), ended[1]);
        }
    }

    @Test
    void theAuthoritiesOfAFileTakeTheirPlaceAndPinsCountBesides() throws Exception {
        String file = pem(authority.trusted().getCertificate("authority"));
        String own = pin(authority.server("server", "localhost").getCertificate("server"));
        String other = pin(authority.trusted().getCertificate("authority"));
        try (TlsServer server = new TlsServer(authority.server("other", "localhost"), "server")) {
            // It speaks no WebSocket: that the client asked for one is enough.
            String[] trusted = login(server, BaseConstants.ERR_SDK_NET_DISCONNECT,
                    config -> config.setCaFile(file).setPins(own));
            assertTrue(trusted[0].startsWith("GET "), trusted[0]);
            String[] ended = login(server, BaseConstants.ERR_SEENBY_CERTIFICATE_REFUSED,
                    config -> config.setCaFile(file).setPins(other));
            assertEquals("", ended[0], "the client spoke to it");
            assertTrue(ended[1].contains("pins") && ended[1].contains("localhost"), ended[1]);
        }
    }

    @Test
    void aFileThatNamesNoAuthorityIsRefusedAtOnce() throws Exception {
        Path garbage = Files.write(folder.resolve("garbage.pem"),
                "-----BEGIN CERTIFICATE-----\nAQID\n-----END CERTIFICATE-----\n".getBytes("US-ASCII"));
        for (String file : new String[] {garbage.toString(), folder.resolve("none.pem").toString()}) {
            SeenByException refused =
                    assertThrows(SeenByException.class, () -> manager("wss://localhost:1", config -> config.setCaFile(file)));
            assertEquals(BaseConstants.ERR_INVALID_PARAMETERS, refused.getCode());
            assertTrue(refused.getMessage().contains("ca_file") && refused.getMessage().contains(file), refused.getMessage());
        }
    }
}
