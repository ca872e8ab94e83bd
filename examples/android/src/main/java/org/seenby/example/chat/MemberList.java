package org.seenby.example.chat;

import android.content.Context;
import android.view.Gravity;
import android.view.View;
import android.view.ViewGroup;
import android.widget.AbsListView;
import android.widget.BaseAdapter;
import android.widget.FrameLayout;
import android.widget.ListView;
import android.widget.TextView;
import org.seenby.v2tim.V2TIMGroupMemberInfo;

/** One of the two lists. Its end coming near asks for the next page. */
final class MemberList extends FrameLayout {
    private static final int AHEAD = 4;

    private final ReadMembers.Members members;
    private final ListView list;
    private final TextView nobody;
    private final BaseAdapter rows = new Rows();

    MemberList(Context context, ReadMembers.Members members, String whenEmpty) {
        super(context);
        this.members = members;
        list = new ListView(context);
        list.setDivider(null);
        list.setClipToPadding(false);
        list.setPadding(0, Style.dp(context, 6), 0, Style.dp(context, 6));
        list.setAdapter(rows);
        list.setOnScrollListener(new AbsListView.OnScrollListener() {
            @Override
            public void onScroll(AbsListView view, int first, int count, int total) {
                if (total > 0 && first + count >= total - AHEAD) {
                    members.more();
                }
            }

            @Override
            public void onScrollStateChanged(AbsListView view, int state) {}
        });
        nobody = Style.text(context, 15, Style.FAINT);
        nobody.setText(whenEmpty);
        addView(list);
        addView(nobody, new LayoutParams(Style.WRAP, Style.WRAP, Gravity.CENTER));
        changed();
    }

    ListView list() {
        return list;
    }

    void changed() {
        nobody.setVisibility(members.isFinished() && members.members().isEmpty() ? VISIBLE : GONE);
        rows.notifyDataSetChanged();
    }

    private final class Rows extends BaseAdapter {
        @Override
        public int getCount() {
            return members.members().size();
        }

        @Override
        public V2TIMGroupMemberInfo getItem(int position) {
            return members.members().get(position);
        }

        @Override
        public long getItemId(int position) {
            return position;
        }

        @Override
        public View getView(int position, View old, ViewGroup parent) {
            MemberRow row = old instanceof MemberRow ? (MemberRow) old : new MemberRow(getContext());
            row.show(getItem(position));
            return row;
        }
    }
}
