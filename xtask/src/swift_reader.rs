//! UniFFI's Swift reads what crosses through `Data`, a generic copy a field: 4 µs an event. The same bytes read where they lie
//! cost a tenth. So the few functions that read are put in its place when the bindings are written; the format is UniFFI's.

/// What is written otherwise: UniFFI's text, ours, and how often it is there (`None`: as often as it likes).
const CHANGES: &[(&str, &str, Option<usize>)] = &[
    ("(data: Data, offset: Data.Index)", "(data: UnsafeRawBufferPointer, offset: Int)", None),
    (
        "fileprivate func createReader(data: Data) ->",
        "fileprivate func createReader(data: UnsafeRawBufferPointer) ->",
        Some(1),
    ),
    (
        "createReader(data: Data(rustBuffer: buf))",
        "createReader(data: UnsafeRawBufferPointer(start: buf.data, count: Int(buf.len)))",
        Some(1),
    ),
    (
        "fileprivate extension Data {
    init(rustBuffer: RustBuffer) {
        self.init(
            bytesNoCopy: rustBuffer.data!,
            count: Int(rustBuffer.len),
            deallocator: .none
        )
    }
}
",
        "",
        Some(1),
    ),
    (
        "    if T.self == UInt8.self {
        let value = reader.data[reader.offset]
        reader.offset += 1
        return value as! T
    }
    var value: T = 0
    let _ = withUnsafeMutableBytes(of: &value, { reader.data.copyBytes(to: $0, from: range)})
    reader.offset = range.upperBound
    return value.bigEndian
",
        "    let value = reader.data.loadUnaligned(fromByteOffset: reader.offset, as: T.self)
    reader.offset = range.upperBound
    return value.bigEndian
",
        Some(1),
    ),
    (
        "count: Int) throws -> Array<UInt8> {
    let range = reader.offset..<(reader.offset+count)
    guard reader.data.count >= range.upperBound else {
        throw UniffiInternalError.bufferOverflow
    }
    var value = [UInt8](repeating: 0, count: count)
    value.withUnsafeMutableBufferPointer({ buffer in
        reader.data.copyBytes(to: buffer, from: range)
    })
    reader.offset = range.upperBound
    return value
}
",
        "count: Int) throws -> UnsafeRawBufferPointer {
    guard count >= 0, reader.data.count - reader.offset >= count else {
        throw UniffiInternalError.bufferOverflow
    }
    let range = reader.offset..<(reader.offset+count)
    reader.offset = range.upperBound
    return UnsafeRawBufferPointer(rebasing: reader.data[range])
}
",
        Some(1),
    ),
];

/// The generated file, with them. `Err` names what is not as it was: UniFFI's text has changed.
pub(crate) fn in_place(generated: &str) -> Result<String, String> {
    let mut text = generated.to_owned();
    for (from, to, times) in CHANGES {
        let found = text.matches(from).count();
        if found == 0 || times.is_some_and(|times| times != found) {
            return Err(format!("UniFFI's Swift has {found} times what xtask/src/swift_reader.rs knows:\n{from}"));
        }
        text = text.replace(from, to);
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_text_of_uniffi_is_told() {
        let all: String = CHANGES.iter().map(|(from, ..)| *from).collect();
        let written = in_place(&all).unwrap();
        assert!(written.contains("loadUnaligned") && !written.contains("copyBytes"));
        assert!(in_place(&all.replace("copyBytes", "copy")).unwrap_err().contains("0 times"));
        assert!(in_place(&all.repeat(2)).unwrap_err().contains("2 times"));
    }
}
