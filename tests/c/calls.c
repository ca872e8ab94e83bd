#include "calls.h"

#include <string.h>

static const seenby_str_t *users(void) {
    static seenby_str_t list[2];
    list[0] = seenby_str("bob");
    list[1] = seenby_str("carol");
    return list;
}

static const seenby_str_t *ids(void) {
    static seenby_str_t list[1];
    list[0] = seenby_str("an-id");
    return list;
}

static const seenby_message_ref_t *messages(void) {
    static seenby_message_ref_t list[1];
    list[0] = reference("an-id");
    list[0].conversation_id = seenby_str("c2c_bob");
    return list;
}

static const seenby_outgoing_message_t *outgoing(void) {
    static seenby_outgoing_message_t message;
    const seenby_outgoing_message_t begun = SEENBY_OUTGOING_MESSAGE_INIT;
    message = begun;
    message.body = SEENBY_BODY_TEXT;
    message.text = seenby_str("hello");
    return &message;
}

static const seenby_history_query_t *query(void) {
    static seenby_history_query_t query;
    const seenby_history_query_t begun = SEENBY_HISTORY_QUERY_INIT;
    query = begun;
    query.count = 20;
    query.user_id = seenby_str("bob");
    return &query;
}

#define NOTHING
#define WITH(...) __VA_ARGS__,
#define ASYNC(function, callback, arguments)                                                                     \
    static seenby_call_t begin_##function(seenby_client_t *client, user_data_t *data, bool with_callback) {      \
        return function(client, arguments data, with_callback ? callback : NULL, on_destroy);                    \
    }

ASYNC(seenby_login, on_done, WITH(seenby_str("alice"), seenby_str("any")))
ASYNC(seenby_logout, on_done, NOTHING)
ASYNC(seenby_send_message, on_message, WITH(outgoing(), seenby_str("bob"), seenby_str(NULL), NULL))
ASYNC(seenby_revoke_message, on_done, WITH(messages()))
ASYNC(seenby_get_history_message_list, on_messages, WITH(query()))
ASYNC(seenby_find_messages, on_messages, WITH(ids(), 1))
ASYNC(seenby_send_message_read_receipts, on_done, WITH(messages(), 1))
ASYNC(seenby_get_message_read_receipts, on_receipts, WITH(messages(), 1))
ASYNC(seenby_cached_receipts, on_receipts, WITH(ids(), 1))
ASYNC(seenby_get_group_message_read_member_list, on_read_members, WITH(messages(), SEENBY_FILTER_READ, 0, 10))
ASYNC(seenby_set_read_receipts_enabled, on_done, WITH(1))
ASYNC(seenby_mark_c2c_message_as_read, on_done, WITH(seenby_str("bob")))
ASYNC(seenby_mark_group_message_as_read, on_done, WITH(seenby_str("team")))
ASYNC(seenby_mark_all_message_as_read, on_done, NOTHING)
ASYNC(seenby_clean_conversation_unread_message_count, on_done, WITH(seenby_str("c2c_bob"), 0, 0))
ASYNC(seenby_create_group, on_text, WITH(seenby_str("Work"), seenby_str("team"), seenby_str("Team"), users(), 2))
ASYNC(seenby_join_group, on_done, WITH(seenby_str("team")))
ASYNC(seenby_quit_group, on_done, WITH(seenby_str("team")))
ASYNC(seenby_dismiss_group, on_done, WITH(seenby_str("team")))
ASYNC(seenby_invite_user_to_group, on_member_results, WITH(seenby_str("team"), users(), 2))
ASYNC(seenby_kick_group_member, on_member_results, WITH(seenby_str("team"), users(), 2))
ASYNC(seenby_set_group_member_role, on_done, WITH(seenby_str("team"), seenby_str("bob"), SEENBY_ROLE_ADMIN))
ASYNC(seenby_get_joined_group_list, on_groups, NOTHING)
ASYNC(seenby_get_group_member_list, on_group_members, WITH(seenby_str("team"), 0, 10))
ASYNC(seenby_get_group_members_info, on_group_members, WITH(seenby_str("team"), users(), 2))
ASYNC(seenby_get_conversation_list, on_conversations, WITH(0, 10))
ASYNC(seenby_get_conversation, on_conversation, WITH(seenby_str("c2c_bob")))
ASYNC(seenby_get_total_unread_message_count, on_count, NOTHING)
ASYNC(seenby_set_self_info, on_done, WITH(users(), NULL))
ASYNC(seenby_get_users_info, on_profiles, WITH(users(), 2))

