// What a program for the command line needs and an app with windows does not: waiting for the end of a call.
#pragma once

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <future>
#include <memory>

#include "callbacks.h"

[[noreturn]] inline void Fail(const char* what) {
    std::fprintf(stderr, "%s\n", what);
    std::exit(1);
}

inline void Check(bool good, const char* what) {
    if (!good) Fail(what);
}

// What a call ends with: `done` is set once, by its callback.
template <class T>
class Ending {
public:
    explicit Ending(const char* what) : what_(what), done_(std::make_shared<std::promise<T>>()) {}

    void Set(const T& value) const { done_->set_value(value); }

    // A failure of a call ends the program: here nothing is expected to fail.
    OnFailure Failure() const {
        const char* what = what_;
        return [what](int error_code, const V2TIMString& error_message) {
            std::fprintf(stderr, "error %d: %s\n", error_code, error_message.CString());
            Fail(what);
        };
    }

    T Wait() const {
        std::future<T> value = done_->get_future();
        if (value.wait_for(std::chrono::seconds(30)) != std::future_status::ready) Fail(what_);
        return value.get();
    }

private:
    const char* what_;
    std::shared_ptr<std::promise<T>> done_;
};

// A call that answers nothing.
template <class Begin>
void Run(const char* what, Begin begin) {
    Ending<bool> ending(what);
    auto callback = new Callback;
    const OnFailure failure = ending.Failure();
    callback->SetCallback(
        [=]() {
            ending.Set(true);
            delete callback;
        },
        [=](int error_code, const V2TIMString& error_message) { failure(error_code, error_message); });
    begin(callback);
    ending.Wait();
}

// A call that answers a value.
template <class T, class Begin>
T Ask(const char* what, Begin begin) {
    Ending<T> ending(what);
    auto callback = new ValueCallback<T>;
    const OnFailure failure = ending.Failure();
    callback->SetCallback(
        [=](const T& value) {
            ending.Set(value);
            delete callback;
        },
        [=](int error_code, const V2TIMString& error_message) { failure(error_code, error_message); });
    begin(callback);
    return ending.Wait();
}
