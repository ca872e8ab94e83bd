/* From inside callbacks: every call is allowed but those that wait, which answer 90002. */
#include "calls.h"

#include <stdlib.h>
#include <string.h>

/* What a callback does, and what came of it. */
typedef struct inside_t {
    seenby_client_t *client;
    int32_t results[8];
    user_data_t *calls[64];
    size_t count;
} inside_t;

static user_data_t *call_with_inside(const char *what, void (*inside)(void *), inside_t *context) {
    user_data_t *data = call_data(what);
    data->inside = inside;
    data->context = context;
    return data;
}

static void begin_every_call(void *context) {
    inside_t *inside = context;
    for (size_t i = 0; i < async_call_count; i++) {
        if (strcmp(async_calls[i].name, "seenby_logout") == 0) {
            continue;
        }
        user_data_t *data = call_data(async_calls[i].name);
        inside->calls[inside->count++] = data;
        async_calls[i].begin(inside->client, data, true);
        /* Its callback never comes inside the call. */
        CHECK_INT(data->ended, 0);
    }
    for (size_t i = 0; i < sync_call_count; i++) {
        CHECK_OK(sync_calls[i].call(inside->client));
    }
}

static void every_call_inside_a_callback(void) {
    static inside_t inside;
    inside.client = log_in("embedded:mem/inside", "alice");
    user_data_t *data = call_with_inside("the outer call", begin_every_call, &inside);
    seenby_get_joined_group_list(inside.client, data, on_groups, on_destroy);
    CHECK_INT(wait_end(data), SEENBY_OK);
    for (size_t i = 0; i < inside.count; i++) {
        wait_end(inside.calls[i]);
    }
    close_client(inside.client);
}

static void begin_the_next(void *context) {
    inside_t *inside = context;
    if (inside->count < 50) {
        user_data_t *data = call_with_inside("the next call", begin_the_next, inside);
        inside->calls[inside->count++] = data;
        seenby_get_conversation_list(inside->client, 0, 10, data, on_conversations, on_destroy);
    }
}

static void the_next_page_inside_a_callback(void) {
    static inside_t inside;
    inside.client = log_in("embedded:mem/pages", "alice");
    begin_the_next(&inside);
    for (size_t i = 0; i < 50; i++) {
        CHECK_INT(wait_end(inside.calls[i]), SEENBY_OK);
    }
    CHECK_INT(inside.count, 50);
    close_client(inside.client);
}

static void free_inside(void *context) {
    inside_t *inside = context;
    inside->results[0] = seenby_client_free(inside->client);
    inside->results[1] = inside->results[0] ? seenby_last_error()->code : SEENBY_OK;
    inside->results[2] = seenby_client_shutdown(inside->client);
    inside->calls[0] = call_data("a call after the shutdown");
    seenby_get_joined_group_list(inside->client, inside->calls[0], on_groups, on_destroy);
}

static void free_and_shutdown_in_a_callback(void) {
    static inside_t inside;
    inside.client = log_in("embedded:mem/free", "alice");
    user_data_t *out = call_data("a call that is out");
    user_data_t *data = call_with_inside("the outer call", free_inside, &inside);
    seenby_get_joined_group_list(inside.client, data, on_groups, on_destroy);
    seenby_get_joined_group_list(inside.client, out, on_groups, on_destroy);
    CHECK_INT(wait_end(data), SEENBY_OK);
    CHECK_INT(inside.results[0], SEENBY_ERR_CALLED_FROM_CALLBACK);
    CHECK_INT(inside.results[1], SEENBY_ERR_CALLED_FROM_CALLBACK);
    CHECK_INT(inside.results[2], SEENBY_OK);
    int32_t ended = wait_end(out);
    CHECK(ended == SEENBY_OK || ended == SEENBY_ERR_INTERRUPTED);
    CHECK_INT(wait_end(inside.calls[0]), SEENBY_ERR_CLOSED);
    close_client(inside.client);
}

static void free_another(void *context) {
    inside_t *inside = context;
    inside->results[0] = seenby_client_free(inside->client);
}

static void free_of_another_client_in_a_callback(void) {
    static inside_t inside;
    seenby_client_t *client = log_in("embedded:mem/another", "alice");
    inside.client = log_in("embedded:mem/another", "bob");
    user_data_t *data = call_with_inside("the outer call", free_another, &inside);
    seenby_get_joined_group_list(client, data, on_groups, on_destroy);
    CHECK_INT(wait_end(data), SEENBY_OK);
    CHECK_INT(inside.results[0], SEENBY_ERR_CALLED_FROM_CALLBACK);
    CHECK_OK(seenby_foreground(inside.client, 1));
    close_client(inside.client);
    close_client(client);
}

