/*
 * A small chat in a terminal, with ticks. Start a server (`cargo run --release -- serve`, or seenbyd) and, in two terminals,
 *
 *     chat ws://127.0.0.1:7733/v1/connect alice eyJ… c2c_bob
 *     chat ws://127.0.0.1:7733/v1/connect bob   eyJ… c2c_alice
 *
 * with the userSigs that the server gave. A conversation may also be group_ID: whoever comes first makes the group. Type a
 * line to send it; what comes is read as soon as it is shown. `/who N` asks who has read message N of a group, `/quit`, or the
 * end of the input, ends.
 */
#include <seenby.h>
#include <string.h>

#include "wait.h"

/* A message on the screen. */
typedef struct {
    seenby_message_t *message;
    seenby_draw_query_t draw;
} shown_t;

static monitor_t monitor = MONITOR_INIT; /* guards all of these */
static shown_t *screen;
static size_t shown_count;
static unsigned under_way; /* calls whose callback has not come */
static int32_t last_code;  /* how the last call ended */

static seenby_client_t *client;
static const char *here; /* the conversation that is shown */

static void begun(void) {
    monitor_enter(&monitor);
    under_way++;
    monitor_leave(&monitor);
}

static void ended(const seenby_error_t *error) {
    if (error != NULL) printf("      error %d: %s\n", (int)error->code, error->message.data);
    monitor_enter(&monitor);
    under_way--;
    last_code = error == NULL ? SEENBY_OK : error->code;
    monitor_notify(&monitor);
    monitor_leave(&monitor);
}

/* Waits for everything that is under way; says how the last of it ended. */
static int32_t settle(void) {
    monitor_enter(&monitor);
    while (under_way > 0) monitor_wait(&monitor); /* each callback comes, so this ends */
    int32_t code = last_code;
    monitor_leave(&monitor);
    return code;
}

static void on_done(void *user_data, const seenby_error_t *error) {
    (void)user_data;
    ended(error);
}

/* For a call that may fail, as joining a group that is not there yet. */
static void on_tried(void *user_data, const seenby_error_t *error) {
    *(bool *)user_data = error == NULL;
    ended(NULL);
}

static void on_text(void *user_data, const seenby_error_t *error, seenby_str_t text) {
    (void)user_data, (void)text;
    ended(error);
}

/* What is drawn beside a message (R31). */
static void print_ticks(const shown_t *shown) {
    seenby_draw_state_t ticks = {0};
    if (seenby_draw_state(&shown->draw, &ticks) != SEENBY_OK) return;
    switch (ticks.state) {
        case SEENBY_DRAW_SENDING: printf("…"); break;
        case SEENBY_DRAW_FAILED: printf("✗ not sent"); break;
        case SEENBY_DRAW_SENT: printf("✓"); break;
        case SEENBY_DRAW_READ_BY_PEER: printf("✓✓ read"); break;
        case SEENBY_DRAW_READ_BY: printf("✓✓ read by %u of %u", ticks.read, ticks.of); break;
        case SEENBY_DRAW_ALL_READ: printf("✓✓ read by all"); break;
        default: break;
    }
}

/* What is known of who has read it changed. */
static void set_receipt(shown_t *shown, const seenby_receipt_t *receipt) {
    shown->draw.has_receipt = 1;
    shown->draw.is_peer_read = receipt->is_peer_read;
    shown->draw.read_count = receipt->read_count;
    shown->draw.unread_count = receipt->unread_count;
}

static void show(const seenby_message_t *message) {
    shown_t shown = {NULL, SEENBY_DRAW_QUERY_INIT};
    shown.draw.status = message->status;
    shown.draw.is_self = message->is_self;
    shown.draw.need_read_receipt = message->need_read_receipt;
    shown.draw.is_group = message->group_id.len > 0;
    if (message->receipt != NULL) set_receipt(&shown, message->receipt);
    if (seenby_message_clone(message, &shown.message) != SEENBY_OK) return;
    monitor_enter(&monitor);
    shown_t *grown = realloc(screen, (shown_count + 1) * sizeof *screen);
    if (grown == NULL) abort();
    screen = grown;
    screen[shown_count++] = shown;
    printf("%4zu  %s: %s  ", shown_count, message->is_self ? "me" : message->sender.data,
           message->body == SEENBY_BODY_TEXT ? message->text.data : "(not text)");
    print_ticks(&shown);
    printf("\n");
    fflush(stdout);
    monitor_leave(&monitor);
}

