// SPDX-License-Identifier: MIT OR Apache-2.0

#ifndef SEENBY_V2TIM_STRING_H
#define SEENBY_V2TIM_STRING_H

#include <functional>
#include <string>
#include <type_traits>

#include "V2TIMDefine.h"

SEENBY_V2TIM_BEGIN

/// Text in UTF-8, compared as bytes (R23). It may hold NUL bytes.
class V2TIMString {
public:
    V2TIMString() {}
    /// nullptr is the empty text.
    V2TIMString(const char* text) : text_(text ? text : "") {}
    V2TIMString(const char* data, size_t size) : text_(data ? std::string(data, size) : std::string()) {}
    V2TIMString(const V2TIMString&) = default;
    V2TIMString(V2TIMString&&) noexcept = default;
    virtual ~V2TIMString() {}

#if defined(__cpp_char8_t)
    /// Ours: a u8"…" of C++20. (A template, so that nullptr stays unambiguous.)
    template <class C, class = typename std::enable_if<std::is_same<C, char8_t>::value>::type>
    V2TIMString(const C* text) : text_(text ? reinterpret_cast<const char*>(text) : "") {}
    /// Ours: a part of one.
    template <class C, class = typename std::enable_if<std::is_same<C, char8_t>::value>::type>
    V2TIMString(const C* data, size_t size)
        : text_(data ? std::string(reinterpret_cast<const char*>(data), size) : std::string()) {}
#endif

    V2TIMString& operator=(const V2TIMString&) = default;
    V2TIMString& operator=(V2TIMString&&) noexcept = default;
    /// May point into this text.
    V2TIMString& operator=(const char* text) {
        std::string other(text ? text : "");
        text_.swap(other);
        return *this;
    }

    bool operator==(const V2TIMString& other) const { return text_ == other.text_; }
    bool operator!=(const V2TIMString& other) const { return text_ != other.text_; }
    bool operator<(const V2TIMString& other) const { return text_ < other.text_; }

    /// Past the end: a byte of no meaning, which belongs to this text.
    char& operator[](int index) {
        if (index >= 0 && static_cast<size_t>(index) < text_.size()) return text_[static_cast<size_t>(index)];
        spare_ = '\0';
        return spare_;
    }
    /// In bytes.
    size_t Size() const { return text_.size(); }
    /// In bytes, as Size.
    size_t Length() const { return text_.size(); }
    bool Empty() const { return text_.empty(); }
    /// Ends with a NUL byte. Lives until this text changes.
    const char* CString() const { return text_.c_str(); }

private:
    std::string text_;
    char spare_ = '\0';
};

SEENBY_V2TIM_END

namespace std {
/// Ours: V2TIMString as a key of std::unordered_map.
template <>
struct hash<::seenby_v2tim::V2TIMString> {
    size_t operator()(const ::seenby_v2tim::V2TIMString& text) const {
        return hash<string>()(string(text.CString(), text.Size()));
    }
};
}  // namespace std

#ifndef SEENBY_V2TIM_NO_GLOBAL_NAMES
using seenby_v2tim::V2TIMString;
#endif

#endif  // SEENBY_V2TIM_STRING_H
