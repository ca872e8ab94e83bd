/* Messages: borrowed in callbacks, copied, freed once; what a call gave before its callback came. */
#include "check.h"

#include <string.h>

static seenby_message_t *kept;
static int32_t free_of_borrowed;

static bool is_kept(void *context) {
    (void)context;
    return kept != NULL;
}

static void set_kept(void *context) { kept = context; }

static void keep(void *user_data, const seenby_message_t *message) {
    (void)user_data;
    seenby_message_t *copy = NULL;
    CHECK_OK(seenby_message_clone(message, &copy));
    /* It is the library's. */
    free_of_borrowed = seenby_message_free((seenby_message_t *)(uintptr_t)message);
    change(set_kept, copy);
}

static void kept_longer_than_its_callback(void) {
    seenby_client_t *alice = log_in("embedded:mem/kept", "alice");
    seenby_client_t *bob = log_in("embedded:mem/kept", "bob");
    seenby_listener_t listener = SEENBY_LISTENER_INIT;
    listener.on_recv_new_message = keep;
    seenby_listener_id_t number = 0;
    CHECK_OK(seenby_add_listener(bob, &listener, &number));
    char id[200];
    send_text(alice, "bob", "keep me", id);
    wait_until(is_kept, NULL, "the message");
    CHECK_INT(free_of_borrowed, SEENBY_ERR_CLOSED);
    close_client(alice);
    close_client(bob);
    /* Both clients are gone. */
    CHECK_TEXT(kept->msg_id, id);
    CHECK_TEXT(kept->text, "keep me");
    CHECK_TEXT(kept->conversation_id, "c2c_alice");
    CHECK_TEXT(kept->sender, "alice");
    CHECK(kept->need_read_receipt);
    CHECK(!kept->is_self);
    seenby_message_ref_t message = SEENBY_MESSAGE_REF_INIT;
    CHECK_OK(seenby_message_ref_of(kept, &message));
    CHECK_TEXT(message.msg_id, id);
    CHECK_INT(message.is_self, 0);
    CHECK_INT(message.need_read_receipt, 1);
    CHECK_INT(message.seq, kept->seq);
    seenby_message_t *copy = NULL;
    CHECK_OK(seenby_message_clone(kept, &copy));
    CHECK_OK(seenby_message_free(kept));
    CHECK_TEXT(copy->text, "keep me");
    CHECK_OK(seenby_message_free(copy));
}

static void freed_twice_and_foreign(void) {
    seenby_client_t *alice = log_in("embedded:mem/freed-twice", "alice");
    seenby_outgoing_message_t message = SEENBY_OUTGOING_MESSAGE_INIT;
    message.body = SEENBY_BODY_TEXT;
    message.text = seenby_str("hello");
    seenby_message_t *out = NULL;
    user_data_t *sent = call_data("a message");
    seenby_send_message(alice, &message, seenby_str("bob"), seenby_str(NULL), &out, sent, on_message, on_destroy);
    CHECK(out != NULL);
    CHECK_INT(out->status, SEENBY_MESSAGE_SENDING);
    CHECK(out->msg_id.len > 0);
    CHECK_INT(wait_end(sent), SEENBY_OK);
    CHECK_TEXT(out->msg_id, sent->text);
    CHECK_OK(seenby_message_free(out));
    CHECK_REFUSED(seenby_message_free(out), SEENBY_ERR_CLOSED, "message");
    CHECK_REFUSED(seenby_message_free(NULL), SEENBY_ERR_CLOSED, "NULL");
    seenby_message_t mine;
    memset(&mine, 0, sizeof mine);
    CHECK_REFUSED(seenby_message_free(&mine), SEENBY_ERR_CLOSED, "message");
    CHECK_REFUSED(seenby_message_clone(NULL, &out), SEENBY_ERR_INVALID_PARAMETERS, "NULL");
    CHECK_REFUSED(seenby_message_clone(&mine, NULL), SEENBY_ERR_INVALID_PARAMETERS, "NULL");
    seenby_message_ref_t reference = SEENBY_MESSAGE_REF_INIT;
    CHECK_REFUSED(seenby_message_ref_of(NULL, &reference), SEENBY_ERR_INVALID_PARAMETERS, "NULL");
    CHECK_REFUSED(seenby_message_ref_of(&mine, NULL), SEENBY_ERR_INVALID_PARAMETERS, "NULL");
    reference.size = 1;
    CHECK_REFUSED(seenby_message_ref_of(&mine, &reference), SEENBY_ERR_INVALID_PARAMETERS, "size");
    close_client(alice);
}

static void sent_without_a_client(void) {
    seenby_outgoing_message_t message = SEENBY_OUTGOING_MESSAGE_INIT;
    message.body = SEENBY_BODY_TEXT;
    message.text = seenby_str("hello");
    seenby_message_t mark;
    seenby_message_t *out = &mark;
    user_data_t *sent = call_data("a message");
    seenby_send_message(NULL, &message, seenby_str("bob"), seenby_str(NULL), &out, sent, on_message, on_destroy);
    CHECK(out == NULL);
    CHECK_INT(wait_end(sent), SEENBY_ERR_CLOSED);
}

static void before_login_it_fails_and_keeps_its_text(void) {
    seenby_client_t *client = open_client("embedded:mem/fails");
    seenby_outgoing_message_t message = SEENBY_OUTGOING_MESSAGE_INIT;
    message.body = SEENBY_BODY_TEXT;
    message.text = seenby_str("hello");
    seenby_message_t *out = NULL;
    user_data_t *sent = call_data("a message");
    seenby_send_message(client, &message, seenby_str("bob"), seenby_str(NULL), &out, sent, on_message, on_destroy);
    CHECK_INT(wait_end(sent), SEENBY_ERR_NOT_LOGGED_IN);
    CHECK(out != NULL);
    CHECK_INT(out->status, SEENBY_MESSAGE_SEND_FAIL);
    CHECK_TEXT(out->text, "hello");
    CHECK_OK(seenby_message_free(out));
    close_client(client);
}

static const check_case_t cases[] = {
    CASE(kept_longer_than_its_callback),
    CASE(freed_twice_and_foreign),
    CASE(sent_without_a_client),
    CASE(before_login_it_fails_and_keeps_its_text),
};
CASES(cases)
