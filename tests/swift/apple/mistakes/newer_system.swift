// Expected: is only available in application extensions for iOS 16.0 or newer
// Something that the oldest system does not have.
import SeenBy

func wait() -> Duration { .seconds(1) }
