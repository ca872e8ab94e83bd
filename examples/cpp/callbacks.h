// The usual way to write the documented callbacks: objects that hold what is to be done, made by `new`, that are deleted in
// whichever of their functions comes at the end. Exactly one of those comes, once, and nothing touches the object afterwards.
#pragma once

#include <functional>
#include <utility>

#include <V2TIMCallback.h>

using OnFailure = std::function<void(int, const V2TIMString&)>;

class Callback final : public V2TIMCallback {
public:
    void SetCallback(std::function<void()> success, OnFailure failure) {
        success_ = std::move(success);
        failure_ = std::move(failure);
    }

    void OnSuccess() override {
        if (success_) success_();
    }
    void OnError(int error_code, const V2TIMString& error_message) override {
        if (failure_) failure_(error_code, error_message);
    }

private:
    std::function<void()> success_;
    OnFailure failure_;
};

template <class T>
class ValueCallback final : public V2TIMValueCallback<T> {
public:
    void SetCallback(std::function<void(const T&)> success, OnFailure failure) {
        success_ = std::move(success);
        failure_ = std::move(failure);
    }

    void OnSuccess(const T& value) override {
        if (success_) success_(value);
    }
    void OnError(int error_code, const V2TIMString& error_message) override {
        if (failure_) failure_(error_code, error_message);
    }

private:
    std::function<void(const T&)> success_;
    OnFailure failure_;
};

class SendCallback final : public V2TIMSendCallback {
public:
    void SetCallback(std::function<void(const V2TIMMessage&)> success, OnFailure failure,
                     std::function<void(uint32_t)> progress) {
        success_ = std::move(success);
        failure_ = std::move(failure);
        progress_ = std::move(progress);
    }

    void OnSuccess(const V2TIMMessage& message) override {
        if (success_) success_(message);
    }
    void OnError(int error_code, const V2TIMString& error_message) override {
        if (failure_) failure_(error_code, error_message);
    }
    void OnProgress(uint32_t progress) override {
        if (progress_) progress_(progress);
    }

private:
    std::function<void(const V2TIMMessage&)> success_;
    OnFailure failure_;
    std::function<void(uint32_t)> progress_;
};
