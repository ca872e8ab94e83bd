/*
 * What the tests in C share: cases, checks, and user data that must be freed exactly once.
 *
 * A program holds cases and runs one (its name is the argument) or all of them. Each case that ends checks by itself that
 * every callback came once, and that every destructor ran once.
 */
#ifndef CHECK_H
#define CHECK_H

#include <seenby.h>

#include <stdbool.h>
#include <stdio.h>

/* Cases. CMakeLists.txt finds them by this macro: one on a line. */

typedef struct check_case_t {
    const char *name;
    void (*run)(void);
} check_case_t;

#define CASE(name) {#name, name}
#define CASES(cases) \
    int main(int argc, char **argv) { return check_main(argc, argv, cases, sizeof cases / sizeof *cases); }

int check_main(int argc, char **argv, const check_case_t *cases, size_t count);

/* Checks: a failed one tells where, and ends the program. */

#define CHECK(what) check_that((what), #what, __FILE__, __LINE__)
#define CHECK_INT(is, should) check_int((long long)(is), (long long)(should), #is, __FILE__, __LINE__)
#define CHECK_TEXT(is, should) check_text((is), (should), #is, __FILE__, __LINE__)
/* A call that answers at once: it must fail with this number, and its sentence must name this. */
#define CHECK_REFUSED(call, code, names) check_refused((call), (code), (names), #call, __FILE__, __LINE__)
#define CHECK_OK(call) check_ok((call), #call, __FILE__, __LINE__)

void check_that(bool is, const char *what, const char *file, int line);
void check_int(long long is, long long should, const char *what, const char *file, int line);
void check_text(seenby_str_t is, const char *should, const char *what, const char *file, int line);
void check_refused(int32_t result, int32_t code, const char *names, const char *what, const char *file, int line);
void check_ok(int32_t result, const char *what, const char *file, int line);

/* User data, watched: how often its callback came, what it brought, how often it was freed. */

typedef struct user_data_t {
    const char *what;
    /* A callback must come for it, exactly once. */
    bool must_end;
    int ended;
    int destroyed;
    /* Of the last error; SEENBY_OK. */
    int32_t code;
    char sentence[400];
    /* Elements of the answer; the number it was; flags. */
    size_t count;
    uint64_t next_seq;
    bool is_finished;
    /* A text of the answer: a message's id, a text. */
    char text[200];
    /* Whether the callback came on the thread that runs main(). */
    bool on_main;
    /* Run inside the callback, before it counts as ended. */
    void (*inside)(void *context);
    void *context;
    /* For listeners: how often each was called. */
    int messages;
    int receipts;
} user_data_t;

/* User data of a call, whose callback must come exactly once. */
user_data_t *call_data(const char *what);
/* User data of something else: a listener, a dispatcher, a sink. */
user_data_t *other_data(const char *what);

/* Callbacks that note what came. */
void on_done(void *user_data, const seenby_error_t *error);
void on_message(void *user_data, const seenby_error_t *error, const seenby_message_t *message);
void on_messages(void *user_data, const seenby_error_t *error, const seenby_message_t *const *messages, size_t count,
                 bool is_finished);
void on_receipts(void *user_data, const seenby_error_t *error, const seenby_receipt_t *const *receipts, size_t count);
void on_read_members(void *user_data, const seenby_error_t *error, const seenby_read_member_t *const *members, size_t count,
                     uint64_t next_seq, bool is_finished);
void on_text(void *user_data, const seenby_error_t *error, seenby_str_t text);
void on_count(void *user_data, const seenby_error_t *error, uint64_t count);
void on_groups(void *user_data, const seenby_error_t *error, const seenby_group_t *const *groups, size_t count);
void on_group_members(void *user_data, const seenby_error_t *error, const seenby_group_member_t *const *members,
                      size_t count, uint64_t next_seq);
void on_member_results(void *user_data, const seenby_error_t *error, const seenby_member_result_t *const *results,
                       size_t count);
void on_conversations(void *user_data, const seenby_error_t *error, const seenby_conversation_t *const *conversations,
                      size_t count, uint64_t next_seq, bool is_finished);
void on_conversation(void *user_data, const seenby_error_t *error, const seenby_conversation_t *conversation);
void on_profiles(void *user_data, const seenby_error_t *error, const seenby_profile_t *const *profiles, size_t count);
/* Frees user data: notes that it was. */
void on_destroy(void *user_data);

/* Notes an ending, for callbacks of a case's own. */
void note_end(user_data_t *data, const seenby_error_t *error);

/* Waits until its callback came and it was freed; the number it came with. */
int32_t wait_end(user_data_t *data);
/* Waits until it was freed. */
void wait_destroyed(user_data_t *data);
/* Waits until `is` says so. It looks under the lock that guards all user data. */
void wait_until(bool (*is)(void *context), void *context, const char *what);
/* Changes something that `wait_until` looks at. */
void change(void (*how)(void *context), void *context);
/* Whether all that was begun has ended by now: how many callbacks and destructors are still to come. */
int outstanding(void);
/* Whether this is the thread that runs main(). */
bool on_main_thread(void);

/* A second thread. */
typedef struct other_thread_t other_thread_t;
other_thread_t *thread_start(void (*run)(void *context), void *context);
void thread_join(other_thread_t *thread);

/* Clients of a service in memory. `service` names it; those with one name meet. */

#define APP 1400000001u

seenby_config_t config_of(const char *service);
seenby_client_t *open_client(const char *service);
/* Opens a client and logs it in; waits for it. */
seenby_client_t *log_in(const char *service, const char *user);
void close_client(seenby_client_t *client);
/* A listener that counts messages and receipts in its user data. */
seenby_listener_t counting_listener(user_data_t *data);
/* Sends a text that wants receipts, waits for it, and gives its id. */
void send_text(seenby_client_t *client, const char *receiver, const char *text, char id[200]);
/* A reference to a message of somebody else with this id, which must outlive it. */
seenby_message_ref_t reference(const char *id);

#endif
