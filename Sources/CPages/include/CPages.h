#ifndef AKIN_PAGES_H
#define AKIN_PAGES_H

#include <stddef.h>

/// Gives whole pages of the process, at a multiple of `alignment`, which must be a power of two; NULL if there are none.
/// They are 0 when first read.
void *akin_pages_allocate(size_t bytes, size_t alignment);

/// Makes a range of pages longer, at another address, without copying what they hold; NULL if that fails, and then
/// nothing has changed. The address is a multiple of `alignment`, and the old one is no longer valid.
void *akin_pages_grow(void *pages, size_t bytes, size_t new_bytes, size_t alignment);

/// Gives pages back.
void akin_pages_free(void *pages, size_t bytes);

/// Fetches some bytes into the processor's caches, line by line. It reads nothing, so any address may be given.
static inline void akin_pages_prefetch(const void *start, size_t bytes) {
    for (size_t offset = 0; offset < bytes; offset += 64) {
        __builtin_prefetch((const char *)start + offset);
    }
}

#endif
