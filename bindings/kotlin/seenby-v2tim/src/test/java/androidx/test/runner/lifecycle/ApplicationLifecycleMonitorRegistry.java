package androidx.test.runner.lifecycle;

/** In the place of androidx.test:monitor, which is not on Maven Central: Robolectric tells it things that no test here asks for. */
public final class ApplicationLifecycleMonitorRegistry {
    private ApplicationLifecycleMonitorRegistry() {}

    public static void registerInstance(ApplicationLifecycleMonitor monitor) {}
}
