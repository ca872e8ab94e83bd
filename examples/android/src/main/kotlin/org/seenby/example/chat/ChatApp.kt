package org.seenby.example.chat

import android.app.Application
import android.content.Context
import android.util.Log
import org.seenby.v2tim.SeenByV2TIM
import org.seenby.v2tim.V2TIMCallback
import org.seenby.v2tim.V2TIMManager
import org.seenby.v2tim.V2TIMSDKConfig

/** Signs in when the process starts: then receipts that a notification left are sent, whatever screen comes first. */
class ChatApp : Application() {
    override fun onCreate() {
        super.onCreate()
        Account.of(this)?.let { start(this, it, null) }
    }

    companion object {
        private const val TAG = "Chat"

        /** Sets SeenBy up for this account, and signs in. Answers why not, or null. */
        fun start(context: Context, account: Account, done: V2TIMCallback?): String? {
            val config = V2TIMSDKConfig()
            // ws:// to another machine is for `cargo run --release -- serve --lan`; a server of one's own has wss://.
            config.seenBy.setServer(account.server).setAllowPlain(BuildKind.isForDevelopers(context))
            val manager = V2TIMManager.getInstance()
            manager.unInitSDK()
            if (!manager.initSDK(context, account.app, config)) return SeenByV2TIM.lastInitError()
            V2TIMManager.getMessageManager().addAdvancedMsgListener(Notifications.of(context))
            manager.login(account.user, account.userSig, object : V2TIMCallback {
                override fun onSuccess() {
                    done?.onSuccess()
                }

                override fun onError(code: Int, desc: String) {
                    Log.w(TAG, "login: $code $desc")
                    done?.onError(code, desc)
                }
            })
            return null
        }
    }
}
