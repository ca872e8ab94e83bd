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

/**
 * Looks at a RecyclerView whenever what it shows may have changed. Its scroll listener alone does not hear of that: it is told of a layout
 * only if the first or the last position is another one then, so not of a new message in a reversed list that stays at its end, nor
 * of one that moves into the place of another.
 */
public class RowsFollowed(private val look: Look) : View.OnLayoutChangeListener, RecyclerView.OnChildAttachStateChangeListener {
    private var list: RecyclerView? = null
    private var isWaiting = false

    /** Tells what the list shows. */
    public fun interface Look {
        /** On the main thread. */
        public fun at(list: RecyclerView)
    }

    /** This list was scrolled, or shown first; from here on its layouts count too. */
    public fun scrolled(list: RecyclerView) {
        if (list !== this.list) {
            this.list?.removeOnLayoutChangeListener(this)
            this.list?.removeOnChildAttachStateChangeListener(this)
            this.list = list
            list.addOnLayoutChangeListener(this)
            list.addOnChildAttachStateChangeListener(this)
        }
        look.at(list)
    }

    override fun onLayoutChange(
        view: View, left: Int, top: Int, right: Int, bottom: Int, oldLeft: Int, oldTop: Int, oldRight: Int, oldBottom: Int,
    ) {
        look.at(view as RecyclerView)
    }

    /** A list of a fixed size lays its rows out by itself. This row has no place yet. */
    override fun onChildViewAttachedToWindow(view: View) {
        val list = list ?: return
        if (isWaiting) return
        isWaiting = true
        list.post {
            isWaiting = false
            if (list === this.list) look.at(list)
        }
    }

    override fun onChildViewDetachedFromWindow(view: View): Unit = Unit
}
