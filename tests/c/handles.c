/* Handles that are NULL, freed, of another kind or made up: each call refuses with 90003, and nothing crashes. */
#include "calls.h"

static void null_clients(void) {
    check_all_refuse(NULL, SEENBY_ERR_CLOSED);
    /* There is nothing to cancel. */
    user_data_t *data = call_data("a call without a client");
    CHECK_INT(async_calls[0].begin(NULL, data, true), 0);
    CHECK_INT(wait_end(data), SEENBY_ERR_CLOSED);
}

static void freed_clients(void) {
    seenby_client_t *client = log_in("embedded:mem/freed", "alice");
    close_client(client);
    check_all_refuse(client, SEENBY_ERR_CLOSED);
    CHECK_REFUSED(seenby_client_free(client), SEENBY_ERR_CLOSED, "freed");
    CHECK_REFUSED(seenby_client_shutdown(client), SEENBY_ERR_CLOSED, "freed");
    /* Its place is used again, under another handle. */
    seenby_client_t *next = log_in("embedded:mem/freed", "alice");
    CHECK(next != client);
    check_all_refuse(client, SEENBY_ERR_CLOSED);
    CHECK_OK(seenby_foreground(next, 1));
    close_client(next);
}

static void foreign_clients(void) {
    seenby_client_t *client = log_in("embedded:mem/foreign", "alice");
    seenby_tracker_t *tracker = NULL;
    CHECK_OK(seenby_tracker_new(client, seenby_str("c2c_bob"), &tracker));
    check_all_refuse((seenby_client_t *)(void *)tracker, SEENBY_ERR_CLOSED);
    int object = 0;
    check_all_refuse((seenby_client_t *)(void *)&object, SEENBY_ERR_CLOSED);
    check_all_refuse((seenby_client_t *)UINTPTR_MAX, SEENBY_ERR_CLOSED);
    check_all_refuse((seenby_client_t *)(uintptr_t)1, SEENBY_ERR_CLOSED);
    CHECK_REFUSED(seenby_client_free((seenby_client_t *)(void *)tracker), SEENBY_ERR_CLOSED, "none");
    CHECK_REFUSED(seenby_tracker_free((seenby_tracker_t *)(void *)client), SEENBY_ERR_CLOSED, "none");
    /* Both are what they were. */
    CHECK_OK(seenby_tracker_foreground(tracker, 1));
    CHECK_OK(seenby_tracker_free(tracker));
    close_client(client);
}

static void null_and_freed_trackers(void) {
    seenby_client_t *client = log_in("embedded:mem/trackers", "alice");
    seenby_tracker_t *tracker = NULL;
    CHECK_OK(seenby_tracker_new(client, seenby_str("c2c_bob"), &tracker));
    CHECK_OK(seenby_tracker_free(tracker));
    seenby_message_ref_t message = reference("an-id");
    seenby_tracker_t *bad[] = {NULL, tracker, (seenby_tracker_t *)(void *)client};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        const char *names = bad[i] ? "none" : "NULL";
        CHECK_REFUSED(seenby_tracker_visible(bad[i], &message, 1), SEENBY_ERR_CLOSED, names);
        CHECK_REFUSED(seenby_tracker_hidden(bad[i], &message, 1), SEENBY_ERR_CLOSED, names);
        CHECK_REFUSED(seenby_tracker_foreground(bad[i], 1), SEENBY_ERR_CLOSED, names);
    }
    CHECK_REFUSED(seenby_tracker_free(tracker), SEENBY_ERR_CLOSED, "none");
    close_client(client);
}

static void a_tracker_outlives_its_client(void) {
    seenby_client_t *client = log_in("embedded:mem/outlives", "alice");
    seenby_tracker_t *tracker = NULL;
    CHECK_OK(seenby_tracker_new(client, seenby_str("c2c_bob"), &tracker));
    close_client(client);
    seenby_message_ref_t message = reference("an-id");
    int32_t result = seenby_tracker_visible(tracker, &message, 1);
    CHECK(result == SEENBY_OK || result == SEENBY_ERR_CLOSED);
    CHECK_OK(seenby_tracker_free(tracker));
}

static void jobs_and_replies_that_are_none(void) {
    seenby_client_t *client = open_client("embedded:mem/jobs");
    seenby_job_t *jobs[] = {NULL, (seenby_job_t *)(void *)client, (seenby_job_t *)(void *)&jobs};
    for (size_t i = 0; i < sizeof jobs / sizeof *jobs; i++) {
        CHECK_REFUSED(seenby_job_run(jobs[i]), SEENBY_ERR_CLOSED, jobs[i] ? "none" : "NULL");
        CHECK_REFUSED(seenby_job_drop(jobs[i]), SEENBY_ERR_CLOSED, jobs[i] ? "none" : "NULL");
    }
    seenby_token_reply_t *replies[] = {NULL, (seenby_token_reply_t *)(void *)client};
    for (size_t i = 0; i < sizeof replies / sizeof *replies; i++) {
        const char *names = replies[i] ? "none" : "NULL";
        CHECK_REFUSED(seenby_token_accept(replies[i], seenby_str("a userSig")), SEENBY_ERR_CLOSED, names);
        CHECK_REFUSED(seenby_token_refuse(replies[i], seenby_str("why")), SEENBY_ERR_CLOSED, names);
    }
    close_client(client);
}

static void services_that_are_none(void) {
    seenby_client_t *client = open_client("embedded:mem/services");
    seenby_service_t *services[] = {NULL, (seenby_service_t *)(void *)client};
    for (size_t i = 0; i < sizeof services / sizeof *services; i++) {
        const char *names = services[i] ? "none" : "NULL";
        CHECK_REFUSED(seenby_service_configure(services[i], seenby_str("{}")), SEENBY_ERR_CLOSED, names);
        CHECK_REFUSED(seenby_service_delete_user(services[i], seenby_str("bob")), SEENBY_ERR_CLOSED, names);
        CHECK_REFUSED(
            seenby_service_delete_message(services[i], seenby_str("bob"), seenby_str("c2c_bob"), seenby_str("an-id")),
            SEENBY_ERR_CLOSED, names);
    }
    CHECK_REFUSED(seenby_service_free(services[1]), SEENBY_ERR_CLOSED, "none");
    close_client(client);
}

static void the_client_of_the_process_is_not_freed(void) {
    CHECK(seenby_shared_client() != NULL);
    CHECK(seenby_shared_client() == seenby_shared_client());
    CHECK_REFUSED(seenby_client_free(seenby_shared_client()), SEENBY_ERR_INVALID_PARAMETERS, "seenby_shared_uninit");
    CHECK_REFUSED(seenby_client_shutdown(seenby_shared_client()), SEENBY_ERR_INVALID_PARAMETERS, "seenby_shared_uninit");
}

static void freeing_nothing_is_fine(void) {
    CHECK_OK(seenby_client_free(NULL));
    seenby_string_free(NULL);
    seenby_string_t empty = {0};
    seenby_string_free(&empty);
    seenby_string_free(&empty);
}

static const check_case_t cases[] = {
    CASE(null_clients),
    CASE(freed_clients),
    CASE(foreign_clients),
    CASE(null_and_freed_trackers),
    CASE(a_tracker_outlives_its_client),
    CASE(jobs_and_replies_that_are_none),
    CASE(services_that_are_none),
    CASE(the_client_of_the_process_is_not_freed),
    CASE(freeing_nothing_is_fine),
};
CASES(cases)
