/* What docs/c-abi.md answers to "How do I …", as a program that runs: its blocks of C are parts of this file. */
#include <seenby.h>

#include "wait.h"

static monitor_t monitor = MONITOR_INIT;

static void fail(const char *what) {
    const seenby_error_t *error = seenby_last_error();
    fprintf(stderr, "%s: %s\n", what, error != NULL ? error->message.data : "");
    exit(1);
}

static void check(bool good, const char *what) {
    if (!good) fail(what);
}

/* --- Callbacks on a thread of my own ------------------------------------------------------------------------------- */

typedef struct {
    seenby_job_t *job; /* one place is enough: the next job comes when this one is over */
} loop_t;

static void dispatch(void *user_data, seenby_job_t *job) {
    loop_t *loop = user_data;
    monitor_enter(&monitor);
    loop->job = job;
    monitor_notify(&monitor); /* in a program with windows: PostMessage, g_idle_add, … */
    monitor_leave(&monitor);
}

/* Runs what comes until *over; on the thread that is to have the callbacks. */
static void run_loop(loop_t *loop, const bool *over) {
    while (!*over) { /* set by a callback, so on this thread */
        monitor_enter(&monitor);
        while (loop->job == NULL) check(monitor_wait(&monitor), "nothing comes any more");
        seenby_job_t *job = loop->job;
        loop->job = NULL;
        monitor_leave(&monitor);
        seenby_job_run(job); /* calls the callback, here */
    }
}

/* --- What a callback needs, freed by itself ------------------------------------------------------------------------ */

typedef struct {
    bool *over;
    seenby_message_t **kept;
} sending_t;

static void on_sent(void *user_data, const seenby_error_t *error, const seenby_message_t *message) {
    sending_t *sending = user_data;
    check(error == NULL, "the message was not sent");
    check(seenby_message_clone(message, sending->kept) == SEENBY_OK, "the message cannot be kept");
    *sending->over = true;
}

static void send_lunch(seenby_client_t *client, bool *over, seenby_message_t **kept) {
    seenby_outgoing_message_t lunch = SEENBY_OUTGOING_MESSAGE_INIT;
    lunch.body = SEENBY_BODY_TEXT;
    lunch.text = seenby_str("Lunch?");
    lunch.need_read_receipt = 1;
    sending_t *sending = malloc(sizeof *sending);
    if (sending == NULL) abort();
    *sending = (sending_t){over, kept};

    seenby_send_message(client, &lunch, seenby_str(NULL), seenby_str("lunch"), NULL, sending, on_sent, free);
}

/* --- All pages of a list ------------------------------------------------------------------------------------------- */

typedef struct {
    seenby_client_t *client;
    const seenby_message_t *message;
    int32_t filter;
    size_t found;
    bool over;
} walk_t;

static void on_page(void *user_data, const seenby_error_t *error, const seenby_read_member_t *const *members, size_t count,
                    uint64_t next_seq, bool is_finished);

static void next_page(walk_t *walk, uint64_t next_seq) {
    seenby_message_ref_t message = SEENBY_MESSAGE_REF_INIT;
    seenby_message_ref_of(walk->message, &message);
    seenby_get_group_message_read_member_list(walk->client, &message, walk->filter, next_seq, 2, walk, on_page, NULL);
}

static void on_page(void *user_data, const seenby_error_t *error, const seenby_read_member_t *const *members, size_t count,
                    uint64_t next_seq, bool is_finished) {
    walk_t *walk = user_data;
    for (size_t i = 0; i < count; i++) printf("not yet read by %s\n", members[i]->user_id.data);
    walk->found += count;
    if (error == NULL && !is_finished)
        next_page(walk, next_seq);
    else
        walk->over = true;
}

/* --- A new userSig when the old one runs out ------------------------------------------------------------------------ */

static void renew(void *user_data, seenby_str_t user_id, seenby_token_reply_t *reply) {
    (void)user_data;
    printf("a new userSig for %s, please\n", user_id.data); /* ask the app's server, now or later, on any thread: */
    seenby_token_accept(reply, seenby_str("eyJ…"));         /* or seenby_token_refuse(reply, seenby_str("no line")) */
}

