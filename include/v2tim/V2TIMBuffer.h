// SPDX-License-Identifier: MIT OR Apache-2.0

#ifndef SEENBY_V2TIM_BUFFER_H
#define SEENBY_V2TIM_BUFFER_H

#include "V2TIMDefine.h"

SEENBY_V2TIM_BEGIN

/// Bytes.
class V2TIMBuffer {
public:
    V2TIMBuffer() {}
    /// nullptr is no bytes.
    V2TIMBuffer(const uint8_t* data, size_t size) {
        if (data) bytes_.assign(data, data + size);
    }
    V2TIMBuffer(const V2TIMBuffer&) = default;
    V2TIMBuffer(V2TIMBuffer&&) noexcept = default;
    virtual ~V2TIMBuffer() {}
    V2TIMBuffer& operator=(const V2TIMBuffer&) = default;
    V2TIMBuffer& operator=(V2TIMBuffer&&) noexcept = default;

    /// Lives until this buffer changes. Of an empty one it may be nullptr.
    const uint8_t* Data() const { return bytes_.data(); }
    uint8_t* Data() { return bytes_.data(); }
    size_t Size() const { return bytes_.size(); }

    // Ours.
    bool operator==(const V2TIMBuffer& other) const { return bytes_ == other.bytes_; }
    bool operator!=(const V2TIMBuffer& other) const { return bytes_ != other.bytes_; }

private:
    std::vector<uint8_t> bytes_;
};

SEENBY_V2TIM_END

#ifndef SEENBY_V2TIM_NO_GLOBAL_NAMES
using seenby_v2tim::V2TIMBuffer;
#endif

#endif  // SEENBY_V2TIM_BUFFER_H
