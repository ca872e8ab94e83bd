/* The library loaded while the program runs, as other languages do: not linked, every function by its name. */
#include "platform.h"

#include <seenby.h>

#include <stdio.h>
#include <string.h>

#ifdef _WIN32
typedef HMODULE library_t;
static library_t library_open(const char *path) { return LoadLibraryA(path); }
typedef FARPROC function_t;
static function_t library_find(library_t library, const char *name) { return GetProcAddress(library, name); }
#else
#include <dlfcn.h>
typedef void *library_t;
static library_t library_open(const char *path) { return dlopen(path, RTLD_NOW | RTLD_LOCAL); }
typedef void (*function_t)(void);
static function_t library_find(library_t library, const char *name) {
    /* ISO C has no conversion from an object pointer to a function pointer; POSIX has. */
    void *object = dlsym(library, name);
    function_t function = NULL;
    memcpy(&function, &object, sizeof function);
    return function;
}
#endif

/* The types of the header's functions make the table: a wrong one does not compile. */
#define FUNCTIONS(X)                                                                                        \
    X(seenby_abi_version)                                                                                   \
    X(seenby_client_new)                                                                                    \
    X(seenby_client_free)                                                                                   \
    X(seenby_login)                                                                                         \
    X(seenby_add_listener)                                                                                  \
    X(seenby_send_message)                                                                                  \
    X(seenby_send_message_read_receipts)                                                                    \
    X(seenby_message_ref_of)                                                                                \
    X(seenby_last_error)

/* __typeof__ is not C11: each type is written as the header has it. */
static struct {
    uint32_t (*seenby_abi_version)(void);
    int32_t (*seenby_client_new)(const seenby_config_t *, seenby_client_t **);
    int32_t (*seenby_client_free)(seenby_client_t *);
    seenby_call_t (*seenby_login)(seenby_client_t *, seenby_str_t, seenby_str_t, void *, seenby_done_fn, seenby_destroy_fn);
    int32_t (*seenby_add_listener)(seenby_client_t *, const seenby_listener_t *, seenby_listener_id_t *);
    seenby_call_t (*seenby_send_message)(seenby_client_t *, const seenby_outgoing_message_t *, seenby_str_t, seenby_str_t,
                                         seenby_message_t **, void *, seenby_message_fn, seenby_destroy_fn);
    seenby_call_t (*seenby_send_message_read_receipts)(seenby_client_t *, const seenby_message_ref_t *, size_t, void *,
                                                       seenby_done_fn, seenby_destroy_fn);
    int32_t (*seenby_message_ref_of)(const seenby_message_t *, seenby_message_ref_t *);
    const seenby_error_t *(*seenby_last_error)(void);
} api;

static lock_t lock = LOCK_INIT;
static condition_t changed = CONDITION_INIT;
static int logins, receipts, destroyed;

static void must(bool is, const char *what) {
    if (!is) {
        const seenby_error_t *last = api.seenby_last_error ? api.seenby_last_error() : NULL;
        fprintf(stderr, "not so: %s (%s)\n", what, last ? last->message.data : "no error");
        fflush(NULL);
        _Exit(1);
    }
}

static void count(int *counter) {
    lock_take(&lock);
    ++*counter;
    condition_wake(&changed);
    lock_release(&lock);
}

static void await(const int *counter, int least, const char *what) {
    lock_take(&lock);
    while (*counter < least) {
        must(condition_wait(&changed, &lock, 60000) || *counter >= least, what);
    }
    lock_release(&lock);
}

static void on_login(void *user_data, const seenby_error_t *error) {
    (void)user_data;
    must(error == NULL, "the login succeeds");
    count(&logins);
}

static void on_sent(void *user_data, const seenby_error_t *error, const seenby_message_t *message) {
    (void)user_data;
    must(error == NULL && message != NULL, "the message is sent");
}

static void on_reported(void *user_data, const seenby_error_t *error) {
    (void)user_data;
    must(error == NULL, "the receipt is reported");
}

static void on_new_message(void *user_data, const seenby_message_t *message) {
    seenby_message_ref_t read = SEENBY_MESSAGE_REF_INIT;
    must(api.seenby_message_ref_of(message, &read) == SEENBY_OK, "a message can be referred to");
    api.seenby_send_message_read_receipts(user_data, &read, 1, NULL, on_reported, NULL);
}

static void on_read(void *user_data, const seenby_receipt_t *const *list, size_t length) {
    (void)user_data;
    must(length == 1 && list[0]->is_peer_read, "the peer has read it");
    count(&receipts);
}

static void on_destroy(void *user_data) {
    (void)user_data;
    count(&destroyed);
}

/* The `nth` login of the program. */
static seenby_client_t *client_of(const char *user, int nth) {
    seenby_config_t config = SEENBY_CONFIG_INIT;
    config.app = 1400000001;
    config.server = seenby_str("embedded:mem/loading");
    seenby_client_t *client = NULL;
    must(api.seenby_client_new(&config, &client) == SEENBY_OK, "a client is made");
    seenby_listener_t listener = SEENBY_LISTENER_INIT;
    listener.user_data = client;
    listener.destroy = on_destroy;
    listener.on_recv_new_message = on_new_message;
    listener.on_recv_message_read_receipts = on_read;
    seenby_listener_id_t number = 0;
    must(api.seenby_add_listener(client, &listener, &number) == SEENBY_OK, "a listener is added");
    api.seenby_login(client, seenby_str(user), seenby_str("any"), NULL, on_login, NULL);
    await(&logins, nth, "the login ends");
    return client;
}

int main(int argc, char **argv) {
    library_t library = library_open(argc > 1 ? argv[1] : SEENBY_LIBRARY);
    must(library != NULL, "the library is loaded");
#define FIND(name)                                       \
    do {                                                 \
        function_t found = library_find(library, #name); \
        must(found != NULL, #name " is there");          \
        memcpy(&api.name, &found, sizeof found);         \
    } while (0);
    FUNCTIONS(FIND)
    must(api.seenby_abi_version() == SEENBY_ABI_VERSION, "header and library belong together");
    seenby_client_t *alice = client_of("alice", 1);
    seenby_client_t *bob = client_of("bob", 2);
    seenby_outgoing_message_t message = SEENBY_OUTGOING_MESSAGE_INIT;
    message.body = SEENBY_BODY_TEXT;
    message.need_read_receipt = 1;
    message.text = seenby_str("hello");
    api.seenby_send_message(alice, &message, seenby_str("bob"), seenby_str(NULL), NULL, NULL, on_sent, NULL);
    await(&receipts, 1, "the receipt comes");
    must(api.seenby_client_free(alice) == SEENBY_OK, "alice's client is freed");
    must(api.seenby_client_free(bob) == SEENBY_OK, "bob's client is freed");
    await(&destroyed, 2, "both listeners are freed");
    /* The library stays loaded: threads of it may still be ending. docs/c-abi.md */
    printf("loaded, and read by bob\n");
    return 0;
}
