
#ifdef __cplusplus
}  /* extern "C" */
#endif

/* ---- Beginnings ---------------------------------------------------------------------------------------------------- */

/* Structs that the host fills begin as:  seenby_config_t config = SEENBY_CONFIG_INIT;  */
#ifdef __cplusplus
namespace seenby_detail {
template <class T>
inline T begin() {
    T value = T();
    value.size = static_cast<uint32_t>(sizeof(T));
    return value;
}
inline seenby_config_t begin_config() {
    seenby_config_t value = begin<seenby_config_t>();
    value.abi_version = SEENBY_ABI_VERSION;
    return value;
}
inline seenby_message_ref_t begin_message_ref() {
    seenby_message_ref_t value = begin<seenby_message_ref_t>();
    value.is_self = SEENBY_UNKNOWN;
    value.need_read_receipt = SEENBY_UNKNOWN;
    return value;
}
}  // namespace seenby_detail
#define SEENBY_CONFIG_INIT ::seenby_detail::begin_config()
#define SEENBY_OUTGOING_MESSAGE_INIT ::seenby_detail::begin<seenby_outgoing_message_t>()
#define SEENBY_MESSAGE_REF_INIT ::seenby_detail::begin_message_ref()
#define SEENBY_HISTORY_QUERY_INIT ::seenby_detail::begin<seenby_history_query_t>()
#define SEENBY_SPOOL_TARGET_INIT ::seenby_detail::begin<seenby_spool_target_t>()
#define SEENBY_DRAW_QUERY_INIT ::seenby_detail::begin<seenby_draw_query_t>()
#define SEENBY_LISTENER_INIT ::seenby_detail::begin<seenby_listener_t>()
#else
#define SEENBY_CONFIG_INIT { .size = sizeof(seenby_config_t), .abi_version = SEENBY_ABI_VERSION }
#define SEENBY_OUTGOING_MESSAGE_INIT { .size = sizeof(seenby_outgoing_message_t) }
#define SEENBY_MESSAGE_REF_INIT \
    { .size = sizeof(seenby_message_ref_t), .is_self = SEENBY_UNKNOWN, .need_read_receipt = SEENBY_UNKNOWN }
#define SEENBY_HISTORY_QUERY_INIT { .size = sizeof(seenby_history_query_t) }
#define SEENBY_SPOOL_TARGET_INIT { .size = sizeof(seenby_spool_target_t) }
#define SEENBY_DRAW_QUERY_INIT { .size = sizeof(seenby_draw_query_t) }
#define SEENBY_LISTENER_INIT { .size = sizeof(seenby_listener_t) }
#endif

/** A text that ends with a NUL byte. NULL is "not set". */
static inline seenby_str_t seenby_str(const char *text) {
    seenby_str_t str;
    str.data = text;
    str.len = 0;
    while (text && text[str.len]) {
        str.len++;
    }
    return str;
}

#endif /* SEENBY_H */
