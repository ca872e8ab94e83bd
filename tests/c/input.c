/* What callers pass that is wrong: lengths, texts, numbers, structs. Each is refused with its number, and the sentence names
 * it. */
#include "check.h"

#include <string.h>

/* A call that ends in a callback must fail with this number; its sentence must name this. `begin` passes `data` on. */
#define CALL_REFUSED(code, names, begin) \
    do { \
        user_data_t *data = call_data(#begin); \
        begin; \
        int32_t ended = wait_end(data); \
        if (ended != (code) || !strstr(data->sentence, names)) { \
            fprintf(stderr, "\n    %s\n    should name \"%s\", says: %s", #begin, names, data->sentence); \
        } \
        CHECK_INT(ended, code); \
        CHECK(strstr(data->sentence, names) != NULL); \
    } while (0)

#define INVALID SEENBY_ERR_INVALID_PARAMETERS

static seenby_str_t not_utf8(void) {
    seenby_str_t text = {"bob\xff", 4};
    return text;
}

static seenby_str_t null_with_length(void) {
    seenby_str_t text = {NULL, 5};
    return text;
}

/* What it points to is not so long: it must not be read. */
static seenby_str_t too_long(size_t length) {
    seenby_str_t text = {"bob", length};
    return text;
}

static void texts(void) {
    seenby_client_t *client = log_in("embedded:mem/texts", "alice");
    seenby_str_t nobody = seenby_str(NULL);
    CALL_REFUSED(INVALID, "UTF-8", seenby_mark_c2c_message_as_read(client, not_utf8(), data, on_done, on_destroy));
    CALL_REFUSED(INVALID, "NULL", seenby_mark_c2c_message_as_read(client, null_with_length(), data, on_done, on_destroy));
    size_t lengths[] = {SIZE_MAX, SIZE_MAX / 2, (size_t)INT32_MAX, (size_t)64 << 20};
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        char length[30];
        snprintf(length, sizeof length, "%llu", (unsigned long long)lengths[i]);
        CALL_REFUSED(INVALID, length,
                     seenby_mark_c2c_message_as_read(client, too_long(lengths[i]), data, on_done, on_destroy));
    }
    CALL_REFUSED(INVALID, "empty", seenby_mark_c2c_message_as_read(client, nobody, data, on_done, on_destroy));
    CALL_REFUSED(INVALID, "UTF-8", seenby_get_conversation(client, not_utf8(), data, on_conversation, on_destroy));
    CALL_REFUSED(INVALID, "nothing-like-it",
                 seenby_get_conversation(client, seenby_str("nothing-like-it"), data, on_conversation, on_destroy));
    /* Inside a list. */
    seenby_str_t users[3] = {{"bob", 3}, {NULL, 7}, {"carol", 5}};
    CALL_REFUSED(INVALID, "NULL", seenby_get_users_info(client, users, 3, data, on_profiles, on_destroy));
    users[1] = not_utf8();
    CALL_REFUSED(INVALID, "UTF-8", seenby_get_users_info(client, users, 3, data, on_profiles, on_destroy));
    close_client(client);
}

static void a_login_that_is_none(void) {
    seenby_client_t *client = open_client("embedded:mem/logins");
    seenby_str_t sig = seenby_str("any");
    CALL_REFUSED(INVALID, "UTF-8", seenby_login(client, not_utf8(), sig, data, on_done, on_destroy));
    CALL_REFUSED(INVALID, "UTF-8", seenby_login(client, seenby_str("alice"), not_utf8(), data, on_done, on_destroy));
    CALL_REFUSED(INVALID, "user", seenby_login(client, seenby_str(NULL), sig, data, on_done, on_destroy));
    CALL_REFUSED(INVALID, "NULL", seenby_login(client, null_with_length(), sig, data, on_done, on_destroy));
    close_client(client);
}

static void lists(void) {
    seenby_client_t *client = log_in("embedded:mem/lists", "alice");
    seenby_message_ref_t one = reference("an-id");
    seenby_str_t id = seenby_str("an-id");
    CALL_REFUSED(INVALID, "", seenby_send_message_read_receipts(client, &one, 0, data, on_done, on_destroy));
    CALL_REFUSED(INVALID, "", seenby_send_message_read_receipts(client, NULL, 0, data, on_done, on_destroy));
    CALL_REFUSED(INVALID, "NULL", seenby_send_message_read_receipts(client, NULL, 3, data, on_done, on_destroy));
    CALL_REFUSED(INVALID, "NULL", seenby_get_message_read_receipts(client, NULL, 3, data, on_receipts, on_destroy));
    CALL_REFUSED(INVALID, "NULL", seenby_find_messages(client, NULL, 3, data, on_messages, on_destroy));
    CALL_REFUSED(INVALID, "NULL", seenby_cached_receipts(client, NULL, 3, data, on_receipts, on_destroy));
    CALL_REFUSED(INVALID, "", seenby_find_messages(client, &id, 0, data, on_messages, on_destroy));
    size_t counts[] = {SIZE_MAX, SIZE_MAX / sizeof one, (size_t)INT32_MAX, (size_t)1 << 24};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        char count[30];
        snprintf(count, sizeof count, "%llu", (unsigned long long)counts[i]);
        CALL_REFUSED(INVALID, count,
                     seenby_send_message_read_receipts(client, &one, counts[i], data, on_done, on_destroy));
        CALL_REFUSED(INVALID, count,
                     seenby_get_message_read_receipts(client, &one, counts[i], data, on_receipts, on_destroy));
        CALL_REFUSED(INVALID, count, seenby_find_messages(client, &id, counts[i], data, on_messages, on_destroy));
        CALL_REFUSED(INVALID, count,
                     seenby_create_group(client, seenby_str("Work"), seenby_str("team"), seenby_str("Team"), &id, counts[i],
                                         data, on_text, on_destroy));
    }
    /* An address that no such list can have. */
    const char *bytes = "0123456789abcdef0123456789abcdef";
    const seenby_message_ref_t *crooked = (const seenby_message_ref_t *)(const void *)((uintptr_t)(bytes + 8) | 1);
    CALL_REFUSED(INVALID, "aligned", seenby_send_message_read_receipts(client, crooked, 1, data, on_done, on_destroy));
    close_client(client);
}

