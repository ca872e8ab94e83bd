package org.seenby.v2tim;

import org.seenby.core.Answer;
import org.seenby.core.Completion;
import org.seenby.core.Failure;
import org.seenby.core.Reports;

/** How calls end: from the core's answers to the documented callbacks. A null callback is legal. */
final class Ends {
    private Ends() {}

    /** A completion that passes what the app throws on to {@link Reports}, and no further. */
    abstract static class End implements Completion {
        abstract void success(Answer answer);

        abstract void error(int code, String text);

        @Override
        public final void succeeded(Answer answer) {
            try {
                success(answer);
            } catch (Throwable t) {
                Reports.thrown("a callback", t);
            }
        }

        @Override
        public final void failed(Failure failure) {
            try {
                error(code(failure), text(failure));
            } catch (Throwable t) {
                Reports.thrown("a callback", t);
            }
        }

        @Override
        public final void dropped() {
            // The app's dispatcher dropped the callback: that counts as delivered.
        }
    }

    static Completion done(final V2TIMCallback callback) {
        if (callback == null) {
            return null;
        }
        return new End() {
            @Override
            void success(Answer answer) {
                callback.onSuccess();
            }

            @Override
            void error(int code, String text) {
                callback.onError(code, text);
            }
        };
    }

    static <T> Completion value(final V2TIMValueCallback<T> callback, final Convert.One<Answer, T> of) {
        if (callback == null) {
            return null;
        }
        return new End() {
            @Override
            void success(Answer answer) {
                callback.onSuccess(of.of(answer));
            }

            @Override
            void error(int code, String text) {
                callback.onError(code, text);
            }
        };
    }

    static int code(Failure failure) {
        return ((Failure.Refused) failure).getCode();
    }

    static String text(Failure failure) {
        return ((Failure.Refused) failure).getText();
    }
}
