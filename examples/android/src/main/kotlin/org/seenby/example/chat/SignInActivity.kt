package org.seenby.example.chat

import android.app.Activity
import android.os.Bundle
import android.view.View
import android.view.Window
import android.widget.Button
import android.widget.EditText
import android.widget.ScrollView
import org.seenby.v2tim.V2TIMCallback

/** Who one is, where the server is, and whom to talk to. A `seenby:` link fills it in. */
class SignInActivity : Activity() {
    private val fields = LinkedHashMap<String, EditText>()
    private val trouble by lazy { Style.text(this, 14, Style.FAILED) }

    override fun onCreate(state: Bundle?) {
        super.onCreate(state)
        requestWindowFeature(Window.FEATURE_NO_TITLE)
        setContentView(view())
        fill(intent.dataString?.let { Account.of(it) } ?: Account.of(this))
    }

    private fun view(): View {
        val form = Style.column(this).apply {
            val side = Style.dp(context, 24)
            setPadding(side, side, side, side)
            addView(Style.text(context, 24, Style.INK, bold = true).apply { text = "SeenBy chat" })
        }
        for (name in listOf(SERVER, APP, USER, USER_SIG, PEER)) {
            val field = EditText(this).apply { hint = name; isSingleLine = true; setTextColor(Style.INK); setHintTextColor(Style.FAINT) }
            fields[name] = field
            form.addView(field, Style.size(Style.MATCH, Style.WRAP).apply { topMargin = Style.dp(this@SignInActivity, 8) })
        }
        form.addView(Button(this).apply { text = "Sign in"; setOnClickListener { signIn() } })
        form.addView(trouble)
        return ScrollView(this).apply {
            fitsSystemWindows = true
            setBackgroundColor(Style.WHITE)
            addView(form)
        }
    }

    private fun fill(account: Account?) {
        if (account == null) return
        fields.getValue(SERVER).setText(account.server)
        fields.getValue(APP).setText(account.app.toString())
        fields.getValue(USER).setText(account.user)
        fields.getValue(USER_SIG).setText(account.userSig)
    }

    private fun written(name: String) = fields.getValue(name).text.toString().trim()

    private fun signIn() {
        val app = written(APP).toIntOrNull()
        if (app == null) {
            trouble.text = "\"${written(APP)}\" is no sdkAppID; it is a number"
            return
        }
        val account = Account(written(SERVER), app, written(USER), written(USER_SIG))
        val peer = written(PEER)
        val why = ChatApp.start(applicationContext, account, object : V2TIMCallback {
            override fun onSuccess() {
                account.save(this@SignInActivity)
                val conversation = if (peer.startsWith("group_")) peer else "c2c_$peer"
                startActivity(ConversationActivity.of(this@SignInActivity, conversation))
            }

            override fun onError(code: Int, desc: String) {
                trouble.text = desc
            }
        })
        trouble.text = why.orEmpty()
    }

    private companion object {
        const val SERVER = "Server: wss://…"
        const val APP = "sdkAppID"
        const val USER = "User"
        const val USER_SIG = "userSig"
        const val PEER = "Chat with: a user, or group_…"
    }
}
