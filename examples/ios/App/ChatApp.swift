// The whole of the app's own target: in Xcode, a new app with this file and the package beside it.
import ChatScreens
import SwiftUI

@main
struct ChatApp: App {
    var body: some Scene {
        WindowGroup { SignInScreen() }
    }
}
