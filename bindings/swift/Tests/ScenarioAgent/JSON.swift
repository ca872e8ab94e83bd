import Foundation

/// A value of JSON. Whole numbers stay whole.
enum JSON: Codable, Sendable, Equatable {
    case null
    case bool(Bool)
    case whole(Int64)
    case number(Double)
    case text(String)
    case list([JSON])
    case object([String: JSON])

    init(from decoder: Decoder) throws {
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            self = .null
        } else if let text = try? value.decode(String.self) {
            self = .text(text)
        } else if let object = try? value.decode([String: JSON].self) {
            self = .object(object)
        } else if let list = try? value.decode([JSON].self) {
            self = .list(list)
        } else if let bool = try? value.decode(Bool.self) {
            self = .bool(bool)
        } else if let whole = try? value.decode(Int64.self) {
            self = .whole(whole)
        } else {
            self = .number(try value.decode(Double.self))
        }
    }

    func encode(to encoder: Encoder) throws {
        var value = encoder.singleValueContainer()
        switch self {
        case .null: try value.encodeNil()
        case .bool(let bool): try value.encode(bool)
        case .whole(let whole): try value.encode(whole)
        case .number(let number): try value.encode(number)
        case .text(let text): try value.encode(text)
        case .list(let list): try value.encode(list)
        case .object(let object): try value.encode(object)
        }
    }

    init(_ text: String?) {
        self = .text(text ?? "")
    }

    init<Number: BinaryInteger>(_ number: Number) {
        self = .whole(Int64(clamping: number))
    }

    static func parse(_ text: String) throws -> JSON {
        try JSONDecoder().decode(JSON.self, from: Data(text.utf8))
    }

    /// It, written.
    var written: String {
        get throws { String(decoding: try JSONEncoder().encode(self), as: UTF8.self) }
    }

    subscript(key: String) -> JSON? {
        if case .object(let fields) = self, let value = fields[key], value != .null { return value }
        return nil
    }
}

/// What a request or a call is given: what is absent is empty, 0 or false.
struct With: Sendable {
    let fields: JSON

    func has(_ key: String) -> Bool {
        fields[key] != nil
    }

    func optional(_ key: String) -> String? {
        if case .text(let text)? = fields[key] { return text }
        return nil
    }

    func text(_ key: String) -> String {
        optional(key) ?? ""
    }

    /// Cast, as Swift casts where it is told to.
    func number<Number: FixedWidthInteger>(_ key: String) -> Number {
        switch fields[key] {
        case .whole(let whole): return Number(truncatingIfNeeded: whole)
        case .number(let number): return Number(truncatingIfNeeded: Int64(number))
        default: return 0
        }
    }

    func flag(_ key: String) -> Bool {
        fields[key] == .bool(true)
    }

    func list(_ key: String) -> [JSON] {
        if case .list(let list)? = fields[key] { return list }
        return []
    }

    func texts(_ key: String) -> [String] {
        list(key).map { if case .text(let text) = $0 { text } else { "" } }
    }

    func with(_ key: String) -> With {
        With(fields: fields[key] ?? .object([:]))
    }
}
