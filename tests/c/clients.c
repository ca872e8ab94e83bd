/* Clients of a service in memory, as many tests need them. */
#include "check.h"

#include <string.h>

seenby_config_t config_of(const char *service) {
    seenby_config_t config = SEENBY_CONFIG_INIT;
    config.app = APP;
    config.server = seenby_str(service);
    return config;
}

seenby_client_t *open_client(const char *service) {
    seenby_config_t config = config_of(service);
    seenby_client_t *client = NULL;
    CHECK_OK(seenby_client_new(&config, &client));
    CHECK(client != NULL);
    return client;
}

seenby_client_t *log_in(const char *service, const char *user) {
    seenby_client_t *client = open_client(service);
    user_data_t *login = call_data("a login");
    seenby_login(client, seenby_str(user), seenby_str("any"), login, on_done, on_destroy);
    CHECK_INT(wait_end(login), SEENBY_OK);
    return client;
}

void close_client(seenby_client_t *client) { CHECK_OK(seenby_client_free(client)); }

/* Under the lock. */
static void add_message(void *context) {
    user_data_t *data = context;
    CHECK_INT(data->destroyed, 0);
    data->messages++;
}

static void add_receipt(void *context) {
    user_data_t *data = context;
    CHECK_INT(data->destroyed, 0);
    data->receipts++;
}

static void count_message(void *user_data, const seenby_message_t *message) {
    user_data_t *data = user_data;
    CHECK(message->msg_id.len > 0);
    if (data->inside) {
        data->inside(data->context);
    }
    change(add_message, data);
}

static void count_receipts(void *user_data, const seenby_receipt_t *const *receipts, size_t count) {
    for (size_t i = 0; i < count; i++) {
        CHECK(receipts[i]->msg_id.len > 0);
        change(add_receipt, user_data);
    }
}

seenby_listener_t counting_listener(user_data_t *data) {
    seenby_listener_t listener = SEENBY_LISTENER_INIT;
    listener.user_data = data;
    listener.destroy = on_destroy;
    listener.on_recv_new_message = count_message;
    listener.on_recv_message_read_receipts = count_receipts;
    return listener;
}

void send_text(seenby_client_t *client, const char *receiver, const char *text, char id[200]) {
    seenby_outgoing_message_t message = SEENBY_OUTGOING_MESSAGE_INIT;
    message.body = SEENBY_BODY_TEXT;
    message.need_read_receipt = 1;
    message.text = seenby_str(text);
    user_data_t *sent = call_data("a message");
    seenby_send_message(client, &message, seenby_str(receiver), seenby_str(NULL), NULL, sent, on_message, on_destroy);
    CHECK_INT(wait_end(sent), SEENBY_OK);
    CHECK(sent->text[0] != '\0');
    memcpy(id, sent->text, sizeof sent->text);
}

seenby_message_ref_t reference(const char *id) {
    seenby_message_ref_t reference = SEENBY_MESSAGE_REF_INIT;
    reference.msg_id = seenby_str(id);
    reference.is_self = 0;
    reference.need_read_receipt = 1;
    return reference;
}