static void messages_of_two_conversations(void) {
    seenby_client_t *client = log_in("embedded:mem/two", "alice");
    seenby_message_ref_t two[2] = {reference("an-id"), reference("another")};
    two[0].conversation_id = seenby_str("c2c_bob");
    two[1].conversation_id = seenby_str("c2c_carol");
    CALL_REFUSED(INVALID, "c2c_carol", seenby_send_message_read_receipts(client, two, 2, data, on_done, on_destroy));
    close_client(client);
}

static void numbers_that_stand_for_nothing(void) {
    seenby_client_t *client = log_in("embedded:mem/numbers", "alice");
    seenby_message_ref_t one = reference("an-id");
    one.conversation_id = seenby_str("group_team");
    int32_t wrong[] = {2, -1, INT32_MIN, INT32_MAX};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char number[20];
        snprintf(number, sizeof number, "%d", (int)wrong[i]);
        CALL_REFUSED(INVALID, number,
                     seenby_get_group_message_read_member_list(client, &one, wrong[i], 0, 10, data, on_read_members,
                                                               on_destroy));
        CALL_REFUSED(INVALID, number,
                     seenby_set_group_member_role(client, seenby_str("team"), seenby_str("bob"), wrong[i], data, on_done,
                                                  on_destroy));
        CALL_REFUSED(INVALID, number, seenby_set_read_receipts_enabled(client, wrong[i], data, on_done, on_destroy));
        CHECK_REFUSED(seenby_foreground(client, wrong[i]), INVALID, number);
        CHECK_REFUSED(seenby_network_available(client, wrong[i]), INVALID, number);
        int32_t level = wrong[i] == 2 ? 6 : wrong[i];
        snprintf(number, sizeof number, "%d", (int)level);
        CHECK_REFUSED(seenby_set_log_sink(level, NULL, NULL, NULL), INVALID, number);
    }
    CALL_REFUSED(INVALID, "101",
                 seenby_get_group_message_read_member_list(client, &one, 0, 0, 101, data, on_read_members, on_destroy));
    close_client(client);
}

