package androidx.test.runner.lifecycle;

/** In the place of androidx.test:monitor, which is not on Maven Central: Robolectric tells it things that no test here asks for. */
public enum ApplicationStage { PRE_ON_CREATE, CREATED }
