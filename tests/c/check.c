#include "check.h"
#include "platform.h"

#include <stdlib.h>
#include <string.h>

/* Far longer than anything here takes: it ends a case that would wait for ever. */
#define PATIENCE_MS 60000

static lock_t lock = LOCK_INIT;
static condition_t changed = CONDITION_INIT;
static _Thread_local bool is_main;

/* All user data of the case. It is never freed, so that what comes too late is seen, and not a crash. */
enum { MOST = 4096 };
static user_data_t *all[MOST];
static int all_count;

static void fail(const char *file, int line) {
    fprintf(stderr, "    at %s:%d\n", file, line);
    fflush(NULL);
    /* Other threads run: nothing may be torn down below them. */
    _Exit(1);
}

void check_that(bool is, const char *what, const char *file, int line) {
    if (!is) {
        fprintf(stderr, "\n    not so: %s\n", what);
        fail(file, line);
    }
}

void check_int(long long is, long long should, const char *what, const char *file, int line) {
    if (is != should) {
        fprintf(stderr, "\n    %s is %lld, and should be %lld\n", what, is, should);
        const seenby_error_t *last = seenby_last_error();
        if (last) {
            fprintf(stderr, "    the last error of this thread: %d %s\n", (int)last->code, last->message.data);
        }
        fail(file, line);
    }
}

void check_text(seenby_str_t is, const char *should, const char *what, const char *file, int line) {
    if (is.len != strlen(should) || memcmp(is.data, should, is.len) != 0) {
        fprintf(stderr, "\n    %s is \"%.*s\", and should be \"%s\"\n", what, (int)is.len, is.data, should);
        fail(file, line);
    }
    if (is.data && is.data[is.len] != '\0') {
        fprintf(stderr, "\n    %s does not end with a NUL byte\n", what);
        fail(file, line);
    }
}

void check_refused(int32_t result, int32_t code, const char *names, const char *what, const char *file, int line) {
    check_int(result, code, what, file, line);
    const seenby_error_t *last = seenby_last_error();
    check_that(last != NULL, "a call that failed leaves its sentence", file, line);
    check_int(last->code, code, "the number of the last error", file, line);
    if (!strstr(last->message.data, names)) {
        fprintf(stderr, "\n    %s: the sentence \"%s\" does not name \"%s\"\n", what, last->message.data, names);
        fail(file, line);
    }
}

void check_ok(int32_t result, const char *what, const char *file, int line) {
    check_int(result, SEENBY_OK, what, file, line);
}

static user_data_t *watched(const char *what, bool must_end) {
    user_data_t *data = calloc(1, sizeof *data);
    CHECK(data != NULL);
    data->what = what;
    data->must_end = must_end;
    lock_take(&lock);
    CHECK(all_count < MOST);
    all[all_count++] = data;
    lock_release(&lock);
    return data;
}

user_data_t *call_data(const char *what) { return watched(what, true); }

user_data_t *other_data(const char *what) { return watched(what, false); }

void note_end(user_data_t *data, const seenby_error_t *error) {
    if (data->inside) {
        data->inside(data->context);
    }
    lock_take(&lock);
    CHECK_INT(data->ended, 0);
    CHECK_INT(data->destroyed, 0);
    data->ended++;
    data->on_main = is_main;
    if (error) {
        data->code = error->code;
        CHECK(error->code != SEENBY_OK);
        CHECK(error->message.len > 10);
        snprintf(data->sentence, sizeof data->sentence, "%s", error->message.data);
    }
    condition_wake(&changed);
    lock_release(&lock);
}

void on_done(void *user_data, const seenby_error_t *error) { note_end(user_data, error); }

static void note_text(user_data_t *data, seenby_str_t text) {
    snprintf(data->text, sizeof data->text, "%.*s", (int)text.len, text.data ? text.data : "");
}

void on_message(void *user_data, const seenby_error_t *error, const seenby_message_t *message) {
    user_data_t *data = user_data;
    if (message) {
        note_text(data, message->msg_id);
    }
    note_end(data, error);
}

static void note_list(user_data_t *data, const seenby_error_t *error, const void *list, size_t count) {
    CHECK(list != NULL || count == 0);
    CHECK(error == NULL || count == 0);
    data->count = count;
    note_end(data, error);
}

void on_messages(void *user_data, const seenby_error_t *error, const seenby_message_t *const *messages, size_t count,
                 bool is_finished) {
    ((user_data_t *)user_data)->is_finished = is_finished;
    note_list(user_data, error, messages, count);
}

void on_receipts(void *user_data, const seenby_error_t *error, const seenby_receipt_t *const *receipts, size_t count) {
    note_list(user_data, error, receipts, count);
}

void on_read_members(void *user_data, const seenby_error_t *error, const seenby_read_member_t *const *members, size_t count,
                     uint64_t next_seq, bool is_finished) {
    user_data_t *data = user_data;
    data->next_seq = next_seq;
    data->is_finished = is_finished;
    note_list(data, error, members, count);
}