/* A message to send, with one field wrong. */
static void refused_message(seenby_client_t *client, seenby_outgoing_message_t message, const char *names) {
    seenby_message_t *out = NULL;
    CALL_REFUSED(INVALID, names,
                 seenby_send_message(client, &message, seenby_str("bob"), seenby_str(NULL), &out, data, on_message,
                                     on_destroy));
    if (out) {
        CHECK_INT(out->status, SEENBY_MESSAGE_SEND_FAIL);
        CHECK_INT(out->msg_id.len, 0);
        CHECK_OK(seenby_message_free(out));
    }
}

static void messages_to_send(void) {
    seenby_client_t *client = log_in("embedded:mem/outgoing", "alice");
    seenby_outgoing_message_t good = SEENBY_OUTGOING_MESSAGE_INIT;
    good.body = SEENBY_BODY_TEXT;
    good.text = seenby_str("hello");
    seenby_outgoing_message_t bad = good;
    bad.body = 3;
    refused_message(client, bad, "3");
    bad.body = -1;
    refused_message(client, bad, "-1");
    bad = good;
    bad.priority = 4;
    refused_message(client, bad, "4");
    bad = good;
    bad.need_read_receipt = 2;
    refused_message(client, bad, "2");
    bad = good;
    bad.online_user_only = 255;
    refused_message(client, bad, "255");
    bad = good;
    bad.text = not_utf8();
    refused_message(client, bad, "UTF-8");
    bad = good;
    bad.text = too_long(SIZE_MAX);
    refused_message(client, bad, "length");
    bad = good;
    bad.cloud_custom_data.len = 4;
    refused_message(client, bad, "NULL");
    bad = good;
    bad.size = 4;
    refused_message(client, bad, "size");
    seenby_str_t nobody = seenby_str(NULL);
    CALL_REFUSED(INVALID, "NULL",
                 seenby_send_message(client, NULL, seenby_str("bob"), nobody, NULL, data, on_message, on_destroy));
    CALL_REFUSED(INVALID, "", seenby_send_message(client, &good, nobody, nobody, NULL, data, on_message, on_destroy));
    CALL_REFUSED(INVALID, "",
                 seenby_send_message(client, &good, seenby_str("bob"), seenby_str("team"), NULL, data, on_message,
                                     on_destroy));
    static char body[12 * 1024 + 2];
    memset(body, 'x', sizeof body - 1);
    good.text = seenby_str(body);
    CALL_REFUSED(SEENBY_ERR_BODY_TOO_LONG, "12",
                 seenby_send_message(client, &good, seenby_str("bob"), nobody, NULL, data, on_message, on_destroy));
    close_client(client);
}

static void references(void) {
    seenby_client_t *client = log_in("embedded:mem/references", "alice");
    seenby_message_ref_t good = reference("an-id");
    good.conversation_id = seenby_str("c2c_bob");
    seenby_message_ref_t bad = good;
    bad.is_self = 2;
    CALL_REFUSED(INVALID, "2", seenby_get_message_read_receipts(client, &bad, 1, data, on_receipts, on_destroy));
    bad = good;
    bad.need_read_receipt = -2;
    CALL_REFUSED(INVALID, "-2", seenby_get_message_read_receipts(client, &bad, 1, data, on_receipts, on_destroy));
    bad = good;
    bad.conversation_id = seenby_str("bob");
    CALL_REFUSED(INVALID, "bob", seenby_get_message_read_receipts(client, &bad, 1, data, on_receipts, on_destroy));
    bad = good;
    bad.sender = not_utf8();
    CALL_REFUSED(INVALID, "UTF-8", seenby_get_message_read_receipts(client, &bad, 1, data, on_receipts, on_destroy));
    uint32_t sizes[] = {0, 3, sizeof good - 1, 1u << 20, UINT32_MAX};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        bad = good;
        bad.size = sizes[i];
        CALL_REFUSED(INVALID, "size", seenby_get_message_read_receipts(client, &bad, 1, data, on_receipts, on_destroy));
        CALL_REFUSED(INVALID, "size", seenby_revoke_message(client, &bad, data, on_done, on_destroy));
    }
    CALL_REFUSED(INVALID, "NULL", seenby_revoke_message(client, NULL, data, on_done, on_destroy));
    /* A list whose second element says another size. */
    seenby_message_ref_t list[2] = {good, good};
    list[1].size = sizeof good + 8;
    CALL_REFUSED(INVALID, "message 1", seenby_get_message_read_receipts(client, list, 2, data, on_receipts, on_destroy));
    close_client(client);
}

