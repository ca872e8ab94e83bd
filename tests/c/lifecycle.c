/* Calls before init and after shutdown, several clients in one process, ends of every kind. */
#include "calls.h"

#include <string.h>

static void calls_before_init(void) { check_all_refuse(seenby_shared_client(), SEENBY_ERR_NOT_INITIALIZED); }

static void calls_after_uninit(void) {
    seenby_config_t config = config_of("embedded:mem/uninit");
    CHECK_REFUSED(seenby_shared_uninit(), SEENBY_ERR_NOT_INITIALIZED, "init");
    CHECK_OK(seenby_shared_init(&config));
    CHECK_REFUSED(seenby_shared_init(&config), SEENBY_ERR_INVALID_PARAMETERS, "twice");
    user_data_t *login = call_data("a login");
    seenby_login(seenby_shared_client(), seenby_str("alice"), seenby_str("any"), login, on_done, on_destroy);
    CHECK_INT(wait_end(login), SEENBY_OK);
    CHECK_OK(seenby_shared_uninit());
    check_all_refuse(seenby_shared_client(), SEENBY_ERR_NOT_INITIALIZED);
    CHECK_REFUSED(seenby_shared_uninit(), SEENBY_ERR_NOT_INITIALIZED, "init");
    /* And again. */
    CHECK_OK(seenby_shared_init(&config));
    CHECK_OK(seenby_foreground(seenby_shared_client(), 1));
    CHECK_OK(seenby_shared_uninit());
}

static void calls_after_shutdown(void) {
    seenby_client_t *client = log_in("embedded:mem/shutdown", "alice");
    CHECK_OK(seenby_client_shutdown(client));
    CHECK_OK(seenby_client_shutdown(client));
    /* Who looks for a fault may look later. */
    check_all_refuse_but(client, SEENBY_ERR_CLOSED, "seenby_debug_state");
    close_client(client);
}

static void calls_before_login(void) {
    seenby_client_t *client = open_client("embedded:mem/before-login");
    /* Those that tell about the device answer. */
    for (size_t i = 0; i < sync_call_count; i++) {
        CHECK_OK(sync_calls[i].call(client));
    }
    seenby_string_t user = {0};
    CHECK_OK(seenby_login_user(client, &user));
    CHECK_INT(user.len, 0);
    seenby_string_free(&user);
    int32_t status = 0;
    CHECK_OK(seenby_login_status(client, &status));
    CHECK_INT(status, SEENBY_LOGIN_STATUS_LOGOUT);
    for (size_t i = 0; i < async_call_count; i++) {
        if (strcmp(async_calls[i].name, "seenby_login") == 0) {
            continue;
        }
        user_data_t *data = call_data(async_calls[i].name);
        async_calls[i].begin(client, data, true);
        int32_t ended = wait_end(data);
        if (ended != SEENBY_ERR_NOT_LOGGED_IN) {
            fprintf(stderr, "\n    %s: %d %s", async_calls[i].name, (int)ended, data->sentence);
        }
        CHECK_INT(ended, SEENBY_ERR_NOT_LOGGED_IN);
    }
    close_client(client);
}

static void every_call_without_a_callback(void) {
    seenby_client_t *client = log_in("embedded:mem/silent", "alice");
    for (size_t i = 0; i < async_call_count; i++) {
        if (strcmp(async_calls[i].name, "seenby_login") == 0 || strcmp(async_calls[i].name, "seenby_logout") == 0) {
            continue;
        }
        user_data_t *data = other_data(async_calls[i].name);
        async_calls[i].begin(client, data, false);
        wait_destroyed(data);
    }
    /* Neither callback nor destructor. */
    seenby_mark_all_message_as_read(client, NULL, NULL, NULL);
    close_client(client);
}

static void what_is_out_ends_with_the_client(void) {
    enum { CALLS = 200 };
    static user_data_t *calls[CALLS];
    seenby_client_t *client = log_in("embedded:mem/out", "alice");
    for (int i = 0; i < CALLS; i++) {
        calls[i] = call_data("a call that is out");
        seenby_get_conversation_list(client, 0, 10, calls[i], on_conversations, on_destroy);
    }
    close_client(client);
    for (int i = 0; i < CALLS; i++) {
        int32_t ended = wait_end(calls[i]);
        CHECK(ended == SEENBY_OK || ended == SEENBY_ERR_INTERRUPTED);
    }
}

static void a_logout_ends_what_is_out(void) {
    seenby_client_t *client = log_in("embedded:mem/logout", "alice");
    user_data_t *call = call_data("a call before the logout");
    seenby_get_joined_group_list(client, call, on_groups, on_destroy);
    user_data_t *logout = call_data("a logout");
    seenby_logout(client, logout, on_done, on_destroy);
    CHECK_INT(wait_end(logout), SEENBY_OK);
    int32_t ended = wait_end(call);
    CHECK(ended == SEENBY_OK || ended == SEENBY_ERR_INTERRUPTED);
    user_data_t *after = call_data("a call after the logout");
    seenby_get_joined_group_list(client, after, on_groups, on_destroy);
    CHECK_INT(wait_end(after), SEENBY_ERR_NOT_LOGGED_IN);
    close_client(client);
}

