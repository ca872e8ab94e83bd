"""A binding of SeenBy in another language, as small as it can be: Python's ctypes over seenby.h, one call of each kind.

    SEENBY_LIBRARY=path/to/libseenby.so python3 receipt.py

A real binding would go on like this: a class for each handle, a struct for each struct, a future for each call.
"""

import ctypes as c
import itertools
import os
import sys
from concurrent.futures import Future

NAMES = {"win32": "seenby.dll", "darwin": "libseenby.dylib"}
lib = c.CDLL(os.environ.get("SEENBY_LIBRARY") or NAMES.get(sys.platform, "libseenby.so"))  # and never unload it
ABI = 1
if lib.seenby_abi_version() != ABI:
    sys.exit(f"this was written for version {ABI} of the interface, and the library has {lib.seenby_abi_version()}")


class Str(c.Structure):
    _fields_ = [("data", c.c_char_p), ("len", c.c_size_t)]  # what the library gives ends with a NUL byte: .data works


class Error(c.Structure):
    _fields_ = [("code", c.c_int32), ("message", Str), ("retry_after_ms", c.c_uint64)]


class Receipt(c.Structure):  # only the beginning: it comes by pointer, so what follows need not be known
    _fields_ = [("msg_id", Str), ("conversation_id", Str), ("user_id", Str), ("group_id", Str), ("seq", c.c_uint64),
                ("timestamp_ms", c.c_int64), ("read_count", c.c_uint32), ("unread_count", c.c_uint32)]


class Message(c.Structure):  # only the beginning
    _fields_ = [("msg_id", Str), ("conversation_id", Str)]


class Config(c.Structure):  # what the host fills is written out whole, and begins with its size
    _fields_ = [("size", c.c_uint32), ("abi_version", c.c_uint32), ("app", c.c_uint32), ("allow_plain", c.c_uint8),
                ("with_readers", c.c_uint8), ("reserved", c.c_uint16), ("server", Str), ("data_dir", Str),
                ("device_label", Str), ("ca_file", Str), ("proxy", Str), ("client_name", Str), ("pins", c.c_void_p),
                ("pin_count", c.c_size_t), ("seen_for_ms", c.c_uint32), ("request_timeout_ms", c.c_uint32),
                ("connect_timeout_ms", c.c_uint32), ("reserved2", c.c_uint32), ("dispatch", c.c_void_p * 3),
                ("token_provider", c.c_void_p * 3)]


class OutgoingMessage(c.Structure):
    _fields_ = [("size", c.c_uint32), ("body", c.c_int32), ("priority", c.c_int32), ("need_read_receipt", c.c_uint8),
                ("flags", c.c_uint8 * 3), ("msg_id", Str), ("text", Str), ("data", Str), ("description", Str),
                ("extension", Str), ("cloud_custom_data", Str)]


class MessageRef(c.Structure):
    _fields_ = [("size", c.c_uint32), ("is_self", c.c_int32), ("need_read_receipt", c.c_int32), ("reserved", c.c_uint32),
                ("msg_id", Str), ("conversation_id", Str), ("sender", Str), ("seq", c.c_uint64)]


# Callbacks: error first (NULL: none), then what the call answers. `read` takes out what is to be kept, for what they are
# given lives until they return.
DONE = c.CFUNCTYPE(None, c.c_void_p, c.POINTER(Error))
TEXT = c.CFUNCTYPE(None, c.c_void_p, c.POINTER(Error), Str)
MESSAGE = c.CFUNCTYPE(None, c.c_void_p, c.POINTER(Error), c.POINTER(Message))
RECEIPTS = c.CFUNCTYPE(None, c.c_void_p, c.POINTER(Error), c.POINTER(c.POINTER(Receipt)), c.c_size_t)
DESTROY = c.CFUNCTYPE(None, c.c_void_p)

# Calls under way, by the number that goes through the library as user data: the future, the error, the value.
calls, numbers = {}, itertools.count(1)


@DESTROY
def destroy(number):
    """Comes exactly once, and last: after it the library knows nothing more of the call, so nothing runs when Python ends."""
    future, error, value = calls.pop(number)
    future.set_result(value) if error is None else future.set_exception(error)


def ending(kind, read):
    def end(number, error, *answer):
        if error:
            what = error.contents
            calls[number][1] = RuntimeError(f"{what.code}: {what.message.data.decode()}")
        else:
            calls[number][2] = read(*answer)

    return kind(end)


on_done = ending(DONE, lambda: None)
on_text = ending(TEXT, lambda text: text.data.decode())
on_message = ending(MESSAGE, lambda message: message.contents.msg_id.data.decode())
on_receipts = ending(RECEIPTS, lambda receipts, count: [
    (receipts[i].contents.read_count, receipts[i].contents.unread_count) for i in range(count)])


def text(value):
    data = value.encode()
    return Str(data, len(data))


def call(function, *arguments, ends):
    """Begins a call and waits for its end; an app would await the future instead."""
    future, number = Future(), next(numbers)
    calls[number] = [future, None, None]
    getattr(lib, function)(*arguments, c.c_void_p(number), ends, destroy)
    return future.result(timeout=30)


def check(code):
    if code != 0:
        raise RuntimeError(lib.seenby_last_error().contents.message.data.decode())


lib.seenby_last_error.restype = c.POINTER(Error)


def client(user):
    config = Config(c.sizeof(Config), ABI, 1, server=text("embedded:mem/lunch"), device_label=text(user))
    handle = c.c_void_p()
    check(lib.seenby_client_new(c.byref(config), c.byref(handle)))
    call("seenby_login", handle, text(user), text(""), ends=on_done)
    return handle


alice, bob = client("alice"), client("bob")
members = (Str * 2)(text("bob"), text("carol"))
call("seenby_create_group", alice, text("Work"), text("lunch"), text("Lunch"), members, c.c_size_t(2), ends=on_text)

lunch = OutgoingMessage(c.sizeof(OutgoingMessage), body=1, need_read_receipt=1, text=text("Lunch at noon?"))
msg_id = call("seenby_send_message", alice, c.byref(lunch), Str(), text("lunch"), None, ends=on_message)

seen = MessageRef(c.sizeof(MessageRef), -1, -1, 0, text(msg_id), text("group_lunch"))
call("seenby_send_message_read_receipts", bob, c.byref(seen), c.c_size_t(1), ends=on_done)

own = MessageRef(c.sizeof(MessageRef), 1, 1, 0, text(msg_id), text("group_lunch"))
[(read, unread)] = call("seenby_get_message_read_receipts", alice, c.byref(own), c.c_size_t(1), ends=on_receipts)
print(f"{read} have read it, {unread} have not")

check(lib.seenby_client_free(bob))
check(lib.seenby_client_free(alice))
sys.exit(0 if (read, unread) == (1, 1) else 1)
