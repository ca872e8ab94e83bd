/* Every function that takes a client, with arguments that are good, so that only the client is not. */
#ifndef CALLS_H
#define CALLS_H

#include "check.h"

/* One that ends in a callback. */
typedef struct async_call_t {
    const char *name;
    seenby_call_t (*begin)(seenby_client_t *client, user_data_t *data, bool with_callback);
} async_call_t;

extern const async_call_t async_calls[];
extern const size_t async_call_count;

/* One that answers at once, and needs an open client. */
typedef struct sync_call_t {
    const char *name;
    int32_t (*call)(seenby_client_t *client);
} sync_call_t;

extern const sync_call_t sync_calls[];
extern const size_t sync_call_count;

/* Each of them with this client must fail with this number: sync at once, async through its callback, once. */
void check_all_refuse(seenby_client_t *client, int32_t code);
/* All but this one, which answers. */
void check_all_refuse_but(seenby_client_t *client, int32_t code, const char *answers);

#endif