/* What is on the screen has been read. */
static void report(const seenby_message_t *message) {
    seenby_message_ref_t seen = SEENBY_MESSAGE_REF_INIT;
    if (message->is_self || !message->need_read_receipt || message->has_sent_receipt) return;
    if (seenby_message_ref_of(message, &seen) != SEENBY_OK) return;
    begun();
    seenby_send_message_read_receipts(client, &seen, 1, NULL, on_done, NULL);
}

static void on_sent(void *user_data, const seenby_error_t *error, const seenby_message_t *message) {
    (void)user_data;
    if (error == NULL) show(message);
    ended(error);
}

static void on_history(void *user_data, const seenby_error_t *error, const seenby_message_t *const *messages, size_t count,
                       bool is_finished) {
    (void)user_data, (void)is_finished;
    for (size_t i = count; i-- > 0;) { /* they come newest first */
        show(messages[i]);
        report(messages[i]);
    }
    ended(error);
}

static void on_members(void *user_data, const seenby_error_t *error, const seenby_read_member_t *const *members,
                       size_t count, uint64_t next_seq, bool is_finished) {
    (void)next_seq;
    for (size_t i = 0; i < count; i++) printf("      %s %s\n", (const char *)user_data, members[i]->user_id.data);
    if (!is_finished) printf("      … and more\n");
    ended(error);
}

/* What the client tells by itself. Calls may be made in here. */

static void on_recv_new_message(void *user_data, const seenby_message_t *message) {
    (void)user_data;
    if (strcmp(message->conversation_id.data, here) == 0) {
        show(message);
        report(message);
    } else {
        printf("      (something new in %s)\n", message->conversation_id.data);
    }
}

static void on_receipts(void *user_data, const seenby_receipt_t *const *receipts, size_t count) {
    (void)user_data;
    monitor_enter(&monitor);
    for (size_t i = 0; i < count; i++) {
        for (size_t n = 0; n < shown_count; n++) {
            if (strcmp(screen[n].message->msg_id.data, receipts[i]->msg_id.data) != 0) continue;
            set_receipt(&screen[n], receipts[i]);
            printf("%4zu  ", n + 1);
            print_ticks(&screen[n]);
            printf("\n");
        }
    }
    fflush(stdout);
    monitor_leave(&monitor);
}

static void on_connect_failed(void *user_data, const seenby_error_t *error) {
    (void)user_data;
    printf("      cannot connect: %s\n", error->message.data);
}

static void on_kicked_offline(void *user_data) {
    (void)user_data;
    printf("      this user has logged in elsewhere on this device\n");
}

static void on_user_sig_expired(void *user_data) {
    (void)user_data;
    printf("      the userSig has run out: ask the server for another one\n");
}

/* What can be typed. */

static void say(const char *text) {
    seenby_outgoing_message_t message = SEENBY_OUTGOING_MESSAGE_INIT;
    message.body = SEENBY_BODY_TEXT;
    message.text = seenby_str(text);
    message.need_read_receipt = 1;
    bool group = strncmp(here, "group_", 6) == 0;
    begun();
    seenby_send_message(client, &message, seenby_str(group ? NULL : here + 4), seenby_str(group ? here + 6 : NULL), NULL,
                        NULL, on_sent, NULL);
}

static void who(size_t number) {
    seenby_message_ref_t message = SEENBY_MESSAGE_REF_INIT;
    monitor_enter(&monitor);
    bool known = number >= 1 && number <= shown_count &&
                 seenby_message_ref_of(screen[number - 1].message, &message) == SEENBY_OK;
    monitor_leave(&monitor);
    if (!known) {
        printf("      there is no message %zu on the screen\n", number);
        return;
    }
    begun();
    seenby_get_group_message_read_member_list(client, &message, SEENBY_FILTER_READ, 0, 100, "read by", on_members, NULL);
    begun();
    seenby_get_group_message_read_member_list(client, &message, SEENBY_FILTER_UNREAD, 0, 100, "not yet", on_members, NULL);
}

