package androidx.test.runner.intent;

import android.app.Instrumentation.ActivityResult;
import android.content.Intent;

/** In the place of androidx.test:monitor, which is not on Maven Central: Robolectric tells it things that no test here asks for. */
public interface IntentStubber {
    ActivityResult getActivityResultForIntent(Intent intent);
}
