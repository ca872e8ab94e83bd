package org.seenby.v2tim;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertTrue;
import static org.robolectric.Shadows.shadowOf;
import static org.seenby.v2tim.MainThread.until;

import android.content.Context;
import android.net.ConnectivityManager;
import android.net.Network;
import android.net.NetworkCapabilities;
import android.net.NetworkRequest;
import android.os.Looper;
import com.google.gson.JsonParser;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import org.junit.After;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.robolectric.RobolectricTestRunner;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.annotation.Config;
import org.robolectric.annotation.Implementation;
import org.robolectric.annotation.Implements;
import org.robolectric.shadows.ShadowConnectivityManager;
import org.robolectric.shadows.ShadowNetwork;
import org.robolectric.shadows.ShadowNetworkCapabilities;
import org.seenby.v2tim.Waiting.Done;

/** What a Context gives: the main thread, a folder, and the network's coming and going. */
@RunWith(RobolectricTestRunner.class)
@Config(sdk = 34, manifest = Config.NONE)
public class AndroidPlatformTest {
    private final Context context = RuntimeEnvironment.getApplication();
    private final ConnectivityManager connectivity =
            (ConnectivityManager) context.getSystemService(Context.CONNECTIVITY_SERVICE);
    private final ShadowConnectivityManager shadow = shadowOf(connectivity);

    @After
    public void end() {
        V2TIMManager.getInstance().unInitSDK();
    }

    private void login(V2TIMManager manager, String user) throws Exception {
        assertSame(Looper.getMainLooper().getThread(), MainThread.login(manager, user).thread);
    }

    private static String line(V2TIMManager manager) {
        return JsonParser.parseString(SeenByV2TIM.debugState(manager)).getAsJsonObject().get("line").getAsString();
    }

    @Test
    public void callbacksComeOnTheMainThreadAndStateIsWhereNoBackupTakesIt() throws Exception {
        File store = new File(context.getNoBackupFilesDir(), "service");
        assertTrue(V2TIMManager.getInstance().initSDK(context, Phone.APP, Phone.config("embedded:file/" + store, null)));
        login(V2TIMManager.getInstance(), "alice");
        File data = new File(context.getNoBackupFilesDir(), "seenby");
        assertTrue(data + " has the device's state", data.isDirectory() && data.list().length > 0);
    }

    @Test
    public void nothingRunsUntilTheMainThreadTakesIt() throws Exception {
        assertTrue(V2TIMManager.getInstance().initSDK(context, Phone.APP, Phone.config(Phone.service(), null)));
        Done login = new Done();
        V2TIMManager.getInstance().login("alice", "", login);
        V2TIMManager.getInstance().getLoginStatus();
        assertFalse("never inside the call", login.isOver());
        until(login::isOver);
        assertSame(Looper.getMainLooper().getThread(), login.thread);
    }

    @Test
    public void aDispatcherOfTheAppsGoesBeforeTheMainThread() throws Exception {
        V2TIMSDKConfig config = Phone.config(Phone.service(), null);
        config.getSeenBy().setDispatcher(Runnable::run);
        assertTrue(V2TIMManager.getInstance().initSDK(context, Phone.APP, config));
        Done login = new Done();
        V2TIMManager.getInstance().login("alice", "", login);
        login.answer();
        assertFalse(Looper.getMainLooper().getThread() == login.thread);
    }

    @Test
    public void theNetworkIsListenedToUntilUnInit() throws Exception {
        assertEquals(0, shadow.getNetworkCallbacks().size());
        List<String> heard = new ArrayList<>();
        V2TIMSDKListener listener = new V2TIMSDKListener() {
            @Override
            public void onConnectSuccess() {
                heard.add("connected");
            }

            @Override
            public void onConnectFailed(int code, String error) {
                heard.add("failed");
            }
        };
        V2TIMManager manager = SeenByV2TIM.createManager(context, Phone.APP, Phone.config(Phone.service(), "alice"));
        manager.addIMSDKListener(listener);
        assertEquals(1, shadow.getNetworkCallbacks().size());
        login(manager, "alice");
        until(() -> heard.contains("connected"));
        assertEquals("live", line(manager));

        heard.clear();
        ConnectivityManager.NetworkCallback network = shadow.getNetworkCallbacks().iterator().next();
        shadow.clearAllNetworks();
        network.onLost(ShadowNetwork.newInstance(100));
        until(() -> !line(manager).equals("live"));
        network.onAvailable(ShadowNetwork.newInstance(101));
        until(() -> heard.contains("connected"));
        until(() -> line(manager).equals("live"));

        // One of two has gone: the other is there still.
        heard.clear();
        Network wifi = ShadowNetwork.newInstance(102);
        network.onAvailable(wifi);
        network.onLost(ShadowNetwork.newInstance(101));
        shadowOf(Looper.getMainLooper()).idle();
        assertEquals("live", line(manager));

        // The system may list for a while what it says is lost.
        NetworkCapabilities can = ShadowNetworkCapabilities.newInstance();
        shadowOf(can).addCapability(NetworkCapabilities.NET_CAPABILITY_INTERNET);
        shadow.addNetwork(wifi, connectivity.getActiveNetworkInfo());
        shadow.setNetworkCapabilities(wifi, can);
        network.onLost(wifi);
        until(() -> !line(manager).equals("live"));

        manager.unInitSDK();
        assertEquals(0, shadow.getNetworkCallbacks().size());
    }

    /** An app may not ask for the network (SecurityException), or has asked a hundred times already. */
    @Implements(ConnectivityManager.class)
    public static final class Full extends ShadowConnectivityManager {
        @Implementation
        @Override
        protected void registerNetworkCallback(NetworkRequest request, ConnectivityManager.NetworkCallback callback) {
            throw new IllegalStateException("too many requests");
        }
    }

    @Test
    @Config(sdk = 34, manifest = Config.NONE, shadows = Full.class)
    public void whoCannotListenToTheNetworkWorksAllTheSame() throws Exception {
        V2TIMManager manager = SeenByV2TIM.createManager(context, Phone.APP, Phone.config(Phone.service(), "alice"));
        login(manager, "alice");
        assertEquals("live", line(manager));
        manager.unInitSDK();
    }

    @Test
    public void whatTheSharedOneRegisteredIsGoneWithIt() {
        assertTrue(V2TIMManager.getInstance().initSDK(context, Phone.APP, Phone.config(Phone.service(), null)));
        assertFalse("a second init", V2TIMManager.getInstance().initSDK(context, Phone.APP, Phone.config(Phone.service(), null)));
        assertEquals(1, shadow.getNetworkCallbacks().size());
        V2TIMManager.getInstance().unInitSDK();
        assertEquals(0, shadow.getNetworkCallbacks().size());
    }
}
