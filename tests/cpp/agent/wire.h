// Lines of JSON: what the runner asks, and what is said to it (tests/scenarios/PROTOCOL.md).

#ifndef SEENBY_AGENT_WIRE_H
#define SEENBY_AGENT_WIRE_H

#include <stdexcept>
#include <string>

#include <V2TIMManager.h>
#include <nlohmann/json.hpp>

typedef nlohmann::json Json;

/// The scenario, or this program, is wrong: not what a call answers.
struct Broken : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Prepares the streams: lines end as they are written.
void OpenWire();
/// Writes one line. Any thread.
void Say(const Json& line);

/// Answers one request, exactly once, from any thread.
class Reply {
public:
    explicit Reply(uint64_t id) : id_(id) {}
    void Answer(Json value) const { Say({{"id", id_}, {"answer", std::move(value)}}); }
    void Done() const { Answer(nullptr); }
    void Refuse(int code, const V2TIMString& message, Json answer = nullptr) const;
    void Break(const std::string& why) const { Say({{"id", id_}, {"broken", why}}); }
    /// Answers what a call that answers at once returned.
    void AtOnce(int32_t code) const;
    /// Ends a call that answers nothing.
    V2TIMCallback* Callback() const;
    /// Ends a call that answers a value, which `json` turns into JSON.
    template <class T, class F>
    V2TIMValueCallback<T>* Value(F json) const {
        const Reply reply = *this;
        return V2TIMSeenByCallback::Value<T>([reply, json](const T& value) { reply.Answer(json(value)); }, Error());
    }
    V2TIMSeenByCallback::Error Error() const;

private:
    uint64_t id_;
};

/// The fields of a request. What is absent is empty, 0 or false.
class With {
public:
    explicit With(const Json& fields) : fields_(fields) {}
    bool Has(const char* key) const { return fields_.contains(key) && !fields_[key].is_null(); }
    const Json& At(const char* key) const;
    V2TIMString Text(const char* key) const;
    uint64_t Number(const char* key) const;
    uint32_t Number32(const char* key) const;
    bool Flag(const char* key) const;
    /// An empty list if it is absent.
    const Json& List(const char* key) const;
    V2TIMStringVector Texts(const char* key) const;

private:
    const Json& fields_;
};

V2TIMString TextOf(const Json& text);
std::string Std(const V2TIMString& text);

#endif  // SEENBY_AGENT_WIRE_H
