package org.seenby.v2tim;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.seenby.v2tim.Waiting.Heard;

/** A TLS server on this machine, of an authority of its own: hears who got past the certificate, and hangs up. */
final class TlsServer implements AutoCloseable {
    private static final String PASSWORD = "changeit";

    private final SSLServerSocket socket;
    private final Path folder;
    /** The first line that a client sent under TLS: it has trusted us. */
    final Heard<String> requests = new Heard<>();

    /** Its certificate is for this name, which the JDK's keytool makes. */
    TlsServer(Path folder, String name) throws Exception {
        this.folder = folder;
        keytool("-genkeypair", "-alias", "authority", "-dname", "CN=Test Authority", "-ext", "bc:c");
        keytool("-genkeypair", "-alias", "server", "-signer", "authority", "-dname", "CN=" + name, "-ext", "san=dns:" + name,
                "-ext", "eku=serverAuth");
        KeyStore keys = keys();
        keys.deleteEntry("authority");
        KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        socket = (SSLServerSocket) context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getByName("localhost"));
        Thread thread = new Thread(this::serve, "tls-server");
        thread.setDaemon(true);
        thread.start();
    }

    private void keytool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(Arrays.asList(arguments));
        command.addAll(List.of("-keyalg", "EC", "-validity", "7", "-keystore", folder.resolve("keys.p12").toString(), "-storetype",
                "PKCS12", "-storepass", PASSWORD));
        Process made = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (made.waitFor() != 0) {
            throw new IOException(said);
        }
    }

    private KeyStore keys() throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve("keys.p12"))) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return keys;
    }

    /** From here on this JVM trusts the authority, and no other. */
    void trusted() throws Exception {
        KeyStore authorities = KeyStore.getInstance("PKCS12");
        authorities.load(null, null);
        authorities.setCertificateEntry("authority", keys().getCertificate("authority"));
        Path file = folder.resolve("authorities.p12");
        try (java.io.OutputStream out = Files.newOutputStream(file)) {
            authorities.store(out, PASSWORD.toCharArray());
        }
        System.setProperty("javax.net.ssl.trustStore", file.toString());
        System.setProperty("javax.net.ssl.trustStorePassword", PASSWORD);
    }

    String url() {
        return "wss://localhost:" + socket.getLocalPort();
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (SSLSocket client = (SSLSocket) socket.accept()) {
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
                String line = lines.readLine();
                if (line != null) {
                    requests.add(line);
                }
            } catch (IOException e) {
                // It did not trust us, or the test is over.
            }
        }
    }

    @Override
    public void close() throws IOException {
        System.clearProperty("javax.net.ssl.trustStore");
        System.clearProperty("javax.net.ssl.trustStorePassword");
        socket.close();
    }
}
