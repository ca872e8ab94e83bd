/*
 * Sends a message to a group, and prints who has read it.
 *
 * Alice and Bob are both in this process here, in a service of its own; with a config.server of "wss://…" each is on a
 * device of theirs. Calls do not wait: their callbacks come later, on a thread of the client. So this program gives each call
 * an answer_t to fill in, and waits for that.
 */
#include <seenby.h>
#include <string.h>

#include "wait.h"

static monitor_t monitor = MONITOR_INIT; /* guards every answer, and what the listener heard */

/* How a call ended. */
typedef struct {
    bool done;
    int32_t code; /* SEENBY_OK, or the error's number */
    seenby_message_t *message;
} answer_t;

/* What Alice's listener heard last, and who the reader is. */
static uint32_t read_count, unread_count;
static char reader[65];

static void finish(answer_t *answer, const seenby_error_t *error) {
    if (error != NULL) fprintf(stderr, "error %d: %s\n", (int)error->code, error->message.data);
    monitor_enter(&monitor);
    answer->code = error == NULL ? SEENBY_OK : error->code;
    answer->done = true;
    monitor_notify(&monitor);
    monitor_leave(&monitor);
}

/* The callbacks. What they are given lives until they return; a message is kept by a clone. */

static void on_done(void *user_data, const seenby_error_t *error) { finish(user_data, error); }

static void on_text(void *user_data, const seenby_error_t *error, seenby_str_t text) {
    (void)text; /* the id of the group, which we chose */
    finish(user_data, error);
}

static void on_message(void *user_data, const seenby_error_t *error, const seenby_message_t *message) {
    answer_t *answer = user_data;
    if (error == NULL) seenby_message_clone(message, &answer->message);
    finish(answer, error);
}

static void on_members(void *user_data, const seenby_error_t *error, const seenby_read_member_t *const *members,
                       size_t count, uint64_t next_seq, bool is_finished) {
    (void)next_seq; /* to ask for the next page with */
    (void)is_finished;
    for (size_t i = 0; i < count; i++)
        printf("%s has, at %lld ms\n", members[i]->user_id.data, (long long)members[i]->timestamp_ms);
    if (count == 1) snprintf(reader, sizeof reader, "%s", members[0]->user_id.data);
    finish(user_data, error);
}

static void on_receipts(void *user_data, const seenby_receipt_t *const *receipts, size_t count) {
    (void)user_data;
    for (size_t i = 0; i < count; i++)
        printf("%u have read it, %u have not\n", receipts[i]->read_count, receipts[i]->unread_count);
    monitor_enter(&monitor);
    read_count = receipts[count - 1]->read_count;
    unread_count = receipts[count - 1]->unread_count;
    monitor_notify(&monitor);
    monitor_leave(&monitor);
}

static void fail(const char *what) {
    fprintf(stderr, "%s\n", what);
    exit(1);
}

/* Waits until a call has ended well. */
static void wait_for(answer_t *answer, const char *what) {
    monitor_enter(&monitor);
    while (!answer->done && monitor_wait(&monitor)) continue;
    bool good = answer->done && answer->code == SEENBY_OK;
    monitor_leave(&monitor);
    if (!good) fail(what);
}

/* What answers at once says what was wrong by its number, and by seenby_last_error(). */
static void check(int32_t code, const char *what) {
    if (code != SEENBY_OK) {
        fprintf(stderr, "error %d: %s\n", (int)code, seenby_last_error()->message.data);
        fail(what);
    }
}

static seenby_client_t *client_of(const char *device) {
    seenby_config_t config = SEENBY_CONFIG_INIT;
    config.app = 1;
    config.server = seenby_str("embedded:mem/lunch");
    config.device_label = seenby_str(device);
    seenby_client_t *client = NULL;
    check(seenby_client_new(&config, &client), "the client cannot be made");
    return client;
}

int main(void) {
    seenby_client_t *alice = client_of("alice's laptop"), *bob = client_of("bob's phone");

    seenby_listener_t listener = SEENBY_LISTENER_INIT;
    listener.on_recv_message_read_receipts = on_receipts;
    seenby_listener_id_t listening = 0;
    check(seenby_add_listener(alice, &listener, &listening), "the listener cannot be added");

    answer_t alice_in = {0}, bob_in = {0}, made = {0};
    seenby_login(alice, seenby_str("alice"), seenby_str(""), &alice_in, on_done, NULL);
    seenby_login(bob, seenby_str("bob"), seenby_str(""), &bob_in, on_done, NULL);
    wait_for(&alice_in, "alice cannot log in");
    wait_for(&bob_in, "bob cannot log in");
    const seenby_str_t members[] = {seenby_str("bob"), seenby_str("carol")};
    seenby_create_group(alice, seenby_str("Work"), seenby_str("lunch"), seenby_str("Lunch"), members, 2, &made, on_text,
                        NULL);
    wait_for(&made, "the group cannot be made");

    answer_t sent = {0}, reported = {0}, listed = {0};
    seenby_outgoing_message_t lunch = SEENBY_OUTGOING_MESSAGE_INIT;
    lunch.body = SEENBY_BODY_TEXT;
    lunch.text = seenby_str("Lunch at noon?");
    lunch.need_read_receipt = 1;
    seenby_send_message(alice, &lunch, seenby_str(NULL), seenby_str("lunch"), NULL, &sent, on_message, NULL);
    wait_for(&sent, "the message cannot be sent");

    /* On Bob's device, by the id that a notification brings. */
    seenby_message_ref_t seen = SEENBY_MESSAGE_REF_INIT;
    seen.msg_id = sent.message->msg_id;
    seen.conversation_id = seenby_str("group_lunch");
    seenby_send_message_read_receipts(bob, &seen, 1, &reported, on_done, NULL);
    wait_for(&reported, "the receipt cannot be sent");

    /* Alice hears of it, and asks who it was. */
    monitor_enter(&monitor);
    while (read_count == 0 && monitor_wait(&monitor)) continue;
    bool right = read_count == 1 && unread_count == 1;
    monitor_leave(&monitor);
    if (!right) fail("of Bob and Carol, Bob has read it");
    seenby_message_ref_t own = SEENBY_MESSAGE_REF_INIT;
    check(seenby_message_ref_of(sent.message, &own), "the message has no id");
    seenby_get_group_message_read_member_list(alice, &own, SEENBY_FILTER_READ, 0, 100, &listed, on_members, NULL);
    wait_for(&listed, "the readers cannot be listed");
    if (strcmp(reader, "bob") != 0) fail("the one who has read it is Bob");

    seenby_message_free(sent.message);
    check(seenby_client_free(bob), "bob's client cannot be freed");
    check(seenby_client_free(alice), "alice's client cannot be freed");
    return 0;
}
