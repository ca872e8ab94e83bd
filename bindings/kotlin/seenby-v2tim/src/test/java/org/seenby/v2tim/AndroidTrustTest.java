package org.seenby.v2tim;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.seenby.v2tim.MainThread.until;

import android.content.Context;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Collections;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.runner.RunWith;
import org.robolectric.RobolectricTestRunner;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.annotation.Config;
import org.seenby.v2tim.Waiting.Done;

/** With a Context, Android judges the server's certificate (R29); what it cannot know, its name say, the library does. */
@RunWith(RobolectricTestRunner.class)
@Config(sdk = 34, manifest = Config.NONE)
public class AndroidTrustTest {
    private final Context context = RuntimeEnvironment.getApplication();

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private TestAuthority authority;

    @Before
    public void open() throws Exception {
        authority = new TestAuthority(folder.getRoot().toPath());
    }

    private V2TIMManager manager(TlsServer server) throws Exception {
        V2TIMSDKConfig config = Phone.config(server.url(), "alice");
        config.getSeenBy().setDataDir(folder.newFolder().getPath());
        return SeenByV2TIM.createManager(context, Phone.APP, config);
    }

    /** Whom it trusts it speaks to. */
    private void trusted(TlsServer server) throws Exception {
        V2TIMManager manager = manager(server);
        try {
            Done login = new Done();
            manager.login("alice", "", login);
            String asked = server.asked.next();
            assertTrue(asked + ": " + SeenByV2TIM.debugState(manager), asked.startsWith("GET "));
        } finally {
            manager.unInitSDK();
        }
    }

    /** The sentence that says why it does not. */
    private String refused(TlsServer server) throws Exception {
        V2TIMManager manager = manager(server);
        try {
            Done login = new Done();
            manager.login("alice", "", login);
            until(login::isOver);
            assertEquals("the client spoke to it", "", server.asked.next());
            return login.refused(BaseConstants.ERR_SEENBY_CERTIFICATE_REFUSED);
        } finally {
            manager.unInitSDK();
        }
    }

    @Test
    public void whomAndroidTrustsForThisHostIsSpokenTo() throws Exception {
        TestTrust.Hosts hosts = TestTrust.withHosts(authority.trusted());
        try (TestTrust trust = TestTrust.install(hosts);
                TlsServer server = new TlsServer(authority.server("server", "localhost"), "server")) {
            trusted(server);
            assertEquals(Collections.singletonList("localhost"), new ArrayList<>(hosts.asked).subList(0, 1));
        }
    }

    @Test
    public void aManagerThatKnowsNoHostsIsAskedWithoutOne() throws Exception {
        KeyStore keys = authority.server("server", "localhost");
        try (TestTrust trust = TestTrust.installWithoutHosts(authority.trusted()); TlsServer server = new TlsServer(keys, "server")) {
            trusted(server);
        }
    }

    @Test
    public void whomAndroidDoesNotTrustIsNot() throws Exception {
        // The system's own store: this authority is not in it.
        try (TlsServer server = new TlsServer(authority.server("server", "localhost"), "server")) {
            String why = refused(server);
            assertTrue(why, why.contains("localhost") && why.contains(TestAuthority.NAME));
        }
    }

    @Test
    public void aCertificateForAnotherNameIsNot() throws Exception {
        try (TestTrust trust = TestTrust.install(TestTrust.withHosts(authority.trusted()));
                TlsServer server = new TlsServer(authority.server("server", "elsewhere.example"), "server")) {
            String why = refused(server);
            assertTrue(why, why.contains("not valid for name localhost") && why.contains("elsewhere.example"));
        }
    }

    @Test
    public void aCertificateThatIsNotForServersIsNot() throws Exception {
        try (TestTrust trust = TestTrust.install(TestTrust.withHosts(authority.trusted()));
                TlsServer server = new TlsServer(authority.client("client", "localhost"), "client")) {
            String why = refused(server);
            assertTrue(why, why.contains("1.3.6.1.5.5.7.3.2") && why.contains("1.3.6.1.5.5.7.3.1"));
        }
    }
}