void on_text(void *user_data, const seenby_error_t *error, seenby_str_t text) {
    note_text(user_data, text);
    note_end(user_data, error);
}

void on_count(void *user_data, const seenby_error_t *error, uint64_t count) {
    ((user_data_t *)user_data)->next_seq = count;
    note_end(user_data, error);
}

void on_groups(void *user_data, const seenby_error_t *error, const seenby_group_t *const *groups, size_t count) {
    note_list(user_data, error, groups, count);
}

void on_group_members(void *user_data, const seenby_error_t *error, const seenby_group_member_t *const *members,
                      size_t count, uint64_t next_seq) {
    ((user_data_t *)user_data)->next_seq = next_seq;
    note_list(user_data, error, members, count);
}

void on_member_results(void *user_data, const seenby_error_t *error, const seenby_member_result_t *const *results,
                       size_t count) {
    note_list(user_data, error, results, count);
}

void on_conversations(void *user_data, const seenby_error_t *error, const seenby_conversation_t *const *conversations,
                      size_t count, uint64_t next_seq, bool is_finished) {
    user_data_t *data = user_data;
    data->next_seq = next_seq;
    data->is_finished = is_finished;
    note_list(data, error, conversations, count);
}

void on_conversation(void *user_data, const seenby_error_t *error, const seenby_conversation_t *conversation) {
    if (conversation) {
        note_text(user_data, conversation->conversation_id);
    }
    note_end(user_data, error);
}

void on_profiles(void *user_data, const seenby_error_t *error, const seenby_profile_t *const *profiles, size_t count) {
    note_list(user_data, error, profiles, count);
}

void on_destroy(void *user_data) {
    user_data_t *data = user_data;
    lock_take(&lock);
    if (data->destroyed != 0) {
        fprintf(stderr, "\n    freed twice: the user data of %s\n", data->what);
        fail(__FILE__, __LINE__);
    }
    data->destroyed++;
    condition_wake(&changed);
    lock_release(&lock);
}

/* Everything below waits under the lock. */

static void wait_locked(bool (*is)(void *), void *context, const char *what) {
    while (!is(context)) {
        if (!condition_wait(&changed, &lock, PATIENCE_MS) && !is(context)) {
            fprintf(stderr, "\n    waited in vain for %s\n", what);
            fail(__FILE__, __LINE__);
        }
    }
}

void wait_until(bool (*is)(void *context), void *context, const char *what) {
    lock_take(&lock);
    wait_locked(is, context, what);
    lock_release(&lock);
}

void change(void (*how)(void *context), void *context) {
    lock_take(&lock);
    how(context);
    condition_wake(&changed);
    lock_release(&lock);
}

static bool is_over(void *context) {
    const user_data_t *data = context;
    return data->destroyed == 1 && data->ended == (data->must_end ? 1 : data->ended);
}

int32_t wait_end(user_data_t *data) {
    wait_until(is_over, data, data->what);
    return data->code;
}

void wait_destroyed(user_data_t *data) { wait_until(is_over, data, data->what); }

static int outstanding_locked(void) {
    int count = 0;
    for (int i = 0; i < all_count; i++) {
        count += !is_over(all[i]);
    }
    return count;
}

int outstanding(void) {
    lock_take(&lock);
    int count = outstanding_locked();
    lock_release(&lock);
    return count;
}

static bool nothing_outstanding(void *context) {
    (void)context;
    return outstanding_locked() == 0;
}

bool on_main_thread(void) { return is_main; }

/* Threads. */

struct other_thread_t {
    platform_thread_t thread;
    void (*run)(void *context);
    void *context;
};

static void thread_run(void *context) {
    other_thread_t *thread = context;
    thread->run(thread->context);
}

other_thread_t *thread_start(void (*run)(void *context), void *context) {
    other_thread_t *thread = calloc(1, sizeof *thread);
    CHECK(thread != NULL);
    thread->run = run;
    thread->context = context;
    CHECK(platform_thread_start(&thread->thread, thread_run, thread));
    return thread;
}

void thread_join(other_thread_t *thread) {
    platform_thread_join(&thread->thread);
    free(thread);
}

/* Cases. */

static void run(const check_case_t *one) {
    printf("test %s ... ", one->name);
    fflush(stdout);
    one->run();
    /* What a case began must have ended: every callback once, every destructor once. */
    lock_take(&lock);
    wait_locked(nothing_outstanding, NULL, "the callbacks and destructors that are still to come");
    all_count = 0;
    lock_release(&lock);
    printf("ok\n");
}

int check_main(int argc, char **argv, const check_case_t *cases, size_t count) {
    is_main = true;
    size_t passed = 0;
    for (size_t i = 0; i < count; i++) {
        if (argc < 2 || strcmp(argv[1], cases[i].name) == 0) {
            run(&cases[i]);
            passed++;
        }
    }
    if (passed == 0) {
        fprintf(stderr, "there is no case %s\n", argv[1]);
        return 2;
    }
    return 0;
}
