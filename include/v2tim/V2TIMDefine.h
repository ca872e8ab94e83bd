// SPDX-License-Identifier: MIT OR Apache-2.0
//
// SeenBy's C++ classes by the documented names, header only, over ../seenby.h. docs/v2tim-cpp.md says which call does what.
//
// Everything is in the namespace seenby_v2tim. The names are global too, unless SEENBY_V2TIM_NO_GLOBAL_NAMES is defined: then
// the program may hold another library with the same global names. Rules in brackets (R7) are those of docs/SPEC.md.

#ifndef SEENBY_V2TIM_DEFINE_H
#define SEENBY_V2TIM_DEFINE_H

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "../seenby.h"

// A program that holds code built with two versions of these headers keeps them apart by the inner name.
#define SEENBY_V2TIM_BEGIN \
    namespace seenby_v2tim { \
    inline namespace v1 {
#define SEENBY_V2TIM_END \
    } \
    }

// Whether exceptions of the app's callbacks can be caught. Everything works without them, and without RTTI.
#if defined(__cpp_exceptions) || defined(__EXCEPTIONS) || defined(_CPPUNWIND)
#define SEENBY_V2TIM_EXCEPTIONS 1
#else
#define SEENBY_V2TIM_EXCEPTIONS 0
#endif

SEENBY_V2TIM_BEGIN

namespace detail {

/// What the documented vectors are made of. Reading past the end gives an empty element, never what is not there (R10).
template <class T>
class Vector {
public:
    typedef T value_type;
    typedef typename std::vector<T>::iterator iterator;
    typedef typename std::vector<T>::const_iterator const_iterator;

    Vector() {}
    Vector(std::initializer_list<T> items) : items_(items) {}
    Vector(const Vector& other) : items_(other.items_) {}
    Vector(Vector&& other) noexcept : items_(std::move(other.items_)) { other.items_.clear(); }
    virtual ~Vector() {}

    Vector& operator=(const Vector& other) {
        items_ = other.items_;
        return *this;
    }
    Vector& operator=(Vector&& other) noexcept {
        if (this != &other) {
            items_ = std::move(other.items_);
            other.items_.clear();
        }
        return *this;
    }

    /// The argument may be an element of this vector.
    void PushBack(T const& item) { items_.push_back(item); }
    /// Of an empty vector: nothing.
    void PopBack() {
        if (!items_.empty()) items_.pop_back();
    }
    /// Past the end: an empty element that belongs to this vector; what is written to it is gone at the next such call.
    T& operator[](size_t index) {
        if (index < items_.size()) return items_[index];
        spare_.reset(new T());
        return *spare_;
    }
    /// Past the end: an empty element.
    T const& operator[](size_t index) const { return index < items_.size() ? items_[index] : Empty_(); }
    size_t Size() const { return items_.size(); }
    bool Empty() const { return items_.empty(); }
    void Clear() { items_.clear(); }
    /// Past the end: nothing.
    void Erase(size_t index) {
        if (index < items_.size()) items_.erase(items_.begin() + static_cast<std::ptrdiff_t>(index));
    }

    // Ours: range-based for, and room before many PushBack.
    iterator begin() { return items_.begin(); }
    iterator end() { return items_.end(); }
    const_iterator begin() const { return items_.begin(); }
    const_iterator end() const { return items_.end(); }
    void Reserve(size_t count) { items_.reserve(count); }
    void PushBack(T&& item) { items_.push_back(std::move(item)); }

private:
    // Never destroyed: late callbacks may read it while the program ends.
    static T const& Empty_() {
        static const T* const empty = new T();
        return *empty;
    }

    std::vector<T> items_;
    std::unique_ptr<T> spare_;
};

/// What the documented maps are made of.
template <class K, class V>
class Map {
public:
    typedef typename std::map<K, V>::const_iterator const_iterator;

    virtual ~Map() {}
    Map() = default;
    Map(const Map&) = default;
    Map(Map&&) = default;
    Map& operator=(const Map&) = default;
    Map& operator=(Map&&) = default;

    void Insert(K const& key, V const& value) { items_[key] = value; }
    void Erase(K const& key) { items_.erase(key); }
    size_t Count(K const& key) const { return items_.count(key); }
    size_t Size() const { return items_.size(); }
    bool Empty() const { return items_.empty(); }
    void Clear() { items_.clear(); }
    V& operator[](K const& key) { return items_[key]; }
    /// Of a key that is not there: an empty value.
    V const& Get(K const& key) const {
        static const V* const empty = new V();
        const_iterator at = items_.find(key);
        return at == items_.end() ? *empty : at->second;
    }
    Vector<K> AllKeys() const {
        Vector<K> keys;
        for (const_iterator at = items_.begin(); at != items_.end(); ++at) keys.PushBack(at->first);
        return keys;
    }
    const_iterator begin() const { return items_.begin(); }
    const_iterator end() const { return items_.end(); }

private:
    std::map<K, V> items_;
};

}  // namespace detail

SEENBY_V2TIM_END

/// class TX<T>Vector, as documented.
#define SEENBY_V2TIM_VECTOR(T) \
    class TX##T##Vector : public ::seenby_v2tim::detail::Vector<T> { \
    public: \
        using ::seenby_v2tim::detail::Vector<T>::Vector; \
        TX##T##Vector() {} \
    };
/// class TXP<T>Vector, of pointers, as documented.
#define SEENBY_V2TIM_POINT_VECTOR(T) \
    class TXP##T##Vector : public ::seenby_v2tim::detail::Vector<T*> { \
    public: \
        using ::seenby_v2tim::detail::Vector<T*>::Vector; \
        TXP##T##Vector() {} \
    };
/// class TX<K>To<V>Map, as documented.
#define SEENBY_V2TIM_MAP(K, V) \
    class TX##K##To##V##Map : public ::seenby_v2tim::detail::Map<K, V> {};

#ifndef SEENBY_V2TIM_NO_GLOBAL_NAMES
#define DEFINE_VECTOR(T) SEENBY_V2TIM_VECTOR(T)
#define DEFINE_POINT_VECTOR(T) SEENBY_V2TIM_POINT_VECTOR(T)
#define DEFINE_MAP(K, V) SEENBY_V2TIM_MAP(K, V)
#endif

#endif  // SEENBY_V2TIM_DEFINE_H
