#if canImport(SwiftUI)
import ChatModel
import SeenBy
import SwiftUI

/// Who has read a message of one's own, and who has not: two tabs.
public struct ReadMembersScreen: View {
    @StateObject private var model: ReadMembersModel
    @State private var filter = ReadFilter.read

    public init(_ model: @autoclosure @escaping () -> ReadMembersModel) {
        _model = StateObject(wrappedValue: model())
    }

    public var body: some View {
        VStack(spacing: 12) {
            Text(model.message.text ?? "")
                .frame(maxWidth: .infinity, alignment: .leading)
                .padding(12)
                .background(Color.accentColor.opacity(0.15))
                .clipShape(RoundedRectangle(cornerRadius: 14))
            Picker("", selection: $filter) {
                Text(model.tab(.read)).tag(ReadFilter.read)
                Text(model.tab(.unread)).tag(ReadFilter.unread)
            }
            .pickerStyle(.segmented)
            list
        }
        .padding()
        .task { await model.open() }
        .onDisappear { model.close() }
    }

    private var list: some View {
        let shown = model.members(filter)
        return List(shown.members) { member in
            HStack {
                Text(member.nickName.isEmpty ? member.userID : member.nickName)
                Spacer()
                if let readAt = member.readAt {
                    Text(readAt, style: .time).foregroundColor(.secondary)
                }
            }
            .onAppear {
                if member.id == shown.members.last?.id { Task { await model.more(filter) } }
            }
        }
        .listStyle(.plain)
        .overlay {
            if shown.isFinished && shown.members.isEmpty {
                Text(filter == .read ? "Nobody has read it yet" : "Everybody has read it").foregroundColor(.secondary)
            }
        }
    }
}
#endif