/* As a program that was built with a newer header has it: more fields at the end. */
typedef struct newer_ref_t {
    seenby_message_ref_t known;
    char more[24];
} newer_ref_t;

static void structs_of_a_newer_header(void) {
    seenby_client_t *client = log_in("embedded:mem/newer", "alice");
    newer_ref_t list[2];
    memset(list, 0, sizeof list);
    for (int i = 0; i < 2; i++) {
        list[i].known = reference(i ? "another" : "an-id");
        list[i].known.conversation_id = seenby_str("c2c_bob");
        list[i].known.size = sizeof list[i];
    }
    /* What it does not use is 0: then an older library does what it knows. Nobody has sent these messages. */
    user_data_t *known = call_data("a newer struct");
    seenby_get_message_read_receipts(client, &list[0].known, 2, known, on_receipts, on_destroy);
    CHECK_INT(wait_end(known), SEENBY_OK);
    CHECK_INT(known->count, 0);
    list[1].more[3] = 1;
    CALL_REFUSED(INVALID, "newer",
                 seenby_get_message_read_receipts(client, &list[0].known, 2, data, on_receipts, on_destroy));
    close_client(client);
}

/* A configuration with something wrong; what it holds is freed, unless nobody can know where that is. */
static void refused_config(seenby_config_t config, const char *names) {
    user_data_t *dispatch = other_data("a dispatcher that is not taken");
    user_data_t *token = other_data("a token provider that is not taken");
    config.dispatch_user_data = dispatch;
    config.dispatch_destroy = on_destroy;
    config.token_user_data = token;
    config.token_destroy = on_destroy;
    seenby_client_t *client = NULL;
    CHECK_REFUSED(seenby_client_new(&config, &client), INVALID, names);
    CHECK(client == NULL);
    wait_destroyed(dispatch);
    wait_destroyed(token);
}

static void configurations(void) {
    seenby_config_t good = config_of("embedded:mem/configurations");
    seenby_config_t bad = good;
    bad.allow_plain = 2;
    refused_config(bad, "allow_plain");
    bad = good;
    bad.with_readers = 9;
    refused_config(bad, "with_readers");
    bad = good;
    bad.server = seenby_str("http://example.org");
    refused_config(bad, "http://example.org");
    bad = good;
    bad.server = not_utf8();
    refused_config(bad, "server");
    bad = good;
    bad.data_dir = null_with_length();
    refused_config(bad, "data_dir");
    bad = good;
    bad.ca_file = too_long(SIZE_MAX);
    refused_config(bad, "ca_file");
    bad = good;
    bad.pin_count = 2;
    refused_config(bad, "pins");
    bad = good;
    bad.reserved2 = 1;
    refused_config(bad, "reserved");
    seenby_client_t *client = NULL;
    CHECK_REFUSED(seenby_client_new(NULL, &client), INVALID, "NULL");
    CHECK_REFUSED(seenby_client_new(&good, NULL), INVALID, "out_client");
    CHECK(client == NULL);
}

static void configurations_of_another_header(void) {
    seenby_config_t good = config_of("embedded:mem/abi");
    seenby_client_t *client = NULL;
    uint32_t sizes[] = {0, 3, sizeof good - 8, 1u << 20, UINT32_MAX};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        seenby_config_t bad = good;
        bad.size = sizes[i];
        CHECK_REFUSED(seenby_client_new(&bad, &client), INVALID, "size");
        CHECK_REFUSED(seenby_shared_init(&bad), INVALID, "size");
    }
    seenby_config_t bad = good;
    bad.abi_version = SEENBY_ABI_VERSION + 1;
    CHECK_REFUSED(seenby_client_new(&bad, &client), INVALID, "ABI version");
    bad.abi_version = 0;
    CHECK_REFUSED(seenby_client_new(&bad, &client), INVALID, "ABI version");
    CHECK(client == NULL);

    struct {
        seenby_config_t known;
        uint64_t more[4];
    } newer;
    memset(&newer, 0, sizeof newer);
    newer.known = good;
    newer.known.size = sizeof newer;
    CHECK_OK(seenby_client_new(&newer.known, &client));
    close_client(client);
    client = NULL;
    newer.more[2] = 1;
    user_data_t *dispatch = other_data("a dispatcher of a newer configuration");
    newer.known.dispatch_user_data = dispatch;
    newer.known.dispatch_destroy = on_destroy;
    CHECK_REFUSED(seenby_client_new(&newer.known, &client), INVALID, "newer");
    wait_destroyed(dispatch);
    CHECK(client == NULL);
}