/* --- Lines of the log where the app has its own ---------------------------------------------------------------------- */

static void on_line(void *user_data, int32_t level, seenby_str_t message) {
    fprintf(user_data, "[%d] %.*s\n", (int)level, (int)message.len, message.data);
}

static void on_done(void *user_data, const seenby_error_t *error) {
    check(error == NULL, "a call failed");
    *(bool *)user_data = true;
}

static void on_text(void *user_data, const seenby_error_t *error, seenby_str_t text) {
    (void)text;
    on_done(user_data, error);
}

/* Reports from a notification's button: the app's own process may not be running. */
static void notification_action(const char *folder, const char *msg_id) {
    seenby_spool_target_t target = SEENBY_SPOOL_TARGET_INIT;
    target.app = 1;
    target.server = seenby_str("wss://chat.example.com/v1/connect");
    target.data_dir = seenby_str(folder);
    target.user_id = seenby_str("bob");
    seenby_message_ref_t seen = SEENBY_MESSAGE_REF_INIT;
    seen.msg_id = seenby_str(msg_id);
    seen.conversation_id = seenby_str("group_lunch");
    check(seenby_enqueue_receipts(&target, &seen, 1) == SEENBY_OK, "the receipt cannot be left on the disk");
}

int main(int argc, char **argv) {
    check(argc == 2, "usage: recipes FOLDER");
    check(seenby_set_log_sink(SEENBY_LOG_WARN, stdout, on_line, NULL) == SEENBY_OK, "the sink is refused");

    static loop_t loop; /* it stays: the client's last job may come when main has returned */
    seenby_client_t *alice = NULL;
    seenby_config_t config = SEENBY_CONFIG_INIT;
    config.app = 1;
    config.server = seenby_str("embedded:mem/recipes");
    config.dispatch = dispatch;
    config.dispatch_user_data = &loop;
    config.token_provider = renew;
    check(seenby_client_new(&config, &alice) == SEENBY_OK, "the client cannot be made");

    bool in = false, made = false, sent = false, out = false;
    seenby_login(alice, seenby_str("alice"), seenby_str("eyJ…"), &in, on_done, NULL);
    run_loop(&loop, &in);
    const seenby_str_t members[] = {seenby_str("bob"), seenby_str("carol"), seenby_str("dave")};
    seenby_create_group(alice, seenby_str("Work"), seenby_str("lunch"), seenby_str("Lunch"), members, 3, &made, on_text,
                        NULL);
    run_loop(&loop, &made);
    seenby_message_t *lunch = NULL;
    send_lunch(alice, &sent, &lunch);
    run_loop(&loop, &sent);

    walk_t walk = {alice, lunch, SEENBY_FILTER_UNREAD, 0, false};
    next_page(&walk, 0);
    run_loop(&loop, &walk.over);
    check(walk.found == 3, "three have not read it");

    /* What a list shows, turned into reports. */
    seenby_tracker_t *tracker = NULL;
    seenby_message_ref_t shown = SEENBY_MESSAGE_REF_INIT;
    check(seenby_tracker_new(alice, seenby_str("group_lunch"), &tracker) == SEENBY_OK, "no tracker");
    check(seenby_message_ref_of(lunch, &shown) == SEENBY_OK, "no message");
    seenby_tracker_visible(tracker, &shown, 1); /* scrolled into view */
    seenby_tracker_hidden(tracker, &shown, 1);  /* and out of it */
    seenby_tracker_foreground(tracker, 0);      /* the app went to the background: what was seen is reported */
    check(seenby_tracker_free(tracker) == SEENBY_OK, "the tracker was freed before");

    seenby_string_t state = {NULL, 0};
    check(seenby_debug_state(alice, &state) == SEENBY_OK, "no state");
    printf("%s\n", state.data);
    seenby_string_free(&state);

    notification_action(argv[1], lunch->msg_id.data);

    seenby_message_free(lunch);
    seenby_logout(alice, &out, on_done, NULL);
    run_loop(&loop, &out);
    check(seenby_client_free(alice) == SEENBY_OK, "the client was freed before");
    return 0;
}