#define LISTED(function) {#function, begin_##function}
const async_call_t async_calls[] = {
    LISTED(seenby_login),
    LISTED(seenby_logout),
    LISTED(seenby_send_message),
    LISTED(seenby_revoke_message),
    LISTED(seenby_get_history_message_list),
    LISTED(seenby_find_messages),
    LISTED(seenby_send_message_read_receipts),
    LISTED(seenby_get_message_read_receipts),
    LISTED(seenby_cached_receipts),
    LISTED(seenby_get_group_message_read_member_list),
    LISTED(seenby_set_read_receipts_enabled),
    LISTED(seenby_mark_c2c_message_as_read),
    LISTED(seenby_mark_group_message_as_read),
    LISTED(seenby_mark_all_message_as_read),
    LISTED(seenby_clean_conversation_unread_message_count),
    LISTED(seenby_create_group),
    LISTED(seenby_join_group),
    LISTED(seenby_quit_group),
    LISTED(seenby_dismiss_group),
    LISTED(seenby_invite_user_to_group),
    LISTED(seenby_kick_group_member),
    LISTED(seenby_set_group_member_role),
    LISTED(seenby_get_joined_group_list),
    LISTED(seenby_get_group_member_list),
    LISTED(seenby_get_group_members_info),
    LISTED(seenby_get_conversation_list),
    LISTED(seenby_get_conversation),
    LISTED(seenby_get_total_unread_message_count),
    LISTED(seenby_set_self_info),
    LISTED(seenby_get_users_info),
};
const size_t async_call_count = sizeof async_calls / sizeof *async_calls;

static int32_t call_login_user(seenby_client_t *client) {
    seenby_string_t user = {0};
    int32_t result = seenby_login_user(client, &user);
    /* Written on success only. */
    CHECK(result == SEENBY_OK || (user.data == NULL && user.len == 0));
    seenby_string_free(&user);
    CHECK(user.data == NULL && user.len == 0);
    return result;
}

static int32_t call_login_status(seenby_client_t *client) {
    int32_t status = -5;
    int32_t result = seenby_login_status(client, &status);
    CHECK(result == SEENBY_OK || status == -5);
    return result;
}

static int32_t call_server_time(seenby_client_t *client) {
    int64_t time = -5;
    int32_t result = seenby_server_time_ms(client, &time);
    CHECK(result == SEENBY_OK || time == -5);
    return result;
}

static int32_t call_network_available(seenby_client_t *client) { return seenby_network_available(client, 1); }

static int32_t call_foreground(seenby_client_t *client) { return seenby_foreground(client, 1); }

static int32_t call_debug_state(seenby_client_t *client) {
    seenby_string_t json = {0};
    int32_t result = seenby_debug_state(client, &json);
    CHECK(result == SEENBY_OK ? json.len > 2 && json.data[json.len] == '\0' : json.data == NULL);
    seenby_string_free(&json);
    return result;
}

static int32_t call_tracker_new(seenby_client_t *client) {
    seenby_tracker_t *tracker = NULL;
    int32_t result = seenby_tracker_new(client, seenby_str("c2c_bob"), &tracker);
    CHECK((result == SEENBY_OK) == (tracker != NULL));
    if (tracker) {
        CHECK_OK(seenby_tracker_free(tracker));
    }
    return result;
}

#define AT_ONCE(function, how) {#function, how}
const sync_call_t sync_calls[] = {
    AT_ONCE(seenby_login_user, call_login_user),
    AT_ONCE(seenby_login_status, call_login_status),
    AT_ONCE(seenby_server_time_ms, call_server_time),
    AT_ONCE(seenby_network_available, call_network_available),
    AT_ONCE(seenby_foreground, call_foreground),
    AT_ONCE(seenby_debug_state, call_debug_state),
    AT_ONCE(seenby_tracker_new, call_tracker_new),
};
const size_t sync_call_count = sizeof sync_calls / sizeof *sync_calls;

void check_all_refuse(seenby_client_t *client, int32_t code) { check_all_refuse_but(client, code, ""); }

void check_all_refuse_but(seenby_client_t *client, int32_t code, const char *answers) {
    for (size_t i = 0; i < sync_call_count; i++) {
        if (strcmp(sync_calls[i].name, answers) == 0) {
            CHECK_OK(sync_calls[i].call(client));
            continue;
        }
        int32_t result = sync_calls[i].call(client);
        if (result != code) {
            fprintf(stderr, "\n    %s:", sync_calls[i].name);
        }
        CHECK_INT(result, code);
        CHECK_INT(seenby_last_error()->code, code);
    }
    for (size_t i = 0; i < async_call_count; i++) {
        user_data_t *data = call_data(async_calls[i].name);
        async_calls[i].begin(client, data, true);
        int32_t ended = wait_end(data);
        if (ended != code) {
            fprintf(stderr, "\n    %s: %s", async_calls[i].name, data->sentence);
        }
        CHECK_INT(ended, code);
        CHECK(!data->on_main);
        CHECK_INT(data->count, 0);
        /* Nobody need listen: the user data is freed all the same. */
        user_data_t *silent = other_data(async_calls[i].name);
        async_calls[i].begin(client, silent, false);
        wait_destroyed(silent);
    }
}
