package org.seenby.example.chat;

import android.content.Context;
import android.view.Gravity;
import android.view.View;
import android.widget.FrameLayout;
import android.widget.TextView;

/** A tab: its name, how many are behind it, and a line under it when it is the one that is shown. */
final class Tab extends FrameLayout {
    private final String name;
    private final TextView text;
    private final View line;

    Tab(Context context, String name) {
        super(context);
        this.name = name;
        text = Style.text(context, 15, Style.FAINT, true);
        text.setText(name);
        line = new View(context);
        line.setBackground(Style.rounded(context, Style.ACCENT, 2));
        addView(text, new LayoutParams(Style.WRAP, Style.WRAP, Gravity.CENTER));
        LayoutParams size = new LayoutParams(Style.MATCH, Style.dp(context, 3), Gravity.BOTTOM);
        size.setMargins(Style.dp(context, 24), 0, Style.dp(context, 24), 0);
        addView(line, size);
    }

    /** How many; below 0: that is not known yet. */
    void show(long count) {
        text.setText(count < 0 ? name : name + " (" + count + ")");
    }

    @Override
    public void setSelected(boolean selected) {
        super.setSelected(selected);
        text.setTextColor(selected ? Style.ACCENT : Style.FAINT);
        line.setVisibility(selected ? VISIBLE : INVISIBLE);
    }
}
