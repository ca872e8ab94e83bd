/* The library as such: versions, texts of errors, the log, services held by the program. */
#include "check.h"

#include <string.h>

static void versions(void) {
    CHECK(strcmp(seenby_version(), SEENBY_VERSION) == 0);
    CHECK_INT(seenby_abi_version(), SEENBY_ABI_VERSION);
    char version[40];
    snprintf(version, sizeof version, "%d.%d.%d", SEENBY_VERSION_MAJOR, SEENBY_VERSION_MINOR, SEENBY_VERSION_PATCH);
    CHECK(strncmp(version, SEENBY_VERSION, strlen(version)) == 0);
}

static void texts_of_errors(void) {
    int32_t known[] = {SEENBY_ERR_NOT_LOGGED_IN, SEENBY_ERR_INVALID_PARAMETERS, SEENBY_ERR_PANIC, SEENBY_ERR_CLOSED,
                       SEENBY_ERR_NO_RECEIPTS, SEENBY_ERR_STORE};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        CHECK(strlen(seenby_error_text(known[i])) > 10);
        CHECK(seenby_error_text(known[i]) != seenby_error_text(known[(i + 1) % (sizeof known / sizeof *known)]));
    }
    /* And one for what is none. */
    int32_t unknown[] = {-1, 1, INT32_MIN, INT32_MAX};
    for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++) {
        CHECK(seenby_error_text(unknown[i]) != NULL);
    }
    CHECK(seenby_error_text(SEENBY_OK) != NULL);
}

static void last_error_of_another_thread(void *context) { *(bool *)context = seenby_last_error() == NULL; }

static void the_last_error_is_the_threads(void) {
    CHECK(seenby_last_error() == NULL);
    CHECK_REFUSED(seenby_foreground(NULL, 1), SEENBY_ERR_CLOSED, "NULL");
    bool none = false;
    thread_join(thread_start(last_error_of_another_thread, &none));
    CHECK(none);
    /* What succeeds leaves it. */
    seenby_client_t *client = open_client("embedded:mem/last");
    CHECK_OK(seenby_foreground(client, 1));
    CHECK_INT(seenby_last_error()->code, SEENBY_ERR_CLOSED);
    close_client(client);
}

typedef struct heard_t {
    user_data_t *data;
    int lines;
    char last[200];
} heard_t;

typedef struct line_t {
    heard_t *heard;
    seenby_str_t message;
} line_t;

static void hear_line(void *context) {
    line_t *line = context;
    CHECK_INT(line->heard->data->destroyed, 0);
    line->heard->lines++;
    snprintf(line->heard->last, sizeof line->heard->last, "%.*s", (int)line->message.len, line->message.data);
}

static void sink(void *user_data, int32_t level, seenby_str_t message) {
    CHECK(level >= SEENBY_LOG_ERROR && level <= SEENBY_LOG_TRACE);
    CHECK_INT(message.data[message.len], '\0');
    line_t line = {user_data, message};
    change(hear_line, &line);
}

static void sink_destroy(void *user_data) { on_destroy(((heard_t *)user_data)->data); }

static bool has_the_line(void *context) { return strstr(((heard_t *)context)->last, "a line of a layer above") != NULL; }