/* Logs in, and shows the end of the conversation. */
static bool enter(const char *user, const char *user_sig) {
    begun();
    seenby_login(client, seenby_str(user), seenby_str(user_sig), NULL, on_done, NULL);
    if (settle() != SEENBY_OK) return false;
    seenby_history_query_t newest = SEENBY_HISTORY_QUERY_INIT;
    newest.count = 20;
    if (strncmp(here, "group_", 6) == 0) {
        newest.group_id = seenby_str(here + 6);
        bool joined = false;
        begun();
        seenby_join_group(client, newest.group_id, &joined, on_tried, NULL);
        settle();
        if (!joined) {
            begun();
            seenby_create_group(client, seenby_str("Public"), newest.group_id, newest.group_id, NULL, 0, NULL, on_text,
                                NULL);
            if (settle() != SEENBY_OK) return false;
        }
    } else {
        newest.user_id = seenby_str(here + 4);
    }
    begun();
    seenby_get_history_message_list(client, &newest, NULL, on_history, NULL);
    return settle() == SEENBY_OK;
}

/* A folder of its own for each user: a folder belongs to one process at a time. */
static const char *folder_of(const char *user, char *folder, size_t size) {
    const char *names[] = {"TMPDIR", "TEMP", "TMP"};
    const char *temporary = NULL;
    for (size_t i = 0; i < 3 && temporary == NULL; i++) temporary = getenv(names[i]);
    snprintf(folder, size, "%s/seenby-chat-%s", temporary != NULL ? temporary : "/tmp", user);
    return folder;
}

int main(int argc, char **argv) {
    if (argc < 5 || argc > 6 || (strncmp(argv[4], "c2c_", 4) != 0 && strncmp(argv[4], "group_", 6) != 0)) {
        fprintf(stderr, "usage: chat SERVER USER USERSIG c2c_USER|group_GROUP [DATA_FOLDER]\n");
        return 2;
    }
#ifdef _WIN32
    SetConsoleOutputCP(CP_UTF8);
    SetConsoleCP(CP_UTF8);
#endif
    here = argv[4];
    seenby_config_t config = SEENBY_CONFIG_INIT;
    config.app = 1;
    config.server = seenby_str(argv[1]);
    char folder[512];
    config.data_dir = seenby_str(argc > 5 ? argv[5] : folder_of(argv[2], folder, sizeof folder));
    config.client_name = seenby_str("seenby-chat-c");
    if (seenby_client_new(&config, &client) != SEENBY_OK) {
        fprintf(stderr, "%s\n", seenby_last_error()->message.data);
        return 1;
    }
    seenby_listener_t listener = SEENBY_LISTENER_INIT;
    listener.on_connect_failed = on_connect_failed;
    listener.on_kicked_offline = on_kicked_offline;
    listener.on_user_sig_expired = on_user_sig_expired;
    listener.on_recv_new_message = on_recv_new_message;
    listener.on_recv_message_read_receipts = on_receipts;
    seenby_listener_id_t listening = 0;
    bool good = seenby_add_listener(client, &listener, &listening) == SEENBY_OK && enter(argv[2], argv[3]);

    static char line[12 * 1024];
    if (good) {
        printf("      talking in %s; /who N, /quit\n", here);
        fflush(stdout);
    }
    while (good && fgets(line, sizeof line, stdin) != NULL) {
        line[strcspn(line, "\r\n")] = '\0';
        if (strcmp(line, "/quit") == 0) break;
        if (strncmp(line, "/who ", 5) == 0)
            who(strtoul(line + 5, NULL, 10));
        else if (line[0] != '\0')
            say(line);
    }
    seenby_remove_listener(client, listening); /* from here nothing begins by itself */
    settle();
    seenby_client_free(client);
    for (size_t n = 0; n < shown_count; n++) seenby_message_free(screen[n].message);
    free(screen);
    return good ? 0 : 1;
}