static void uninit_inside(void *context) {
    inside_t *inside = context;
    inside->results[0] = seenby_shared_uninit();
    seenby_config_t config = config_of("embedded:mem/uninit-inside");
    inside->results[1] = seenby_shared_init(&config);
    inside->results[2] = seenby_shared_uninit();
}

static void uninit_and_init_in_a_callback(void) {
    static inside_t inside;
    seenby_config_t config = config_of("embedded:mem/uninit-inside");
    CHECK_OK(seenby_shared_init(&config));
    user_data_t *login = call_with_inside("a login", uninit_inside, &inside);
    seenby_login(seenby_shared_client(), seenby_str("alice"), seenby_str("any"), login, on_done, on_destroy);
    CHECK_INT(wait_end(login), SEENBY_OK);
    CHECK_OK(inside.results[0]);
    CHECK_OK(inside.results[1]);
    CHECK_OK(inside.results[2]);
    CHECK_REFUSED(seenby_shared_uninit(), SEENBY_ERR_NOT_INITIALIZED, "init");
}

static seenby_service_t *service;

static void operate_inside(void *context) {
    inside_t *inside = context;
    seenby_config_t config = config_of("embedded:mem/operate-inside");
    seenby_service_t *opened = NULL;
    inside->results[0] = seenby_service_configure(service, seenby_str("{}"));
    inside->results[1] = seenby_service_delete_user(service, seenby_str("bob"));
    inside->results[2] =
        seenby_service_delete_message(service, seenby_str("alice"), seenby_str("c2c_bob"), seenby_str("an-id"));
    /* These do not wait. */
    inside->results[3] = seenby_service_open(&config, seenby_str("{}"), seenby_str("{}"), &opened);
    inside->results[4] = seenby_service_free(opened);
}

static void what_waits_is_refused_in_a_callback(void) {
    static inside_t inside;
    seenby_config_t config = config_of("embedded:mem/operate");
    CHECK_OK(seenby_service_open(&config, seenby_str(NULL), seenby_str(NULL), &service));
    inside.client = log_in("embedded:mem/operate", "alice");
    user_data_t *data = call_with_inside("the outer call", operate_inside, &inside);
    seenby_get_joined_group_list(inside.client, data, on_groups, on_destroy);
    CHECK_INT(wait_end(data), SEENBY_OK);
    for (int i = 0; i < 3; i++) {
        CHECK_INT(inside.results[i], SEENBY_ERR_CALLED_FROM_CALLBACK);
    }
    CHECK_OK(inside.results[3]);
    CHECK_OK(inside.results[4]);
    close_client(inside.client);
    CHECK_OK(seenby_service_free(service));
}

/* Frees its user data in the callback itself, as the documented samples do; there is no destructor then. */
static void on_done_frees(void *user_data, const seenby_error_t *error) {
    user_data_t *data = *(user_data_t **)user_data;
    free(user_data);
    note_end(data, error);
    on_destroy(data);
}

static void user_data_freed_inside_its_callback(void) {
    seenby_client_t *client = log_in("embedded:mem/frees", "alice");
    for (int i = 0; i < 20; i++) {
        user_data_t *data = call_data("a call whose callback frees");
        user_data_t **boxed = malloc(sizeof *boxed);
        CHECK(boxed != NULL);
        *boxed = data;
        seenby_mark_all_message_as_read(client, boxed, on_done_frees, NULL);
        CHECK_INT(wait_end(data), SEENBY_OK);
    }
    close_client(client);
}

/* Destructors are the app's code too: they may call. */
static void on_destroy_calls(void *user_data) {
    inside_t *inside = user_data;
    inside->results[0] = seenby_foreground(inside->client, 1);
    seenby_get_joined_group_list(inside->client, inside->calls[0], on_groups, on_destroy);
}

static void on_done_nothing(void *user_data, const seenby_error_t *error) {
    (void)user_data;
    (void)error;
}

static void a_call_inside_a_destructor(void) {
    static inside_t inside;
    inside.client = log_in("embedded:mem/destructor", "alice");
    inside.calls[0] = call_data("a call of a destructor");
    seenby_mark_all_message_as_read(inside.client, &inside, on_done_nothing, on_destroy_calls);
    CHECK_INT(wait_end(inside.calls[0]), SEENBY_OK);
    CHECK_OK(inside.results[0]);
    close_client(inside.client);
}

static const check_case_t cases[] = {
    CASE(every_call_inside_a_callback),
    CASE(the_next_page_inside_a_callback),
    CASE(free_and_shutdown_in_a_callback),
    CASE(free_of_another_client_in_a_callback),
    CASE(uninit_and_init_in_a_callback),
    CASE(what_waits_is_refused_in_a_callback),
    CASE(user_data_freed_inside_its_callback),
    CASE(a_call_inside_a_destructor),
};
CASES(cases)
