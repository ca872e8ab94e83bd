/*
 * SeenBy: exact read receipts for any chat app. The C interface.
 *
 * docs/c-abi.md explains the conventions: who owns what, which thread calls, how errors come, what may change.
 * Rules in brackets (R7) are those of docs/SPEC.md.
 *
 * Calls that take a callback return at once. The callback comes exactly once, errors included, on the client's delivery
 * thread or by its dispatcher, never inside the call; what it is given lives until it returns. It may be NULL.
 * Functions that return int32_t answer SEENBY_OK or the number of an error, of which seenby_last_error() has the sentence;
 * they write their results on success only. Every function may be called from any thread, and from inside a callback.
 *
 * Rendered from ffi/src/capi; do not edit. SPDX-License-Identifier: MIT OR Apache-2.0
 */

#ifndef SEENBY_H
#define SEENBY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A program that links the static library on Windows defines SEENBY_STATIC. */
#ifndef SEENBY_API
#if defined(_WIN32) && !defined(SEENBY_STATIC)
#define SEENBY_API __declspec(dllimport)
#else
#define SEENBY_API
#endif
#endif

/** The version of SeenBy that this header belongs to; seenby_version() says which one the library is. */
#define SEENBY_VERSION "@VERSION@"
#define SEENBY_VERSION_MAJOR @MAJOR@
#define SEENBY_VERSION_MINOR @MINOR@
#define SEENBY_VERSION_PATCH @PATCH@

#ifdef __cplusplus
extern "C" {
#endif

