package org.seenby.v2tim;

import static org.junit.Assert.assertEquals;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** An authority of the tests' own, and certificates that it signed: made by the JDK's keytool. */
final class TestAuthority {
    static final String NAME = "SeenBy's test authority";
    static final char[] PASSWORD = "secret".toCharArray();

    private final Path file;

    TestAuthority(Path folder) throws Exception {
        file = folder.resolve("keys.p12");
        key("authority", NAME, "-ext", "bc:c");
    }

    /** A certificate for servers of this name. */
    KeyStore server(String alias, String host) throws Exception {
        key(alias, host, "-signer", "authority", "-ext", "san=dns:" + host, "-ext", "eku=serverAuth");
        return keys();
    }

    /** A certificate that is not for servers. */
    KeyStore client(String alias, String host) throws Exception {
        key(alias, host, "-signer", "authority", "-ext", "san=dns:" + host, "-ext", "eku=clientAuth");
        return keys();
    }

    /** Who trusts this authority alone trusts these. */
    KeyStore trusted() throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("authority", keys().getCertificate("authority"));
        return trusted;
    }

    /** With its signers. */
    static X509Certificate[] chain(KeyStore keys, String alias) throws Exception {
        return Arrays.copyOf(keys.getCertificateChain(alias), keys.getCertificateChain(alias).length, X509Certificate[].class);
    }

    private KeyStore keys() throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD);
        }
        return keys;
    }

    private void key(String alias, String name, String... more) throws Exception {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair", "-alias", alias, "-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=" + name, "-validity",
                "30", "-keystore", file.toString(), "-storetype", "PKCS12", "-storepass", new String(PASSWORD)));
        command.addAll(List.of(more));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes());
        assertEquals(said, 0, keytool.waitFor());
    }
}
