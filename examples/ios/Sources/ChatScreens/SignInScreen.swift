#if canImport(SwiftUI)
import ChatModel
import SeenBy
import SwiftUI

/// Who one is, where the server is, and whom to talk to; then the conversation. A `seenby:` link fills it in.
public struct SignInScreen: View {
    @StateObject private var session = SessionModel()
    @State private var server = ""
    @State private var app = ""
    @State private var user = ""
    @State private var userSig = ""
    @State private var peer = ""
    @State private var conversation: ConversationModel?
    @State private var isTalking = false

    public init() {}

    public var body: some View {
        NavigationStack {
            Form {
                TextField("Server: wss://…", text: $server)
                TextField("sdkAppID", text: $app)
                TextField("User", text: $user)
                TextField("userSig", text: $userSig)
                TextField("Chat with: a user, or group_…", text: $peer)
                Button("Sign in") { Task { await signIn() } }
                    .disabled(Int64(app) == nil || user.isEmpty || peer.isEmpty)
                if let trouble = session.trouble { Text(trouble).foregroundColor(.red) }
            }
            .navigationTitle("SeenBy chat")
            .navigationDestination(isPresented: $isTalking) {
                if let conversation { ConversationScreen(conversation) }
            }
        }
        .onChange(of: isTalking) { now in if !now { leave() } }
        .onOpenURL { url in
            if let account = Account(link: url.absoluteString) {
                (server, app, user, userSig) = (account.server, String(account.appID), account.user, account.userSig)
            }
        }
    }

    private func signIn() async {
        guard let appID = Int64(app) else { return }
        await session.signIn(Account(server: server, appID: appID, user: user, userSig: userSig))
        guard let client = session.client else { return }
        let chat: Chat = peer.hasPrefix("group_") ? .group(String(peer.dropFirst(6))) : .user(peer)
        conversation = try? ConversationModel(chat, client: client)
        isTalking = conversation != nil
    }

    private func leave() {
        conversation?.close()
        conversation = nil
        session.signOut()
    }
}
#endif
