/* Listeners: added twice, removed while running, by themselves, twice, never; refused. Their user data is freed once. */
#include "check.h"

static bool has_a_message(void *context) { return ((user_data_t *)context)->messages >= 1; }
static bool has_two_messages(void *context) { return ((user_data_t *)context)->messages >= 2; }

static seenby_listener_id_t listen_to(seenby_client_t *client, user_data_t *data) {
    seenby_listener_t listener = counting_listener(data);
    seenby_listener_id_t id = 0;
    CHECK_OK(seenby_add_listener(client, &listener, &id));
    CHECK(id != 0);
    return id;
}

static void added_twice(void) {
    seenby_client_t *alice = log_in("embedded:mem/twice", "alice");
    seenby_client_t *bob = log_in("embedded:mem/twice", "bob");
    /* The same struct twice is two listeners, each freed for itself. */
    user_data_t *data = other_data("a listener that is added twice");
    seenby_listener_t listener = counting_listener(data);
    listener.destroy = NULL;
    seenby_listener_id_t ids[2] = {0, 0};
    CHECK_OK(seenby_add_listener(bob, &listener, &ids[0]));
    CHECK_OK(seenby_add_listener(bob, &listener, &ids[1]));
    CHECK(ids[0] != ids[1]);
    char id[200];
    send_text(alice, "bob", "hello", id);
    wait_until(has_two_messages, data, "both calls");
    CHECK_OK(seenby_remove_listener(bob, ids[0]));
    CHECK_REFUSED(seenby_remove_listener(bob, ids[0]), SEENBY_ERR_INVALID_PARAMETERS, "listener");
    CHECK_OK(seenby_remove_listener(bob, ids[1]));
    close_client(alice);
    close_client(bob);
    on_destroy(data);
}

static void removed_outside(void) {
    seenby_client_t *alice = log_in("embedded:mem/outside", "alice");
    seenby_client_t *bob = log_in("embedded:mem/outside", "bob");
    user_data_t *gone = other_data("a listener that is removed");
    user_data_t *stays = other_data("a listener that stays");
    seenby_listener_id_t number = listen_to(bob, gone);
    listen_to(bob, stays);
    char id[200];
    send_text(alice, "bob", "one", id);
    wait_until(has_a_message, gone, "the first message");
    CHECK_OK(seenby_remove_listener(bob, number));
    wait_destroyed(gone);
    send_text(alice, "bob", "two", id);
    wait_until(has_two_messages, stays, "the second message");
    /* It would have failed if it had been called after it was freed. */
    CHECK_INT(gone->messages, 1);
    close_client(alice);
    close_client(bob);
    wait_destroyed(stays);
}

/* A listener that waits inside its call until it is let go. */
typedef struct held_t {
    bool inside;
    bool go;
    bool left;
} held_t;

static void set_inside(void *context) { ((held_t *)context)->inside = true; }
static void set_go(void *context) { ((held_t *)context)->go = true; }
static void set_left(void *context) { ((held_t *)context)->left = true; }
static bool is_inside(void *context) { return ((held_t *)context)->inside; }
static bool may_go(void *context) { return ((held_t *)context)->go; }

static void hold(void *context) {
    change(set_inside, context);
    wait_until(may_go, context, "being let go");
    change(set_left, context);
}

static void let_go(void *context) { change(set_go, context); }

static void removed_while_running(void) {
    seenby_client_t *alice = log_in("embedded:mem/running", "alice");
    seenby_client_t *bob = log_in("embedded:mem/running", "bob");
    static held_t held;
    user_data_t *data = other_data("a listener that runs");
    data->inside = hold;
    data->context = &held;
    seenby_listener_id_t number = listen_to(bob, data);
    char id[200];
    send_text(alice, "bob", "hello", id);
    wait_until(is_inside, &held, "the call");
    other_thread_t *thread = thread_start(let_go, &held);
    /* Waits for the call that runs. */
    CHECK_OK(seenby_remove_listener(bob, number));
    CHECK(held.left);
    CHECK_INT(data->messages, 1);
    thread_join(thread);
    wait_destroyed(data);
    close_client(alice);
    close_client(bob);
}

typedef struct self_t {
    seenby_client_t *client;
    seenby_listener_id_t number;
    user_data_t *data;
    int32_t result;
    int destroyed_inside;
} self_t;

static void remove_self(void *context) {
    self_t *self = context;
    self->result = seenby_remove_listener(self->client, self->number);
    /* It is not freed below its own call. */
    self->destroyed_inside = self->data->destroyed;
}

static void removed_by_itself(void) {
    seenby_client_t *alice = log_in("embedded:mem/itself", "alice");
    static self_t self;
    self.client = log_in("embedded:mem/itself", "bob");
    self.data = other_data("a listener that removes itself");
    self.data->inside = remove_self;
    self.data->context = &self;
    self.number = listen_to(self.client, self.data);
    char id[200];
    send_text(alice, "bob", "hello", id);
    wait_destroyed(self.data);
    CHECK_OK(self.result);
    CHECK_INT(self.destroyed_inside, 0);
    CHECK_INT(self.data->messages, 1);
    send_text(alice, "bob", "again", id);
    close_client(alice);
    close_client(self.client);
}