static void history_queries(void) {
    seenby_client_t *client = log_in("embedded:mem/history", "alice");
    seenby_history_query_t good = SEENBY_HISTORY_QUERY_INIT;
    good.count = 20;
    good.user_id = seenby_str("bob");
    seenby_history_query_t bad = good;
    bad.count = 0;
    CALL_REFUSED(INVALID, "0", seenby_get_history_message_list(client, &bad, data, on_messages, on_destroy));
    bad.count = 101;
    CALL_REFUSED(INVALID, "101", seenby_get_history_message_list(client, &bad, data, on_messages, on_destroy));
    bad = good;
    bad.newer = 2;
    CALL_REFUSED(INVALID, "2", seenby_get_history_message_list(client, &bad, data, on_messages, on_destroy));
    bad = good;
    bad.group_id = seenby_str("team");
    CALL_REFUSED(INVALID, "", seenby_get_history_message_list(client, &bad, data, on_messages, on_destroy));
    bad = good;
    bad.size--;
    CALL_REFUSED(INVALID, "size", seenby_get_history_message_list(client, &bad, data, on_messages, on_destroy));
    seenby_message_ref_t anchor = reference("an-id");
    anchor.size = 1;
    bad = good;
    bad.last_msg = &anchor;
    CALL_REFUSED(INVALID, "size", seenby_get_history_message_list(client, &bad, data, on_messages, on_destroy));
    CALL_REFUSED(INVALID, "NULL", seenby_get_history_message_list(client, NULL, data, on_messages, on_destroy));
    close_client(client);
}

static void states_to_draw(void) {
    seenby_draw_query_t good = SEENBY_DRAW_QUERY_INIT;
    good.status = SEENBY_MESSAGE_SEND_SUCC;
    good.is_self = 1;
    good.need_read_receipt = 1;
    seenby_draw_state_t state;
    memset(&state, 0, sizeof state);
    CHECK_OK(seenby_draw_state(&good, &state));
    CHECK_INT(state.state, SEENBY_DRAW_SENT);
    seenby_draw_query_t bad = good;
    bad.status = 99;
    CHECK_REFUSED(seenby_draw_state(&bad, &state), INVALID, "99");
    bad = good;
    bad.is_group = 7;
    CHECK_REFUSED(seenby_draw_state(&bad, &state), INVALID, "7");
    bad = good;
    bad.size = 2;
    CHECK_REFUSED(seenby_draw_state(&bad, &state), INVALID, "size");
    CHECK_REFUSED(seenby_draw_state(NULL, &state), INVALID, "NULL");
    CHECK_REFUSED(seenby_draw_state(&good, NULL), INVALID, "NULL");
    CHECK_INT(state.state, SEENBY_DRAW_SENT);
}

static void receipts_left_on_the_disk(void) {
    seenby_spool_target_t good = SEENBY_SPOOL_TARGET_INIT;
    good.app = APP;
    good.server = seenby_str("ws://127.0.0.1:9");
    good.data_dir = seenby_str("c-tests-spool");
    good.user_id = seenby_str("alice");
    seenby_message_ref_t one = reference("an-id");
    one.conversation_id = seenby_str("c2c_bob");
    CHECK_OK(seenby_enqueue_receipts(&good, &one, 1));
    seenby_spool_target_t bad = good;
    bad.user_id = seenby_str(NULL);
    CHECK_REFUSED(seenby_enqueue_receipts(&bad, &one, 1), INVALID, "user");
    bad = good;
    bad.data_dir = not_utf8();
    CHECK_REFUSED(seenby_enqueue_receipts(&bad, &one, 1), INVALID, "UTF-8");
    bad = good;
    bad.size = 12;
    CHECK_REFUSED(seenby_enqueue_receipts(&bad, &one, 1), INVALID, "size");
    CHECK_REFUSED(seenby_enqueue_receipts(NULL, &one, 1), INVALID, "NULL");
    CHECK_REFUSED(seenby_enqueue_receipts(&good, NULL, 1), INVALID, "NULL");
    CHECK_REFUSED(seenby_enqueue_receipts(&good, &one, 0), INVALID, "");
    CHECK_REFUSED(seenby_enqueue_receipts(&good, &one, SIZE_MAX), INVALID, "count");
}

