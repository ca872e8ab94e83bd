package org.seenby.example.chat

import android.content.Context
import android.net.Uri

/**
 * Who uses the app, and where the server is. The userSig comes from the app's backend (R21); this app is given one, by a form or
 * by the link that `cargo run --release -- serve` draws as a picture for phones.
 */
class Account(val server: String, val app: Int, val user: String, val userSig: String) {
    /** Keeps it: the next start of the app, and a notification's action, need it. */
    fun save(context: Context) {
        val keys = context.getSharedPreferences(FILE, Context.MODE_PRIVATE).edit()
        keys.putString("server", server).putInt("app", app).putString("user", user).putString("userSig", userSig).apply()
    }

    companion object {
        private const val FILE = "account"

        /** The one that was kept; null: nobody has signed in. */
        @JvmStatic
        fun of(context: Context): Account? {
            val kept = context.getSharedPreferences(FILE, Context.MODE_PRIVATE)
            val user = kept.getString("user", null) ?: return null
            return Account(kept.getString("server", "").orEmpty(), kept.getInt("app", 0), user, kept.getString("userSig", "").orEmpty())
        }

        /** Of `seenby:?server=…&app=…&user=…&sig=…`; null if it lacks something. */
        fun of(link: String): Account? {
            if (!link.startsWith("seenby:?")) return null
            val uri = Uri.parse("seenby://serve/" + link.removePrefix("seenby:"))
            val app = uri.getQueryParameter("app")?.toIntOrNull() ?: return null
            return Account(
                uri.getQueryParameter("server") ?: return null,
                app,
                uri.getQueryParameter("user") ?: return null,
                uri.getQueryParameter("sig").orEmpty(),
            )
        }
    }
}
