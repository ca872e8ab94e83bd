#include "wire.h"

#include <cstdio>
#include <limits>
#include <mutex>

#if defined(_WIN32)
#include <fcntl.h>
#include <io.h>
#endif

void OpenWire() {
#if defined(_WIN32)
    _setmode(_fileno(stdin), _O_BINARY);
    _setmode(_fileno(stdout), _O_BINARY);
#endif
}

void Say(const Json& line) {
    // Never destroyed: late callbacks may speak while the program ends.
    static std::mutex& turn = *new std::mutex();
    const std::string text = line.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
    std::lock_guard<std::mutex> lock(turn);
    std::fwrite(text.data(), 1, text.size(), stdout);
    std::fflush(stdout);
}

void Reply::Refuse(int code, const V2TIMString& message, Json answer) const {
    Say({{"id", id_}, {"error", {{"code", code}, {"message", Std(message)}}}, {"answer", std::move(answer)}});
}

void Reply::AtOnce(int32_t code) const {
    if (code == SEENBY_OK) return Done();
    const V2TIMSeenByError error = V2TIMSeenByManager::LastError();
    if (error.code != code) {
        return Break("a call returned " + std::to_string(code) + ", and the last error is " +
                     std::to_string(error.code));
    }
    Refuse(code, error.message);
}

V2TIMCallback* Reply::Callback() const {
    const Reply reply = *this;
    return V2TIMSeenByCallback::Done([reply] { reply.Done(); }, Error());
}

V2TIMSeenByCallback::Error Reply::Error() const {
    const Reply reply = *this;
    return [reply](int code, const V2TIMString& message) { reply.Refuse(code, message); };
}

const Json& With::At(const char* key) const {
    if (!fields_.contains(key)) throw Broken(std::string("a request lacks ") + key);
    return fields_[key];
}

V2TIMString With::Text(const char* key) const { return Has(key) ? TextOf(fields_[key]) : V2TIMString(); }

uint64_t With::Number(const char* key) const { return Has(key) ? fields_[key].get<uint64_t>() : 0; }

uint32_t With::Number32(const char* key) const {
    const uint64_t number = Number(key);
    if (number > std::numeric_limits<uint32_t>::max()) throw Broken(std::string(key) + " is too large for its type");
    return static_cast<uint32_t>(number);
}

bool With::Flag(const char* key) const { return Has(key) && fields_[key].get<bool>(); }

const Json& With::List(const char* key) const {
    static const Json& none = *new Json(Json::array());
    return Has(key) ? fields_[key] : none;
}

V2TIMStringVector With::Texts(const char* key) const {
    V2TIMStringVector texts;
    for (const Json& text : List(key)) texts.PushBack(TextOf(text));
    return texts;
}

V2TIMString TextOf(const Json& text) { return V2TIMSeenByString::FromStd(text.get_ref<const std::string&>()); }

std::string Std(const V2TIMString& text) { return V2TIMSeenByString::ToStd(text); }