static void servers_without_a_data_folder(void) {
    bool uses = true;
    CHECK_OK(seenby_uses_data_folder(seenby_str("embedded:mem/folder"), &uses));
    CHECK(!uses);
    CHECK_OK(seenby_uses_data_folder(seenby_str("wss://chat.example"), &uses));
    CHECK(uses);
    CHECK_REFUSED(seenby_uses_data_folder(seenby_str("embedded:none"), &uses), INVALID, "embedded:none");
    CHECK_REFUSED(seenby_uses_data_folder(not_utf8(), &uses), INVALID, "UTF-8");
    CHECK_REFUSED(seenby_uses_data_folder(seenby_str("embedded:"), NULL), INVALID, "out_uses");
    CHECK(uses);
}

static void results_without_a_place(void) {
    seenby_client_t *client = log_in("embedded:mem/places", "alice");
    CHECK_REFUSED(seenby_login_user(client, NULL), INVALID, "out_user_id");
    CHECK_REFUSED(seenby_login_status(client, NULL), INVALID, "out_status");
    CHECK_REFUSED(seenby_server_time_ms(client, NULL), INVALID, "out_time_ms");
    CHECK_REFUSED(seenby_debug_state(client, NULL), INVALID, "out_json");
    CHECK_REFUSED(seenby_tracker_new(client, seenby_str("c2c_bob"), NULL), INVALID, "out_tracker");
    seenby_tracker_t *tracker = NULL;
    CHECK_REFUSED(seenby_tracker_new(client, seenby_str("nothing-like-it"), &tracker), INVALID, "nothing-like-it");
    CHECK(tracker == NULL);
    close_client(client);
}

static void texts_with_everything_in_them(void) {
    seenby_client_t *alice = log_in("embedded:mem/everything", "alice");
    /* Not ended by a NUL byte, with one inside, and with what needs four bytes. */
    static const char text[] = {'a', '\0', 'b', '\xf0', '\x9f', '\x91', '\x80'};
    seenby_outgoing_message_t message = SEENBY_OUTGOING_MESSAGE_INIT;
    message.body = SEENBY_BODY_TEXT;
    message.text.data = text;
    message.text.len = sizeof text;
    seenby_message_t *out = NULL;
    user_data_t *sent = call_data("a message");
    seenby_send_message(alice, &message, seenby_str("bob"), seenby_str(NULL), &out, sent, on_message, on_destroy);
    CHECK_INT(wait_end(sent), SEENBY_OK);
    CHECK(out != NULL);
    CHECK_INT(out->text.len, sizeof text);
    CHECK(memcmp(out->text.data, text, sizeof text) == 0);
    CHECK_INT(out->text.data[sizeof text], '\0');
    CHECK_TEXT(out->msg_id, sent->text);
    CHECK_OK(seenby_message_free(out));
    close_client(alice);
}

static const check_case_t cases[] = {
    CASE(texts),
    CASE(a_login_that_is_none),
    CASE(lists),
    CASE(messages_of_two_conversations),
    CASE(numbers_that_stand_for_nothing),
    CASE(messages_to_send),
    CASE(references),
    CASE(structs_of_a_newer_header),
    CASE(configurations),
    CASE(configurations_of_another_header),
    CASE(history_queries),
    CASE(states_to_draw),
    CASE(receipts_left_on_the_disk),
    CASE(servers_without_a_data_folder),
    CASE(results_without_a_place),
    CASE(texts_with_everything_in_them),
};
CASES(cases)
