package org.seenby.example.chat;

import android.content.Context;
import android.view.Gravity;
import android.widget.LinearLayout;
import android.widget.TextView;
import org.seenby.v2tim.V2TIMGroupMemberInfo;

/** A member, and when it has read the message, if it has. */
final class MemberRow extends LinearLayout {
    private final Face face;
    private final TextView name;
    private final TextView time;

    MemberRow(Context context) {
        super(context);
        setGravity(Gravity.CENTER_VERTICAL);
        setPadding(Style.dp(context, 16), Style.dp(context, 8), Style.dp(context, 16), Style.dp(context, 8));
        face = new Face(context);
        name = Style.text(context, 16, Style.INK);
        time = Style.text(context, 13, Style.FAINT);
        LayoutParams round = Style.size(Style.dp(context, 40), Style.dp(context, 40));
        round.setMarginEnd(Style.dp(context, 14));
        addView(face, round);
        addView(name, Style.size(0, Style.WRAP, 1));
        addView(time);
    }

    void show(V2TIMGroupMemberInfo member) {
        String shown = member.getNickName().isEmpty() ? member.getUserID() : member.getNickName();
        face.show(member.getUserID(), shown);
        name.setText(shown);
        long readAt = member.getSeenByReadTimeMs();
        time.setText(readAt > 0 ? Style.time(readAt) : "");
    }
}
