package org.seenby.example.chat;

import android.app.Activity;
import android.content.Context;
import android.content.Intent;
import android.os.Bundle;
import android.view.View;
import android.view.Window;
import android.widget.FrameLayout;
import android.widget.LinearLayout;
import android.widget.ListView;
import android.widget.TextView;
import android.widget.Toast;
import org.seenby.v2tim.SeenByException;
import org.seenby.v2tim.SeenByV2TIM;
import org.seenby.v2tim.V2TIMMessage;
import org.seenby.v2tim.V2TIMTextElem;

/** Who has read a message of one's own, and who has not: two tabs. */
public final class ReadMembersActivity extends Activity implements ReadMembers.Screen {
    private static final String CONVERSATION = "conversation";
    private static final String MESSAGE = "message";
    private static final String TEXT = "text";
    private static final String TIME = "time";
    /** Members a page. */
    static final String PAGE = "page";

    private ReadMembers members;
    private MemberList[] lists;
    private Tab[] tabs;
    private int current;

    /** Opens it for this message. */
    public static Intent of(Context context, V2TIMMessage message) {
        V2TIMTextElem text = message.getTextElem();
        return new Intent(context, ReadMembersActivity.class)
                .putExtra(CONVERSATION, message.getSeenByConversationID())
                .putExtra(MESSAGE, message.getMsgID())
                .putExtra(TEXT, text == null ? "" : text.getText())
                .putExtra(TIME, message.getSeenByTimestampMs());
    }

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        requestWindowFeature(Window.FEATURE_NO_TITLE);
        V2TIMMessage message;
        try {
            // The message itself need not travel with the intent: its name does.
            message = SeenByV2TIM.messageReference(getIntent().getStringExtra(CONVERSATION),
                    getIntent().getStringExtra(MESSAGE), null);
        } catch (SeenByException e) {
            Toast.makeText(this, e.getMessage(), Toast.LENGTH_LONG).show();
            finish();
            return;
        }
        members = new ReadMembers(message, getIntent().getIntExtra(PAGE, 100), this);
        lists = new MemberList[] {
            new MemberList(this, members.read(), "Nobody has read it yet"),
            new MemberList(this, members.unread(), "Everybody has read it"),
        };
        tabs = new Tab[] {new Tab(this, "Read"), new Tab(this, "Not read")};
        setContentView(view());
        show(0);
        members.open();
    }

    @Override
    protected void onDestroy() {
        if (members != null) {
            members.close();
        }
        super.onDestroy();
    }

    private View view() {
        LinearLayout all = Style.column(this);
        all.setFitsSystemWindows(true);
        all.setBackgroundColor(Style.WHITE);
        TextView title = Style.text(this, 17, Style.INK, true);
        title.setText("Read receipts");
        all.addView(Style.header(this, ignored -> finish(), null, title, null));
        all.addView(quote());
        LinearLayout bar = Style.row(this);
        FrameLayout pages = new FrameLayout(this);
        for (int i = 0; i < tabs.length; i++) {
            final int which = i;
            tabs[i].setOnClickListener(ignored -> show(which));
            bar.addView(tabs[i], Style.size(0, Style.dp(this, 46), 1));
            pages.addView(lists[i]);
        }
        all.addView(bar);
        all.addView(Style.line(this));
        all.addView(pages, Style.size(Style.MATCH, 0, 1));
        return all;
    }

    /** The message that it is about. */
    private View quote() {
        LinearLayout quote = Style.column(this);
        quote.setBackground(Style.rounded(this, Style.OWN, 14));
        int side = Style.dp(this, 14);
        quote.setPadding(side, Style.dp(this, 10), side, Style.dp(this, 10));
        TextView text = Style.text(this, 15, Style.INK);
        text.setText(getIntent().getStringExtra(TEXT));
        text.setMaxLines(3);
        TextView time = Style.text(this, 12, Style.FAINT);
        time.setText("Sent " + Style.time(getIntent().getLongExtra(TIME, 0)));
        time.setPadding(0, Style.dp(this, 5), 0, 0);
        quote.addView(text);
        quote.addView(time);
        LinearLayout.LayoutParams size = Style.size(Style.MATCH, Style.WRAP);
        size.setMargins(Style.dp(this, 16), Style.dp(this, 4), Style.dp(this, 16), Style.dp(this, 8));
        quote.setLayoutParams(size);
        return quote;
    }

    /** 0: those who have read it; 1: those who have not. */
    void show(int which) {
        current = which;
        for (int i = 0; i < lists.length; i++) {
            lists[i].setVisibility(i == which ? View.VISIBLE : View.GONE);
            tabs[i].setSelected(i == which);
        }
        changed();
    }

    /** The list on the screen. */
    ListView list() {
        return lists[current].list();
    }

    @Override
    public void changed() {
        tabs[0].show(members.readCount());
        tabs[1].show(members.unreadCount());
        for (MemberList list : lists) {
            list.changed();
        }
    }

    @Override
    public void failed(int code, String desc) {
        if (!isDestroyed()) {
            Toast.makeText(this, desc, Toast.LENGTH_LONG).show();
        }
    }
}
