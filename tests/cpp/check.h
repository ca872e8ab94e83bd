// SPDX-License-Identifier: MIT OR Apache-2.0
//
// A test program: TEST("name") { … CHECK(…) … }, and RUN_TESTS() once at its end. A failed check ends its test, and the
// program with 1; so does a program without tests.

#ifndef SEENBY_TESTS_CHECK_H
#define SEENBY_TESTS_CHECK_H

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <sstream>
#include <string>
#include <vector>

namespace check {

struct Test {
    const char* name;
    void (*run)();
};

inline std::vector<Test>& tests() {
    static std::vector<Test> all;
    return all;
}

struct Register {
    Register(const char* name, void (*run)()) { tests().push_back(Test{name, run}); }
};

// Not by exceptions: the programs are built without them too. What a test began is left as it is.
[[noreturn]] inline void fail(const char* file, int line, const std::string& what) {
    std::fprintf(stderr, "%s:%d: %s\n", file, line, what.c_str());
    std::fflush(stderr);
    std::_Exit(1);
}

template <class A, class B>
void equal(const char* file, int line, const char* text, const A& actual, const B& expected) {
    if (actual == expected) return;
    std::ostringstream what;
    what << text << ": is " << actual << ", expected " << expected;
    fail(file, line, what.str());
}

inline int run(int argc, char** argv) {
    size_t ran = 0;
    for (const Test& test : tests()) {
        if (argc > 1 && !std::strstr(test.name, argv[1])) continue;
        std::fprintf(stderr, "%s\n", test.name);
        test.run();
        ++ran;
    }
    std::fprintf(stderr, "%u tests passed\n", static_cast<unsigned>(ran));
    return ran == 0 ? 1 : 0;
}

}  // namespace check

#define CHECK_JOIN2(a, b) a##b
#define CHECK_JOIN(a, b) CHECK_JOIN2(a, b)
#define TEST(name) \
    static void CHECK_JOIN(test_, __LINE__)(); \
    static const check::Register CHECK_JOIN(register_, __LINE__)(name, &CHECK_JOIN(test_, __LINE__)); \
    static void CHECK_JOIN(test_, __LINE__)()
#define CHECK(condition) \
    do { \
        if (!(condition)) check::fail(__FILE__, __LINE__, #condition); \
    } while (false)
#define CHECK_EQ(actual, expected) check::equal(__FILE__, __LINE__, #actual, actual, expected)
#define RUN_TESTS() \
    int main(int argc, char** argv) { return check::run(argc, argv); }

#endif  // SEENBY_TESTS_CHECK_H
