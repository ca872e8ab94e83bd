import Foundation

/// What a message is made of.
public class V2TIMElem: NSObject {
}

/// Text.
public final class V2TIMTextElem: V2TIMElem, @unchecked Sendable {
    // Unchecked for its superclass, which has nothing.
    private let own: Locked<String?>

    /// A copy of a message's: to send another text, make another message.
    public init(text: String? = nil) {
        own = Locked(text)
    }

    /// It.
    public var text: String? {
        get { own.now }
        set { own.with { $0 = newValue } }
    }
}

/// Whatever the app means by it.
public final class V2TIMCustomElem: V2TIMElem, @unchecked Sendable {
    // Unchecked for its superclass, which has nothing.
    private struct Own {
        var data: Data?
        var desc: String?
        var ext: String?
    }

    private let own: Locked<Own>

    /// A copy of a message's: to send other data, make another message.
    public init(data: Data? = nil, desc: String? = nil, ext: String? = nil) {
        own = Locked(Own(data: data, desc: desc, ext: ext))
    }

    /// The data.
    public var data: Data? {
        get { own.now.data }
        set { own.with { $0.data = newValue } }
    }

    /// The description.
    public var desc: String? {
        get { own.now.desc }
        set { own.with { $0.desc = newValue } }
    }

    /// The extension.
    public var `extension`: String? {
        get { own.now.ext }
        set { own.with { $0.ext = newValue } }
    }
}
