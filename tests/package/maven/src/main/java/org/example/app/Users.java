package org.example.app;

import org.seenby.SeenBy;
import org.seenby.testkit.TestService;

/** What an app's own unit test begins with. */
public final class Users {
    private Users() {}

    public static void main(String[] arguments) {
        try (TestService service = new TestService()) {
            SeenBy alice = service.user("alice");
            System.out.println(alice.getLoginUser() + " is logged in");
        }
    }
}
