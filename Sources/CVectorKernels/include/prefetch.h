#ifndef AKIN_PREFETCH_H
#define AKIN_PREFETCH_H

#include <stddef.h>

/* Fetches some bytes into the processor's caches, line by line. It reads nothing, so any address may be given. */
static inline void akin_prefetch(const void *start, size_t count) {
    const char *bytes = (const char *)start;
    for (size_t offset = 0; offset < count; offset += 64) {
        __builtin_prefetch(bytes + offset);
    }
}

#endif
