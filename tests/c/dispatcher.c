/* A dispatcher: callbacks where the host wants them, pumped on the thread of main(); jobs run, dropped, left. */
#include "check.h"

/* What waits to be pumped, guarded by the lock of check.h. */
typedef struct queue_t {
    seenby_job_t *jobs[64];
    size_t first;
    size_t end;
    /* Instead of keeping: run or drop at once. */
    bool run_at_once;
    bool drop_at_once;
    user_data_t *data;
} queue_t;

typedef struct push_t {
    queue_t *queue;
    seenby_job_t *job;
} push_t;

static void push(void *context) {
    push_t *pushed = context;
    queue_t *queue = pushed->queue;
    queue->jobs[queue->end++ % 64] = pushed->job;
    CHECK(queue->end - queue->first <= 64);
}

static void dispatch(void *user_data, seenby_job_t *job) {
    queue_t *queue = user_data;
    CHECK(job != NULL);
    CHECK_INT(queue->data->destroyed, 0);
    if (queue->run_at_once) {
        CHECK_OK(seenby_job_run(job));
    } else if (queue->drop_at_once) {
        CHECK_OK(seenby_job_drop(job));
    } else {
        push_t pushed = {queue, job};
        change(push, &pushed);
    }
}

static void dispatch_destroy(void *user_data) { on_destroy(((queue_t *)user_data)->data); }

static bool has_jobs(void *context) {
    const queue_t *queue = context;
    return queue->first != queue->end;
}

typedef struct pop_t {
    queue_t *queue;
    seenby_job_t *job;
} pop_t;

/* NULL if there is none. */
static void pop(void *context) {
    pop_t *popped = context;
    popped->job = has_jobs(popped->queue) ? popped->queue->jobs[popped->queue->first++ % 64] : NULL;
}

static seenby_job_t *next_job(queue_t *queue) {
    wait_until(has_jobs, queue, "a job");
    pop_t popped = {queue, NULL};
    change(pop, &popped);
    return popped.job;
}

static seenby_config_t config_with(const char *service, queue_t *queue) {
    queue->data = other_data("a dispatcher");
    seenby_config_t config = config_of(service);
    config.dispatch = dispatch;
    config.dispatch_user_data = queue;
    config.dispatch_destroy = dispatch_destroy;
    return config;
}

/* Runs jobs here until the call has ended. */
static void pump_until_ended(queue_t *queue, const user_data_t *data) {
    while (data->ended == 0) {
        CHECK_OK(seenby_job_run(next_job(queue)));
    }
}

static bool is_freed(void *context) { return ((queue_t *)context)->data->destroyed == 1; }
static bool has_jobs_or_is_freed(void *context) { return has_jobs(context) || is_freed(context); }

/* Runs what is left until the client has let go of the dispatcher. */
static void pump_to_the_end(queue_t *queue) {
    for (;;) {
        wait_until(has_jobs_or_is_freed, queue, "the client letting go of its dispatcher");
        pop_t popped = {queue, NULL};
        change(pop, &popped);
        if (!popped.job) {
            break;
        }
        CHECK_OK(seenby_job_run(popped.job));
    }
    wait_destroyed(queue->data);
}

static void pumped_on_the_main_thread(void) {
    static queue_t queue;
    seenby_config_t config = config_with("embedded:mem/pumped", &queue);
    seenby_client_t *client = NULL;
    CHECK_OK(seenby_client_new(&config, &client));
    user_data_t *login = call_data("a login");
    seenby_login(client, seenby_str("alice"), seenby_str("any"), login, on_done, on_destroy);
    pump_until_ended(&queue, login);
    CHECK_INT(wait_end(login), SEENBY_OK);
    CHECK(login->on_main);
    for (int i = 0; i < 30; i++) {
        user_data_t *data = call_data("a call");
        seenby_get_joined_group_list(client, data, on_groups, on_destroy);
        pump_until_ended(&queue, data);
        CHECK_INT(wait_end(data), SEENBY_OK);
        CHECK(data->on_main);
    }
    /* What is wrong comes the same way. */
    user_data_t *wrong = call_data("a call that is wrong");
    seenby_send_message_read_receipts(client, NULL, 0, wrong, on_done, on_destroy);
    pump_until_ended(&queue, wrong);
    CHECK_INT(wait_end(wrong), SEENBY_ERR_INVALID_PARAMETERS);
    CHECK(wrong->on_main);
    user_data_t *out = call_data("a call that is out");
    seenby_get_joined_group_list(client, out, on_groups, on_destroy);
    /* Does not wait for the pump, which stands still here. */
    close_client(client);
    pump_to_the_end(&queue);
    CHECK(out->on_main);
}

