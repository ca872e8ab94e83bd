package org.seenby.example.chat

import android.content.Context
import android.content.pm.ApplicationInfo

/** Whether this is a debug build. */
internal object BuildKind {
    fun isForDevelopers(context: Context): Boolean = context.applicationInfo.flags and ApplicationInfo.FLAG_DEBUGGABLE != 0
}