static void a_call_taken_back(void) {
    seenby_client_t *client = log_in("embedded:mem/cancel", "alice");
    user_data_t *data = call_data("a call that is taken back");
    seenby_call_t call = seenby_get_joined_group_list(client, data, on_groups, on_destroy);
    CHECK(call != 0);
    CHECK_OK(seenby_cancel(client, call));
    int32_t ended = wait_end(data);
    CHECK(ended == SEENBY_OK || ended == SEENBY_ERR_INTERRUPTED);
    /* One that has ended, and some that never were. */
    CHECK_OK(seenby_cancel(client, call));
    CHECK_OK(seenby_cancel(client, 0));
    CHECK_OK(seenby_cancel(client, UINT64_MAX));
    CHECK_REFUSED(seenby_cancel(NULL, call), SEENBY_ERR_CLOSED, "NULL");
    CHECK_REFUSED(seenby_cancel(seenby_shared_client(), call), SEENBY_ERR_NOT_INITIALIZED, "init");
    close_client(client);
}

static bool has_two_receipts(void *context) { return ((user_data_t *)context)->receipts >= 2; }
static bool has_a_message(void *context) { return ((user_data_t *)context)->messages >= 1; }

static void several_clients(void) {
    const char *service = "embedded:mem/several";
    seenby_client_t *alice = log_in(service, "alice");
    seenby_client_t *bob = log_in(service, "bob");
    seenby_client_t *carol = log_in(service, "carol");
    seenby_client_t *elsewhere = log_in("embedded:mem/elsewhere", "bob");
    user_data_t *heard[4];
    seenby_client_t *clients[4] = {alice, bob, carol, elsewhere};
    for (int i = 0; i < 4; i++) {
        heard[i] = other_data("a listener");
        seenby_listener_t listener = counting_listener(heard[i]);
        seenby_listener_id_t id = 0;
        CHECK_OK(seenby_add_listener(clients[i], &listener, &id));
        CHECK(id != 0);
    }
    char ids[2][200];
    send_text(alice, "bob", "hello", ids[0]);
    send_text(alice, "carol", "hello", ids[1]);
    wait_until(has_a_message, heard[1], "bob's message");
    wait_until(has_a_message, heard[2], "carol's message");
    for (int i = 0; i < 2; i++) {
        seenby_message_ref_t message = reference(ids[i]);
        user_data_t *reported = call_data("a receipt");
        seenby_send_message_read_receipts(i ? carol : bob, &message, 1, reported, on_done, on_destroy);
        CHECK_INT(wait_end(reported), SEENBY_OK);
    }
    wait_until(has_two_receipts, heard[0], "both receipts");
    /* One ends, the others go on. */
    close_client(bob);
    wait_destroyed(heard[1]);
    char id[200];
    send_text(alice, "carol", "still there?", id);
    close_client(alice);
    close_client(carol);
    close_client(elsewhere);
    wait_destroyed(heard[0]);
    wait_destroyed(heard[2]);
    wait_destroyed(heard[3]);
    CHECK_INT(heard[0]->messages, 0);
    CHECK_INT(heard[0]->receipts, 2);
    CHECK_INT(heard[3]->messages, 0);
}

static void many_clients_come_and_go(void) {
    for (int round = 0; round < 50; round++) {
        seenby_client_t *client = round % 2 ? open_client("embedded:mem/many") : log_in("embedded:mem/many", "alice");
        user_data_t *heard = other_data("a listener");
        seenby_listener_t listener = counting_listener(heard);
        seenby_listener_id_t id = 0;
        CHECK_OK(seenby_add_listener(client, &listener, &id));
        close_client(client);
        wait_destroyed(heard);
    }
}

static seenby_client_t *shared_by_threads;

static void call_and_close(void *context) {
    user_data_t **data = context;
    for (int i = 0; i < 20; i++) {
        seenby_get_conversation_list(shared_by_threads, 0, 10, data[i], on_conversations, on_destroy);
        if (i == 10) {
            seenby_client_shutdown(shared_by_threads);
        }
    }
}

static void threads_that_end_a_client_under_each_other(void) {
    enum { THREADS = 4 };
    static user_data_t *data[THREADS][20];
    other_thread_t *threads[THREADS];
    shared_by_threads = log_in("embedded:mem/threads", "alice");
    for (int i = 0; i < THREADS; i++) {
        for (int j = 0; j < 20; j++) {
            data[i][j] = call_data("a call of many threads");
        }
        threads[i] = thread_start(call_and_close, data[i]);
    }
    for (int i = 0; i < THREADS; i++) {
        thread_join(threads[i]);
    }
    close_client(shared_by_threads);
    for (int i = 0; i < THREADS; i++) {
        for (int j = 0; j < 20; j++) {
            int32_t ended = wait_end(data[i][j]);
            CHECK(ended == SEENBY_OK || ended == SEENBY_ERR_INTERRUPTED || ended == SEENBY_ERR_CLOSED);
        }
    }
}

static const check_case_t cases[] = {
    CASE(calls_before_init),
    CASE(calls_after_uninit),
    CASE(calls_after_shutdown),
    CASE(calls_before_login),
    CASE(every_call_without_a_callback),
    CASE(what_is_out_ends_with_the_client),
    CASE(a_logout_ends_what_is_out),
    CASE(a_call_taken_back),
    CASE(several_clients),
    CASE(many_clients_come_and_go),
    CASE(threads_that_end_a_client_under_each_other),
};
CASES(cases)
