package org.seenby.v2tim;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedKeyManager;
import org.seenby.v2tim.Waiting.Heard;

/** Takes TLS connections on loopback with a certificate, and says whether the client spoke to it: it does to whom it trusts. */
final class TlsServer implements AutoCloseable {
    /** What it was asked in the first line; empty: the client hung up before that. */
    final Heard<String> asked = new Heard<>();
    private final SSLServerSocket listening;

    TlsServer(KeyStore keys, String alias) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(new KeyManager[] {new One(keys, alias)}, null, null);
        listening = (SSLServerSocket) context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread taking = new Thread(this::take, "tls-server");
        taking.setDaemon(true);
        taking.start();
    }

    String url() {
        return "wss://localhost:" + listening.getLocalPort();
    }

    private void take() {
        while (!listening.isClosed()) {
            try (Socket client = listening.accept()) {
                asked.add(firstLine((SSLSocket) client));
            } catch (IOException e) {
                // It was closed.
            }
        }
    }

    private static String firstLine(SSLSocket client) {
        try {
            String line = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1)).readLine();
            return line == null ? "" : line;
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }

    /** One key, whatever is asked for. */
    private static final class One extends X509ExtendedKeyManager {
        private final PrivateKey key;
        private final X509Certificate[] chain;

        One(KeyStore keys, String alias) throws Exception {
            key = (PrivateKey) keys.getKey(alias, TestAuthority.PASSWORD);
            chain = TestAuthority.chain(keys, alias);
        }

        @Override
        public String chooseEngineServerAlias(String type, Principal[] issuers, javax.net.ssl.SSLEngine engine) {
            return "one";
        }

        @Override
        public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
            return type.equals(key.getAlgorithm()) ? "one" : null;
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return chain;
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return key;
        }

        @Override
        public String[] getServerAliases(String type, Principal[] issuers) {
            return new String[] {"one"};
        }

        @Override
        public String[] getClientAliases(String type, Principal[] issuers) {
            return null;
        }

        @Override
        public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
            return null;
        }
    }
}
