/*
 * What crossing the C interface costs: src/crossing.rs is the same work through the Rust API, and says what is measured and
 * how. Prints `report N NS` and `event N NS` lines, each a median.
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <seenby.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { ROUNDS = 200, CALLS = 50, MOST = 64 };

static const int REPORTS[] = {1, 30};
static const int EVENTS[] = {1, 30, 64};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int ended, heard;                     /* since they were last set to 0 */
static seenby_message_t *sent[MOST];         /* in the order of their answers */
static int sent_count;
static uint64_t found[ROUNDS];               /* what is measured now */
static int found_count, looked_for;
static _Thread_local uint64_t last_callback; /* when this thread's last one ended, in ns of its own time */

static uint64_t thread_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static void check(int good, const char *what) {
    if (good) return;
    const seenby_error_t *error = seenby_last_error();
    fprintf(stderr, "%s: %s\n", what, error != NULL ? error->message.data : "");
    exit(1);
}

static void add(int *count, int n) {
    pthread_mutex_lock(&lock);
    *count += n;
    pthread_cond_broadcast(&changed);
    pthread_mutex_unlock(&lock);
}

static void wait_for(int *count, int n) {
    pthread_mutex_lock(&lock);
    while (*count < n) pthread_cond_wait(&changed, &lock);
    *count = 0;
    pthread_mutex_unlock(&lock);
}

static int compare(const void *a, const void *b) {
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static void print_median(const char *what, int n) {
    check(found_count > 0, what);
    qsort(found, (size_t)found_count, sizeof found[0], compare);
    printf("%s %d %llu\n", what, n, (unsigned long long)found[found_count / 2]);
    fflush(stdout);
    found_count = 0;
}

static void on_done(void *user_data, const seenby_error_t *error) {
    (void)user_data;
    check(error == NULL, "a call failed");
    add(&ended, 1);
    last_callback = thread_ns();
}

static void on_refused(void *user_data, const seenby_error_t *error) {
    (void)user_data;
    check(error != NULL && error->code == SEENBY_ERR_NOT_LOGGED_IN, "not refused");
    add(&ended, 1);
}

static void on_message(void *user_data, const seenby_error_t *error, const seenby_message_t *message) {
    (void)user_data;
    check(error == NULL, "a message was not sent");
    check(seenby_message_clone(message, &sent[sent_count++]) == SEENBY_OK, "a message cannot be kept");
    add(&ended, 1);
    last_callback = thread_ns();
}

static void on_receipts(void *user_data, const seenby_receipt_t *const *receipts, size_t count) {
    (void)user_data;
    int read = 0;
    for (size_t i = 0; i < count; i++) read += receipts[i]->is_peer_read;
    uint64_t spent = thread_ns() - last_callback;
    if ((int)count == looked_for && last_callback != 0 && found_count < ROUNDS) found[found_count++] = spent;
    add(&heard, read);
    last_callback = thread_ns();
}

static seenby_config_t config_of(const char *user) {
    seenby_config_t config = SEENBY_CONFIG_INIT;
    config.app = 1;
    config.server = seenby_str("embedded:mem/crossing-c");
    config.device_label = seenby_str(user);
    return config;
}

static seenby_client_t *client_of(const char *user) {
    seenby_config_t config = config_of(user);
    seenby_client_t *client = NULL;
    check(seenby_client_new(&config, &client) == SEENBY_OK, "no client");
    if (user[0] != '\0') {
        seenby_login(client, seenby_str(user), seenby_str(""), NULL, on_done, NULL);
        wait_for(&ended, 1);
    }
    return client;
}

/* What a report costs its caller: the call, of a client where nobody is logged in, so that it ends there. */
static void reports(int n) {
    seenby_client_t *nobody = client_of("");
    char ids[MOST][40];
    seenby_message_ref_t messages[MOST];
    for (int i = 0; i < n; i++) {
        snprintf(ids[i], sizeof ids[i], "0123456789abcdefghijklmnopqrst%02d", i); /* as long as ours */
        seenby_message_ref_t message = SEENBY_MESSAGE_REF_INIT;
        message.msg_id = seenby_str(ids[i]);
        message.conversation_id = seenby_str("c2c_alice");
        message.is_self = 0;
        message.need_read_receipt = 1;
        messages[i] = message;
    }
    for (int round = 0; round < ROUNDS; round++) {
        uint64_t begin = thread_ns();
        for (int i = 0; i < CALLS; i++)
            seenby_send_message_read_receipts(nobody, messages, (size_t)n, NULL, on_refused, NULL);
        found[found_count++] = (thread_ns() - begin) / CALLS;
        wait_for(&ended, CALLS);
    }
    print_median("report", n);
    seenby_client_free(nobody);
}

/* What an event of n receipts costs the thread that brings it. */
static void events(seenby_client_t *alice, seenby_client_t *bob, int n) {
    looked_for = n;
    for (int round = 0; round < ROUNDS; round++) {
        sent_count = 0;
        for (int i = 0; i < n; i++) {
            seenby_outgoing_message_t message = SEENBY_OUTGOING_MESSAGE_INIT;
            message.body = SEENBY_BODY_TEXT;
            message.text = seenby_str("Lunch?");
            message.need_read_receipt = 1;
            seenby_send_message(alice, &message, seenby_str("bob"), seenby_str(NULL), NULL, NULL, on_message, NULL);
        }
        wait_for(&ended, n);
        seenby_message_ref_t seen[MOST];
        for (int i = 0; i < n; i++) {
            seenby_message_ref_t message = SEENBY_MESSAGE_REF_INIT;
            message.msg_id = sent[i]->msg_id;
            message.conversation_id = seenby_str("c2c_alice");
            seen[i] = message;
        }
        seenby_send_message_read_receipts(bob, seen, (size_t)n, NULL, on_done, NULL);
        wait_for(&ended, 1);
        wait_for(&heard, n);
        for (int i = 0; i < n; i++) seenby_message_free(sent[i]);
    }
    print_median("event", n);
}

int main(void) {
    /* The rate limits are not what is measured. */
    seenby_config_t config = config_of("");
    seenby_service_t *service = NULL;
    const char *limits = "{\"requests_per_second\": 1000000, \"burst\": 1000000}";
    check(seenby_service_open(&config, seenby_str(NULL), seenby_str(limits), &service) == SEENBY_OK, "no service");
    for (size_t i = 0; i < sizeof REPORTS / sizeof REPORTS[0]; i++) reports(REPORTS[i]);
    seenby_client_t *alice = client_of("alice"), *bob = client_of("bob");
    seenby_listener_t listener = SEENBY_LISTENER_INIT;
    listener.on_recv_message_read_receipts = on_receipts;
    seenby_listener_id_t id;
    check(seenby_add_listener(alice, &listener, &id) == SEENBY_OK, "no listener");
    for (size_t i = 0; i < sizeof EVENTS / sizeof EVENTS[0]; i++) events(alice, bob, EVENTS[i]);
    seenby_remove_listener(alice, id);
    seenby_client_free(bob);
    seenby_client_free(alice);
    seenby_service_free(service);
    return 0;
}
