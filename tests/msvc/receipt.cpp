// A program with MSVC's ABI that uses the DLL through seenby.lib: a message is sent, read, and the receipt heard. It is built
// without MSVC (`cargo xtask test windows`), so it has no C library but what is below and kernel32.
#include <seenby.h>

extern "C" {

__declspec(dllimport) void *__stdcall CreateEventA(void *, int, int, const char *);
__declspec(dllimport) int __stdcall SetEvent(void *);
__declspec(dllimport) unsigned __stdcall WaitForSingleObject(void *, unsigned);
__declspec(dllimport) void *__stdcall GetStdHandle(unsigned);
__declspec(dllimport) int __stdcall WriteFile(void *, const void *, unsigned, unsigned *, void *);
__declspec(dllimport) void __stdcall ExitProcess(unsigned);

// The compiler calls these by itself.
size_t strlen(const char *text);
void *memset(void *to, int value, size_t count);
void *memcpy(void *to, const void *from, size_t count);

size_t strlen(const char *text) {
    size_t length = 0;
    while (text[length] != 0) {
        length++;
    }
    return length;
}

void *memset(void *to, int value, size_t count) {
    for (size_t i = 0; i < count; i++) {
        static_cast<volatile char *>(to)[i] = static_cast<char>(value);
    }
    return to;
}

void *memcpy(void *to, const void *from, size_t count) {
    for (size_t i = 0; i < count; i++) {
        static_cast<volatile char *>(to)[i] = static_cast<const char *>(from)[i];
    }
    return to;
}

}  // extern "C"

namespace {

void *logged_in, *was_read, *freed;
int destroyed;

void say(const char *text) {
    unsigned written = 0;
    WriteFile(GetStdHandle(static_cast<unsigned>(-11)), text, static_cast<unsigned>(strlen(text)), &written, nullptr);
}

void must(bool is, const char *what) {
    if (is) {
        return;
    }
    say("not so: ");
    say(what);
    if (const seenby_error_t *last = seenby_last_error()) {
        say(": ");
        say(last->message.data);
    }
    say("\n");
    ExitProcess(1);
}

void await(void *event, const char *what) { must(WaitForSingleObject(event, 60000) == 0, what); }

void on_login(void *, const seenby_error_t *error) {
    must(error == nullptr, "the login succeeds");
    SetEvent(logged_in);
}

void on_sent(void *, const seenby_error_t *error, const seenby_message_t *message) {
    must(error == nullptr, "the message is sent");
    // What the library fills is laid out as the header says.
    must(message->need_read_receipt && message->is_self && message->status == SEENBY_MESSAGE_SEND_SUCC, "its fields");
    must(message->text.len == 5 && message->text.data[0] == 'h', "its text");
}

void on_reported(void *, const seenby_error_t *error) { must(error == nullptr, "the receipt is reported"); }

void on_new_message(void *user_data, const seenby_message_t *message) {
    seenby_message_ref_t read = SEENBY_MESSAGE_REF_INIT;
    must(seenby_message_ref_of(message, &read) == SEENBY_OK, "a message can be referred to");
    seenby_send_message_read_receipts(static_cast<seenby_client_t *>(user_data), &read, 1, nullptr, on_reported, nullptr);
}

void on_read(void *, const seenby_receipt_t *const *receipts, size_t count) {
    must(count == 1 && receipts[0]->is_peer_read && receipts[0]->timestamp_ms > 0, "the peer has read it");
    SetEvent(was_read);
}

void on_destroy(void *) {
    if (++destroyed == 2) {
        SetEvent(freed);
    }
}

seenby_client_t *client_of(const char *user) {
    seenby_config_t config = SEENBY_CONFIG_INIT;
    config.app = 1400000001;
    config.server = seenby_str("embedded:mem/msvc");
    seenby_client_t *client = nullptr;
    must(seenby_client_new(&config, &client) == SEENBY_OK, "a client is made");
    seenby_listener_t listener = SEENBY_LISTENER_INIT;
    listener.user_data = client;
    listener.destroy = on_destroy;
    listener.on_recv_new_message = on_new_message;
    listener.on_recv_message_read_receipts = on_read;
    seenby_listener_id_t number = 0;
    must(seenby_add_listener(client, &listener, &number) == SEENBY_OK, "a listener is added");
    seenby_login(client, seenby_str(user), seenby_str("any"), nullptr, on_login, nullptr);
    await(logged_in, "the login ends");
    return client;
}

}  // namespace

extern "C" void mainCRTStartup() {
    logged_in = CreateEventA(nullptr, 0, 0, nullptr);
    was_read = CreateEventA(nullptr, 0, 0, nullptr);
    freed = CreateEventA(nullptr, 0, 0, nullptr);
    must(seenby_abi_version() == SEENBY_ABI_VERSION, "header and DLL belong together");
    seenby_client_t *alice = client_of("alice");
    seenby_client_t *bob = client_of("bob");
    seenby_outgoing_message_t message = SEENBY_OUTGOING_MESSAGE_INIT;
    message.body = SEENBY_BODY_TEXT;
    message.need_read_receipt = 1;
    message.text = seenby_str("hello");
    seenby_send_message(alice, &message, seenby_str("bob"), seenby_str(nullptr), nullptr, nullptr, on_sent, nullptr);
    await(was_read, "the receipt comes");
    // A wrong call is refused with its number and sentence here too.
    must(seenby_foreground(nullptr, 1) == SEENBY_ERR_CLOSED, "a NULL client is refused");
    must(seenby_last_error() != nullptr && seenby_last_error()->code == SEENBY_ERR_CLOSED, "its sentence");
    must(seenby_client_free(alice) == SEENBY_OK && seenby_client_free(bob) == SEENBY_OK, "the clients are freed");
    await(freed, "both listeners are freed");
    say("read by bob\n");
    ExitProcess(0);
}
