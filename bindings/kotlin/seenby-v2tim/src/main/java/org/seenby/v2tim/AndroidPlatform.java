package org.seenby.v2tim;

import android.content.Context;
import android.net.ConnectivityManager;
import android.net.Network;
import android.net.NetworkCapabilities;
import android.net.NetworkRequest;
import android.os.Handler;
import android.os.Looper;
import java.io.File;
import org.seenby.core.SeenByClient;

/**
 * What Android gives: a folder for the device's state, the main thread for callbacks, and the network's coming and going.
 * Loaded only where a Context was given, so that the rest runs on any JVM.
 */
final class AndroidPlatform implements SeenByDispatcher {
    private final Context context;
    private final Handler main = new Handler(Looper.getMainLooper());
    private ConnectivityManager.NetworkCallback network;

    AndroidPlatform(Context context) {
        Context application = context.getApplicationContext();
        this.context = application == null ? context : application;
    }

    /** In the app's own files, which no backup takes: a device id must not be restored to another device (R30). */
    String dataDir() {
        return new File(context.getNoBackupFilesDir(), "seenby").getPath();
    }

    @Override
    public void dispatch(Runnable work) {
        main.post(work);
    }

    /** Connects at once when the network is back, and sleeps when it is gone. */
    void start(SeenByClient client) {
        ConnectivityManager manager = (ConnectivityManager) context.getSystemService(Context.CONNECTIVITY_SERVICE);
        if (manager == null) {
            return;
        }
        network = new ConnectivityManager.NetworkCallback() {
            @Override
            public void onAvailable(Network which) {
                tell(client, true);
            }

            @Override
            public void onLost(Network which) {
                // One of several may have gone: another is announced, or is there still.
                tell(client, isOnline(manager));
            }
        };
        NetworkRequest request =
                new NetworkRequest.Builder().addCapability(NetworkCapabilities.NET_CAPABILITY_INTERNET).build();
        try {
            manager.registerNetworkCallback(request, network);
        } catch (SecurityException e) {
            // Without ACCESS_NETWORK_STATE the client finds out by itself, later.
            network = null;
        }
    }

    private boolean isOnline(ConnectivityManager manager) {
        for (Network one : manager.getAllNetworks()) {
            NetworkCapabilities can = manager.getNetworkCapabilities(one);
            if (can != null && can.hasCapability(NetworkCapabilities.NET_CAPABILITY_INTERNET)) {
                return true;
            }
        }
        return false;
    }

    private static void tell(SeenByClient client, boolean available) {
        try {
            client.networkAvailable(available);
        } catch (Exception e) {
            // Not initialized any more: there is no line to open or close.
        }
    }

    void stop() {
        ConnectivityManager manager = (ConnectivityManager) context.getSystemService(Context.CONNECTIVITY_SERVICE);
        if (manager != null && network != null) {
            manager.unregisterNetworkCallback(network);
            network = null;
        }
    }
}
