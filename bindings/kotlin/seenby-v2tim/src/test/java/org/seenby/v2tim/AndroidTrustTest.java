package org.seenby.v2tim;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.seenby.v2tim.MainThread.until;

import android.content.Context;
import java.security.KeyStore;
import java.security.Provider;
import java.security.Security;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.ManagerFactoryParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.TrustManagerFactorySpi;
import javax.net.ssl.X509TrustManager;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.runner.RunWith;
import org.robolectric.RobolectricTestRunner;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.annotation.Config;
import org.robolectric.shadows.ShadowLog;
import org.seenby.core.Logs;
import org.seenby.v2tim.Waiting.Done;

/** The platform's store says who is trusted (R29), and the log goes to Android's. */
@RunWith(RobolectricTestRunner.class)
@Config(sdk = 34, manifest = Config.NONE)
public class AndroidTrustTest {
    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final Context context = RuntimeEnvironment.getApplication();

    private V2TIMManager manager(String server) throws Exception {
        V2TIMSDKConfig config = new V2TIMSDKConfig();
        config.getSeenBy().setServer(server).setDataDir(folder.newFolder().getPath());
        return SeenByV2TIM.createManager(context, Phone.APP, config);
    }

    private String refused(TlsServer server) throws Exception {
        V2TIMManager manager = manager(server.url());
        Done login = new Done();
        manager.login("alice", "", login);
        until(login::isOver);
        String why = login.refused(BaseConstants.ERR_SEENBY_CERTIFICATE_REFUSED);
        manager.unInitSDK();
        assertTrue(server.requests.isEmpty());
        return why;
    }

    private void connects(TlsServer server) throws Exception {
        V2TIMManager manager = manager(server.url());
        manager.login("alice", "", null);
        until(() -> !server.requests.isEmpty());
        assertTrue(server.requests.next().startsWith("GET "));
        manager.unInitSDK();
    }

    @Test
    public void onlyWhomTheStoreHas() throws Exception {
        try (TlsServer server = new TlsServer(folder.newFolder().toPath(), "localhost")) {
            String why = refused(server);
            assertTrue(why, why.contains("localhost") && why.contains("Test Authority"));
            // Android says why, not the library's own list.
            assertTrue(why, why.contains("Android does not trust it"));
            server.trusted();
            connects(server);
        }
    }

    @Test
    public void notUnderAnotherName() throws Exception {
        try (TlsServer server = new TlsServer(folder.newFolder().toPath(), "elsewhere.example")) {
            server.trusted();
            String why = refused(server);
            assertTrue(why, why.contains("localhost"));
        }
    }

    /** As Android's: it is asked with the host, for the app's network security config. */
    public static final class ByHost implements X509TrustManager {
        static final List<String> HOSTS = new CopyOnWriteArrayList<>();
        static volatile String refusal;

        public List<X509Certificate> checkServerTrusted(X509Certificate[] chain, String authType, String host)
                throws CertificateException {
            HOSTS.add(host);
            if (refusal != null) {
                throw new CertificateException("outer", new CertificateException(refusal));
            }
            return Arrays.asList(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {
            throw new AssertionError("asked without the host");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {
            throw new AssertionError("we are no server");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    /** Gives it. */
    public static final class Factory extends TrustManagerFactorySpi {
        @Override
        protected void engineInit(KeyStore keys) {}

        @Override
        protected void engineInit(ManagerFactoryParameters parameters) {}

        @Override
        protected TrustManager[] engineGetTrustManagers() {
            return new TrustManager[] {new ByHost()};
        }
    }

    @Test
    public void theHostIsPassedToTheNetworkSecurityConfig() throws Exception {
        String before = TrustManagerFactory.getDefaultAlgorithm();
        Provider provider = new Provider("ByHost", "1", "a manager that knows hosts") {
            private static final long serialVersionUID = 1L;
        };
        provider.put("TrustManagerFactory.ByHost", Factory.class.getName());
        Security.addProvider(provider);
        Security.setProperty("ssl.TrustManagerFactory.algorithm", "ByHost");
        try (TlsServer server = new TlsServer(folder.newFolder().toPath(), "localhost")) {
            ByHost.refusal = "the pins of the app's configuration do not match";
            String why = refused(server);
            assertTrue(why, why.contains(ByHost.refusal));
            ByHost.refusal = null;
            connects(server);
            assertTrue(ByHost.HOSTS.size() >= 2);
            ByHost.HOSTS.forEach(host -> assertEquals("localhost", host));
        } finally {
            Security.setProperty("ssl.TrustManagerFactory.algorithm", before);
            Security.removeProvider("ByHost");
        }
    }

    @Test
    public void theLogGoesToAndroids() throws Exception {
        V2TIMSDKConfig config = Phone.config(Phone.service(), null);
        assertTrue(V2TIMManager.getInstance().initSDK(context, Phone.APP, config));
        org.seenby.core.SeenbyKt.logLine(Logs.WARN, "a line for logcat");
        until(() -> ShadowLog.getLogsForTag("SeenBy").stream()
                .anyMatch(item -> item.type == android.util.Log.WARN && item.msg.equals("a line for logcat")));
        V2TIMManager.getInstance().unInitSDK();
    }
}