static void run_at_once(void) {
    static queue_t queue;
    queue.run_at_once = true;
    seenby_config_t config = config_with("embedded:mem/at-once", &queue);
    seenby_client_t *client = NULL;
    CHECK_OK(seenby_client_new(&config, &client));
    user_data_t *login = call_data("a login");
    seenby_login(client, seenby_str("alice"), seenby_str("any"), login, on_done, on_destroy);
    CHECK_INT(wait_end(login), SEENBY_OK);
    CHECK(!login->on_main);
    close_client(client);
    wait_destroyed(queue.data);
}

static void dropped(void) {
    static queue_t queue;
    queue.drop_at_once = true;
    seenby_config_t config = config_with("embedded:mem/dropped", &queue);
    seenby_client_t *client = NULL;
    CHECK_OK(seenby_client_new(&config, &client));
    user_data_t *listener_data = other_data("a listener");
    seenby_listener_t listener = counting_listener(listener_data);
    seenby_listener_id_t id = 0;
    CHECK_OK(seenby_add_listener(client, &listener, &id));
    for (int i = 0; i < 10; i++) {
        /* Its callback never comes; it is freed all the same. */
        user_data_t *data = other_data("a call whose end is dropped");
        seenby_login(client, seenby_str("alice"), seenby_str("any"), data, on_done, on_destroy);
        wait_destroyed(data);
        CHECK_INT(data->ended, 0);
    }
    close_client(client);
    wait_destroyed(listener_data);
    wait_destroyed(queue.data);
}

static void a_job_is_used_once(void) {
    static queue_t queue;
    seenby_config_t config = config_with("embedded:mem/once", &queue);
    seenby_client_t *client = NULL;
    CHECK_OK(seenby_client_new(&config, &client));
    user_data_t *login = call_data("a login");
    seenby_login(client, seenby_str("alice"), seenby_str("any"), login, on_done, on_destroy);
    seenby_job_t *job = next_job(&queue);
    CHECK_OK(seenby_job_run(job));
    CHECK_REFUSED(seenby_job_run(job), SEENBY_ERR_CLOSED, "none");
    CHECK_REFUSED(seenby_job_drop(job), SEENBY_ERR_CLOSED, "none");
    pump_until_ended(&queue, login);
    CHECK_INT(wait_end(login), SEENBY_OK);
    close_client(client);
    pump_to_the_end(&queue);
}

static void run_jobs(void *context) {
    queue_t *queue = context;
    pump_to_the_end(queue);
}

static void run_on_another_thread(void) {
    static queue_t queue;
    seenby_config_t config = config_with("embedded:mem/thread", &queue);
    seenby_client_t *client = NULL;
    CHECK_OK(seenby_client_new(&config, &client));
    other_thread_t *thread = thread_start(run_jobs, &queue);
    user_data_t *login = call_data("a login");
    seenby_login(client, seenby_str("alice"), seenby_str("any"), login, on_done, on_destroy);
    CHECK_INT(wait_end(login), SEENBY_OK);
    CHECK(!login->on_main);
    close_client(client);
    thread_join(thread);
}

static void without_a_function_it_is_freed_at_once(void) {
    seenby_config_t config = config_of("embedded:mem/no-function");
    user_data_t *dispatch_data = other_data("user data of no dispatcher");
    user_data_t *token_data = other_data("user data of no token provider");
    config.dispatch_user_data = dispatch_data;
    config.dispatch_destroy = on_destroy;
    config.token_user_data = token_data;
    config.token_destroy = on_destroy;
    seenby_client_t *client = NULL;
    CHECK_OK(seenby_client_new(&config, &client));
    wait_destroyed(dispatch_data);
    wait_destroyed(token_data);
    close_client(client);
}

static void of_a_client_that_is_not_made(void) {
    static queue_t queue;
    seenby_config_t config = config_with("nothing-like-a-server", &queue);
    seenby_client_t *client = NULL;
    CHECK_REFUSED(seenby_client_new(&config, &client), SEENBY_ERR_INVALID_PARAMETERS, "nothing-like-a-server");
    wait_destroyed(queue.data);
    /* The client of the process exists: a second init is refused, and frees what it was given. */
    seenby_config_t good = config_of("embedded:mem/not-made");
    CHECK_OK(seenby_shared_init(&good));
    static queue_t second;
    config = config_with("embedded:mem/not-made", &second);
    CHECK_REFUSED(seenby_shared_init(&config), SEENBY_ERR_INVALID_PARAMETERS, "twice");
    wait_destroyed(second.data);
    CHECK_OK(seenby_shared_uninit());
}

static const check_case_t cases[] = {
    CASE(pumped_on_the_main_thread),
    CASE(run_at_once),
    CASE(dropped),
    CASE(a_job_is_used_once),
    CASE(run_on_another_thread),
    CASE(without_a_function_it_is_freed_at_once),
    CASE(of_a_client_that_is_not_made),
};
CASES(cases)
