package org.seenby.v2tim;

import java.util.ArrayList;
import java.util.List;
import org.seenby.core.Failure;
import org.seenby.core.Text;

/** Texts and times, between the documents and the core. */
final class Texts {
    private Texts() {}

    static String orEmpty(String text) {
        return text == null ? "" : text;
    }

    /** Empty is "not set" there. */
    static String orNull(String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    /** A text that crosses: null is empty; half of a surrogate pair is refused (6017). */
    static String in(String what, String text) throws Failure {
        return Text.checked(what, orEmpty(text));
    }

    /** As {@link #in}, where null is not set. */
    static String optional(String what, String text) throws Failure {
        return orNull(Text.checked(what, text));
    }

    /** A list of ids; null is an empty one, and a null in it an empty text, which the core refuses. */
    static List<String> list(String what, List<String> texts) throws Failure {
        List<String> list = new ArrayList<>();
        for (String text : Convert.read(what + "s", texts)) {
            list.add(in(what, text));
        }
        return list;
    }

    /** The documents have seconds; towards the past, also before 1970. */
    static long seconds(long ms) {
        return ms >= 0 ? ms / 1000 : -((999 - ms) / 1000);
    }
}