static void never_removed(void) {
    seenby_client_t *client = log_in("embedded:mem/never", "alice");
    user_data_t *heard[3];
    for (int i = 0; i < 3; i++) {
        heard[i] = other_data("a listener that is never removed");
        listen_to(client, heard[i]);
    }
    CHECK_OK(seenby_client_shutdown(client));
    for (int i = 0; i < 3; i++) {
        wait_destroyed(heard[i]);
    }
    close_client(client);
}

static void removed_after_shutdown(void) {
    seenby_client_t *client = log_in("embedded:mem/after", "alice");
    user_data_t *data = other_data("a listener");
    seenby_listener_id_t number = listen_to(client, data);
    CHECK_OK(seenby_client_shutdown(client));
    int32_t result = seenby_remove_listener(client, number);
    CHECK(result == SEENBY_OK || result == SEENBY_ERR_INVALID_PARAMETERS);
    wait_destroyed(data);
    close_client(client);
    CHECK_REFUSED(seenby_remove_listener(client, number), SEENBY_ERR_CLOSED, "none");
}

static void refused(void) {
    seenby_client_t *client = open_client("embedded:mem/refused");
    seenby_listener_id_t id = 77;
    seenby_listener_t listener = SEENBY_LISTENER_INIT;
    CHECK_REFUSED(seenby_add_listener(client, NULL, &id), SEENBY_ERR_INVALID_PARAMETERS, "NULL");
    /* What was refused is freed: for want of a client, for want of a place, for a client that is closed. */
    user_data_t *data = other_data("a listener without a client");
    listener = counting_listener(data);
    CHECK_REFUSED(seenby_add_listener(NULL, &listener, &id), SEENBY_ERR_CLOSED, "NULL");
    wait_destroyed(data);
    data = other_data("a listener without a place for its number");
    listener = counting_listener(data);
    CHECK_REFUSED(seenby_add_listener(client, &listener, NULL), SEENBY_ERR_INVALID_PARAMETERS, "out_id");
    wait_destroyed(data);
    data = other_data("a listener with a reserved field set");
    listener = counting_listener(data);
    listener.reserved = 1;
    CHECK_REFUSED(seenby_add_listener(client, &listener, &id), SEENBY_ERR_INVALID_PARAMETERS, "reserved");
    wait_destroyed(data);
    CHECK_OK(seenby_client_shutdown(client));
    data = other_data("a listener of a closed client");
    listener = counting_listener(data);
    CHECK_REFUSED(seenby_add_listener(client, &listener, &id), SEENBY_ERR_CLOSED, "shut down");
    wait_destroyed(data);
    close_client(client);
    data = other_data("a listener of a freed client");
    listener = counting_listener(data);
    CHECK_REFUSED(seenby_add_listener(client, &listener, &id), SEENBY_ERR_CLOSED, "none");
    wait_destroyed(data);
    /* Of a struct whose size is wrong nothing can be known. */
    listener.size = 8;
    CHECK_REFUSED(seenby_add_listener(client, &listener, &id), SEENBY_ERR_INVALID_PARAMETERS, "size");
    CHECK_INT(id, 77);
}

static void of_the_process(void) {
    seenby_client_t *shared = seenby_shared_client();
    seenby_config_t config = config_of("embedded:mem/process");
    user_data_t *data = other_data("a listener that was added before init");
    seenby_listener_id_t number = listen_to(shared, data);
    CHECK_OK(seenby_shared_init(&config));
    user_data_t *login = call_data("a login");
    seenby_login(shared, seenby_str("bob"), seenby_str("any"), login, on_done, on_destroy);
    CHECK_INT(wait_end(login), SEENBY_OK);
    seenby_client_t *alice = log_in("embedded:mem/process", "alice");
    char id[200];
    send_text(alice, "bob", "one", id);
    wait_until(has_a_message, data, "a message before uninit");
    /* It stays through uninit and the next init. */
    CHECK_OK(seenby_shared_uninit());
    CHECK_OK(seenby_shared_init(&config));
    login = call_data("the next login");
    seenby_login(shared, seenby_str("bob"), seenby_str("any"), login, on_done, on_destroy);
    CHECK_INT(wait_end(login), SEENBY_OK);
    send_text(alice, "bob", "two", id);
    wait_until(has_two_messages, data, "a message after the next init");
    CHECK_INT(data->destroyed, 0);
    CHECK_OK(seenby_remove_listener(shared, number));
    wait_destroyed(data);
    CHECK_OK(seenby_shared_uninit());
    close_client(alice);
}

static void with_no_function_at_all(void) {
    seenby_client_t *alice = log_in("embedded:mem/empty", "alice");
    seenby_client_t *bob = log_in("embedded:mem/empty", "bob");
    seenby_listener_t listener = SEENBY_LISTENER_INIT;
    seenby_listener_id_t id = 0;
    CHECK_OK(seenby_add_listener(bob, &listener, &id));
    user_data_t *data = other_data("a listener");
    listen_to(bob, data);
    char message[200];
    send_text(alice, "bob", "hello", message);
    wait_until(has_a_message, data, "the message");
    CHECK_OK(seenby_remove_listener(bob, id));
    close_client(alice);
    close_client(bob);
    wait_destroyed(data);
}

static const check_case_t cases[] = {
    CASE(added_twice),
    CASE(removed_outside),
    CASE(removed_while_running),
    CASE(removed_by_itself),
    CASE(never_removed),
    CASE(removed_after_shutdown),
    CASE(refused),
    CASE(of_the_process),
    CASE(with_no_function_at_all),
};
CASES(cases)