static void a_log_sink(void) {
    static heard_t first, second;
    first.data = other_data("a log sink");
    CHECK_OK(seenby_set_log_sink(SEENBY_LOG_INFO, &first, sink, sink_destroy));
    seenby_log(SEENBY_LOG_WARN, seenby_str("a line of a layer above"));
    wait_until(has_the_line, &first, "the line");
    /* What is no text and no level is passed over, or changed; it does not crash. */
    seenby_str_t bad = {"\xff\xfe", 2};
    seenby_log(SEENBY_LOG_WARN, bad);
    seenby_str_t null_with_length = {NULL, 3};
    seenby_log(SEENBY_LOG_WARN, null_with_length);
    seenby_str_t too_long = {"x", SIZE_MAX};
    seenby_log(SEENBY_LOG_WARN, too_long);
    seenby_log(99, seenby_str("no such level"));
    seenby_log(-1, seenby_str("no such level"));
    /* Another one: the first is freed. */
    second.data = other_data("the next log sink");
    CHECK_OK(seenby_set_log_sink(SEENBY_LOG_DEBUG, &second, sink, sink_destroy));
    wait_destroyed(first.data);
    seenby_log(SEENBY_LOG_ERROR, seenby_str("a line of a layer above"));
    wait_until(has_the_line, &second, "the line again");
    /* A level that is none leaves everything as it is, and frees what it was given. */
    user_data_t *refused = other_data("a log sink that is refused");
    CHECK_REFUSED(seenby_set_log_sink(6, refused, sink, on_destroy), SEENBY_ERR_INVALID_PARAMETERS, "6");
    wait_destroyed(refused);
    CHECK_INT(second.data->destroyed, 0);
    /* Back to the standard error stream. */
    CHECK_OK(seenby_set_log_sink(SEENBY_LOG_OFF, NULL, NULL, NULL));
    wait_destroyed(second.data);
}

static void services_held(void) {
    seenby_config_t config = config_of("embedded:mem/held");
    seenby_service_t *service = NULL;
    CHECK_REFUSED(seenby_service_open(NULL, seenby_str("{}"), seenby_str("{}"), &service), SEENBY_ERR_INVALID_PARAMETERS,
                  "NULL");
    CHECK_REFUSED(seenby_service_open(&config, seenby_str("{}"), seenby_str("{}"), NULL), SEENBY_ERR_INVALID_PARAMETERS,
                  "out_service");
    CHECK_REFUSED(seenby_service_open(&config, seenby_str("not JSON"), seenby_str("{}"), &service),
                  SEENBY_ERR_INVALID_PARAMETERS, "");
    CHECK(service == NULL);
    CHECK_OK(seenby_service_open(&config, seenby_str("{}"), seenby_str("{}"), &service));
    CHECK_REFUSED(seenby_service_configure(service, seenby_str("{")), SEENBY_ERR_INVALID_PARAMETERS, "");
    CHECK_REFUSED(seenby_service_configure(service, seenby_str("{\"visibility\":\"no such\"}")),
                  SEENBY_ERR_INVALID_PARAMETERS, "no such");
    CHECK_OK(seenby_service_configure(service, seenby_str("{\"visibility\":\"members\"}")));
    seenby_client_t *alice = log_in("embedded:mem/held", "alice");
    char id[200];
    send_text(alice, "bob", "hello", id);
    CHECK_OK(seenby_service_delete_message(service, seenby_str("alice"), seenby_str("c2c_bob"), seenby_str(id)));
    CHECK_OK(seenby_service_delete_user(service, seenby_str("bob")));
    close_client(alice);
    CHECK_OK(seenby_service_free(service));
    CHECK_REFUSED(seenby_service_free(service), SEENBY_ERR_CLOSED, "none");
}

static void exceptions_that_a_layer_reports(void) {
    seenby_client_t *client = open_client("embedded:mem/exceptions");
    CHECK_OK(seenby_report_exception(client, seenby_str("std::runtime_error: it was thrown")));
    CHECK_OK(seenby_report_exception(client, seenby_str(NULL)));
    seenby_string_t state = {0};
    CHECK_OK(seenby_debug_state(client, &state));
    CHECK(state.len > 2);
    seenby_string_free(&state);
    CHECK_REFUSED(seenby_report_exception(NULL, seenby_str("it was thrown")), SEENBY_ERR_CLOSED, "NULL");
    close_client(client);
}

static const check_case_t cases[] = {
    CASE(versions),
    CASE(texts_of_errors),
    CASE(the_last_error_is_the_threads),
    CASE(a_log_sink),
    CASE(services_held),
    CASE(exceptions_that_a_layer_reports),
};
CASES(cases)
