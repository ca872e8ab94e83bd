#if canImport(SwiftUI)
import ChatModel
import SeenBy
import SwiftUI

/// A conversation: messages with their ticks. What is on the screen for long enough is reported as read.
public struct ConversationScreen: View {
    @ObservedObject var model: ConversationModel
    @Environment(\.scenePhase) private var phase
    @State private var written = ""
    @State private var asked: Line?

    public init(_ model: ConversationModel) {
        self.model = model
    }

    public var body: some View {
        VStack(spacing: 0) {
            messages
            Divider()
            writing
        }
        .navigationTitle(model.title)
        .task {
            await model.open()
            await model.markAsRead()
        }
        .onDisappear { try? model.tracker.setForeground(false) }
        .onAppear { try? model.tracker.setForeground(true) }
        .onChange(of: phase) { now in try? model.tracker.setForeground(now == .active) }
        .sheet(item: $asked) { line in
            if let message = line.message {
                ReadMembersScreen(ReadMembersModel(message, client: model.client))
            }
        }
    }

    private var messages: some View {
        ScrollViewReader { scroll in
            ScrollView {
                LazyVStack(spacing: 8) {
                    ForEach(model.lines) { line in
                        row(line)
                            .id(line.id)
                            .onAppear {
                                if line.id == model.lines.first?.id { Task { await model.older() } }
                            }
                    }
                }
                .padding(12)
            }
            .onChange(of: model.lines.last?.id) { last in
                if let last { scroll.scrollTo(last, anchor: .bottom) }
            }
        }
    }

    @ViewBuilder private func row(_ line: Line) -> some View {
        let row = MessageRow(line: line, inGroup: model.isGroup) {
            if line.state == .failed {
                Task { await model.retry(line) }
            } else {
                asked = line
            }
        }
        if let message = line.message {
            row.seen(message, by: model.tracker)
        } else {
            row
        }
    }

    private var writing: some View {
        HStack(alignment: .bottom) {
            TextField("Message", text: $written, axis: .vertical)
                .lineLimit(1...4)
                .textFieldStyle(.roundedBorder)
            Button {
                let text = written
                written = ""
                Task { await model.send(text) }
            } label: {
                Image(systemName: "paperplane.circle.fill").font(.title)
            }
            .accessibilityLabel("Send")
        }
        .padding(10)
    }
}

/// A message: who, the text, when, the ticks, and in groups how many have read it.
struct MessageRow: View {
    let line: Line
    let inGroup: Bool
    let tapped: () -> Void

    var body: some View {
        HStack {
            if line.isOwn { Spacer(minLength: 48) }
            VStack(alignment: line.isOwn ? .trailing : .leading, spacing: 4) {
                if !line.isOwn && inGroup {
                    Text(line.name).font(.caption).foregroundColor(.secondary)
                }
                VStack(alignment: .trailing, spacing: 4) {
                    Text(line.text)
                    HStack(spacing: 4) {
                        Text(line.time, style: .time).font(.caption2).foregroundColor(.secondary)
                        if let state = line.state { TicksView(state: state) }
                    }
                }
                .padding(.horizontal, 12)
                .padding(.vertical, 8)
                .background(line.isOwn ? Color.accentColor.opacity(0.15) : Color.gray.opacity(0.12))
                .clipShape(RoundedRectangle(cornerRadius: 16))
                if let words = line.state.flatMap({ ReadText.words($0, inGroup: inGroup) }) {
                    Button(words, action: tapped)
                        .font(.caption)
                        .buttonStyle(.plain)
                        .foregroundColor(line.state == .failed ? .red : .accentColor)
                }
            }
            if !line.isOwn { Spacer(minLength: 48) }
        }
    }
}

/// The ticks of a state (R31).
struct TicksView: View {
    let state: DrawState

    var body: some View {
        symbol
            .font(.caption2)
            .accessibilityLabel(ReadText.spoken(state))
    }

    @ViewBuilder private var symbol: some View {
        switch ReadText.ticks(state) {
        case .clock: Image(systemName: "clock").foregroundColor(.secondary)
        case .failed: Image(systemName: "exclamationmark.circle").foregroundColor(.red)
        case .one: Image(systemName: "checkmark").foregroundColor(.secondary)
        case .two: two.foregroundColor(.secondary)
        case .twoBlue: two.foregroundColor(.blue)
        case nil: EmptyView()
        }
    }

    private var two: some View {
        ZStack {
            Image(systemName: "checkmark")
            Image(systemName: "checkmark").offset(x: 5)
        }
        .padding(.trailing, 5)
    }
}
#endif
