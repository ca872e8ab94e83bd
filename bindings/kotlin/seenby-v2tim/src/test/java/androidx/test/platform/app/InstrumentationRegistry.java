package androidx.test.platform.app;

import android.app.Instrumentation;
import android.os.Bundle;

/** In the place of androidx.test:monitor, which is not on Maven Central: Robolectric tells it things that no test here asks for. */
public final class InstrumentationRegistry {
    private InstrumentationRegistry() {}

    public static void registerInstance(Instrumentation instrumentation, Bundle arguments) {}
}
