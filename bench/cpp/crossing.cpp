// What crossing into the documented C++ classes costs: src/crossing.rs is the same work through the Rust API, and says what
// is measured and how. Prints `report N NS` and `event N NS` lines, each a median.

#include <time.h>

#include <algorithm>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <string>
#include <vector>

#include <V2TIMManager.h>
#include <V2TIMMessageManager.h>

static const int kRounds = 200;
static const int kCalls = 50;
static const char kServer[] = "embedded:mem/crossing-cpp";

static std::mutex lock;
static std::condition_variable changed;
static int ended, heard;                       // since they were last set to 0
static std::vector<V2TIMMessage> sent;         // in the order of their answers
static std::vector<uint64_t> found;            // what is measured now
static size_t lookedFor;
static thread_local uint64_t lastCallback = 0; // when this thread's last one ended, in ns of its own time

static uint64_t ThreadNs() {
    timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<uint64_t>(now.tv_sec) * 1000000000u + static_cast<uint64_t>(now.tv_nsec);
}

static void Check(bool good, const char* what) {
    if (good) return;
    std::fprintf(stderr, "%s\n", what);
    std::exit(1);
}

static void Add(int& count, int n) {
    std::lock_guard<std::mutex> guard(lock);
    count += n;
    changed.notify_all();
}

static void WaitFor(int& count, int n) {
    std::unique_lock<std::mutex> guard(lock);
    changed.wait(guard, [&] { return count >= n; });
    count = 0;
}

static void PrintMedian(const char* what, int n) {
    Check(!found.empty(), what);
    std::sort(found.begin(), found.end());
    std::printf("%s %d %llu\n", what, n, static_cast<unsigned long long>(found[found.size() / 2]));
    std::fflush(stdout);
    found.clear();
}

class Done final : public V2TIMCallback {
public:
    void OnSuccess() override {
        Add(ended, 1);
        delete this;
        lastCallback = ThreadNs();
    }
    void OnError(int, const V2TIMString&) override { Check(false, "a call failed"); }
};

class Refused final : public V2TIMCallback {
public:
    void OnSuccess() override { Check(false, "not refused"); }
    void OnError(int error_code, const V2TIMString&) override {
        Check(error_code == ERR_SDK_NOT_LOGGED_IN, "not refused by 6014");
        Add(ended, 1);
        delete this;
    }
};

class Sent final : public V2TIMSendCallback {
public:
    void OnSuccess(const V2TIMMessage& message) override {
        sent.push_back(message);
        Add(ended, 1);
        delete this;
        lastCallback = ThreadNs();
    }
    void OnError(int, const V2TIMString&) override { Check(false, "a message was not sent"); }
    void OnProgress(uint32_t) override {}
};

class Listener final : public V2TIMAdvancedMsgListener {
public:
    void OnRecvMessageReadReceipts(const V2TIMMessageReceiptVector& receipts) override {
        int read = 0;
        for (size_t i = 0; i < receipts.Size(); ++i) read += receipts[i].isPeerRead;
        const uint64_t spent = ThreadNs() - lastCallback;
        if (receipts.Size() == lookedFor && lastCallback != 0) found.push_back(spent);
        Add(heard, read);
        lastCallback = ThreadNs();
    }
};

static V2TIMManager* ManagerOf(const char* user) {
    V2TIMManager* const manager = V2TIMSeenByManager::CreateManager();
    V2TIMSDKConfig config;
    config.seenBy.server = kServer;
    config.seenBy.deviceLabel = user;
    Check(manager->InitSDK(1, config), "InitSDK refuses");
    if (user[0] != '\0') {
        manager->Login(user, "", new Done);
        WaitFor(ended, 1);
    }
    return manager;
}

static void Reports(int n) {
    V2TIMManager* const nobody = ManagerOf("");
    V2TIMMessageVector messages;
    for (int i = 0; i < n; ++i) {
        V2TIMMessage message = nobody->GetMessageManager()->CreateTextMessage("Lunch?");
        message.msgID = ("0123456789abcdefghijklmnopqrst" + std::to_string(10 + i)).c_str();  // as long as ours
        message.userID = "alice";
        message.isSelf = false;
        message.needReadReceipt = true;
        message.seenBy.conversationID = "c2c_alice";
        message.seenBy.isKnown = true;
        messages.PushBack(message);
    }
    for (int round = 0; round < kRounds; ++round) {
        const uint64_t begin = ThreadNs();
        for (int i = 0; i < kCalls; ++i) nobody->GetMessageManager()->SendMessageReadReceipts(messages, new Refused);
        found.push_back((ThreadNs() - begin) / kCalls);
        WaitFor(ended, kCalls);
    }
    PrintMedian("report", n);
    V2TIMSeenByManager::DestroyManager(nobody);
}

static void Events(V2TIMManager* alice, V2TIMManager* bob, int n) {
    lookedFor = static_cast<size_t>(n);
    for (int round = 0; round < kRounds; ++round) {
        sent.clear();
        for (int i = 0; i < n; ++i) {
            V2TIMMessage message = alice->GetMessageManager()->CreateTextMessage("Lunch?");
            message.needReadReceipt = true;
            alice->GetMessageManager()->SendMessage(message, "bob", "", V2TIM_PRIORITY_DEFAULT, false, {}, new Sent);
        }
        WaitFor(ended, n);
        V2TIMMessageVector seen;
        for (const V2TIMMessage& one : sent) {
            V2TIMMessage message = one;
            message.userID = "alice";
            message.isSelf = false;
            message.seenBy.conversationID = "c2c_alice";
            seen.PushBack(message);
        }
        bob->GetMessageManager()->SendMessageReadReceipts(seen, new Done);
        WaitFor(ended, 1);
        WaitFor(heard, n);
    }
    PrintMedian("event", n);
}

int main() {
    // The rate limits are not what is measured.
    seenby_config_t config = SEENBY_CONFIG_INIT;
    config.app = 1;
    config.server = seenby_str(kServer);
    seenby_service_t* service = nullptr;
    const char* limits = "{\"requests_per_second\": 1000000, \"burst\": 1000000}";
    Check(seenby_service_open(&config, seenby_str(nullptr), seenby_str(limits), &service) == SEENBY_OK, "no service");

    for (int n : {1, 30}) Reports(n);
    V2TIMManager* const alice = ManagerOf("alice");
    V2TIMManager* const bob = ManagerOf("bob");
    Listener listener;
    alice->GetMessageManager()->AddAdvancedMsgListener(&listener);
    for (int n : {1, 30, 64}) Events(alice, bob, n);
    alice->GetMessageManager()->RemoveAdvancedMsgListener(&listener);
    V2TIMSeenByManager::DestroyManager(bob);
    V2TIMSeenByManager::DestroyManager(alice);
    seenby_service_free(service);
    return 0;
}
