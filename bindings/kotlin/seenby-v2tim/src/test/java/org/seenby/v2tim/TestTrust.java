package org.seenby.v2tim;

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

/** The process's trust managers while a test runs, as Android has them: asked with the host they are to trust. */
final class TestTrust implements AutoCloseable {
    private static final String DEFAULT = "ssl.TrustManagerFactory.algorithm";

    private final String before = Security.getProperty(DEFAULT);
    private final Provider provider;

    private TestTrust(X509TrustManager manager) {
        provider = new Single(manager);
        Security.addProvider(provider);
        Security.setProperty(DEFAULT, Single.ALGORITHM);
    }

    /** Trusts whom these authorities vouch for, by the JDK's own rules. */
    private static X509TrustManager of(KeyStore authorities) throws Exception {
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(authorities);
        return (X509TrustManager) factory.getTrustManagers()[0];
    }

    /** Knows hosts, as Android's own. */
    static Hosts withHosts(KeyStore authorities) throws Exception {
        return new Hosts(of(authorities));
    }

    /** Asked by everybody from now on. */
    static TestTrust install(X509TrustManager manager) {
        return new TestTrust(manager);
    }

    /** One that knows no hosts, as an app may have put it in Android's place. */
    static TestTrust installWithoutHosts(KeyStore authorities) throws Exception {
        return new TestTrust(of(authorities));
    }

    @Override
    public void close() {
        Security.setProperty(DEFAULT, before);
        Security.removeProvider(provider.getName());
    }

    /** What X509TrustManagerExtensions looks for: public, with these two methods. */
    public static final class Hosts implements X509TrustManager {
        final List<String> asked = new CopyOnWriteArrayList<>();
        private final X509TrustManager own;

        Hosts(X509TrustManager own) {
            this.own = own;
        }

        /** As Android calls it. */
        public List<X509Certificate> checkServerTrusted(X509Certificate[] chain, String authType, String host)
                throws CertificateException {
            asked.add(host);
            own.checkServerTrusted(chain, authType);
            return Arrays.asList(chain);
        }

        /** Android looks for it too. */
        public boolean isSameTrustConfiguration(String host, String other) {
            return true;
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            throw new CertificateException("asked without the host");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            throw new CertificateException("there are no clients");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return own.getAcceptedIssuers();
        }
    }

    private static final class Single extends Provider {
        static final String ALGORITHM = "SeenByTest";
        private static final long serialVersionUID = 1L;

        Single(X509TrustManager manager) {
            super("SeenByTest", "1", "trust managers of a test");
            putService(new Service(this, "TrustManagerFactory", ALGORITHM, Factory.class.getName(), null, null) {
                @Override
                public Object newInstance(Object parameter) {
                    return new Factory(manager);
                }
            });
        }
    }

    private static final class Factory extends TrustManagerFactorySpi {
        private final X509TrustManager manager;

        Factory(X509TrustManager manager) {
            this.manager = manager;
        }

        @Override
        protected void engineInit(KeyStore keys) {}

        @Override
        protected void engineInit(ManagerFactoryParameters parameters) {}

        @Override
        protected TrustManager[] engineGetTrustManagers() {
            return new TrustManager[] {manager};
        }
    }
}
