package org.seenby.core

import android.view.View
import androidx.recyclerview.widget.RecyclerView

/** Which rows of a list can be seen. Loaded only where an app has a RecyclerView. */
public object Rows {
    /** Those of which a part can be seen, whatever lays them out. */
    @JvmStatic
    public fun of(list: RecyclerView): List<Int> {
        val rows = ArrayList<Int>(list.childCount)
        for (at in 0 until list.childCount) {
            val child = list.getChildAt(at)
            val row = list.getChildAdapterPosition(child)
            if (row != RecyclerView.NO_POSITION && isInside(child, list)) rows.add(row)
        }
        return rows
    }

    /** Rows are laid out beyond the edges too, to be there when the list is scrolled. */
    private fun isInside(child: View, list: View): Boolean =
        child.bottom > 0 && child.top < list.height && child.right > 0 && child.left < list.width
}
