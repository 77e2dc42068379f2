#define _GNU_SOURCE
#include "CPages.h"

#include <stdint.h>
#include <string.h>
#include <sys/mman.h>

/// Maps a range at a multiple of `alignment`: a longer one without its ends.
static void *map_aligned(size_t bytes, size_t alignment, int protection) {
    int flags = MAP_PRIVATE | MAP_ANONYMOUS;
#ifdef MAP_NORESERVE
    flags |= MAP_NORESERVE;
#endif
    if (bytes > SIZE_MAX - alignment) return NULL;
    char *start = mmap(NULL, bytes + alignment, protection, flags, -1, 0);
    if (start == MAP_FAILED) return NULL;
    char *aligned = (char *)(((uintptr_t)start + alignment - 1) & ~(uintptr_t)(alignment - 1));
    if (aligned > start) munmap(start, (size_t)(aligned - start));
    size_t rest = (size_t)(start + alignment - aligned);
    if (rest > 0) munmap(aligned + bytes, rest);
    return aligned;
}

void *akin_pages_allocate(size_t bytes, size_t alignment) {
    return map_aligned(bytes, alignment, PROT_READ | PROT_WRITE);
}

void *akin_pages_grow(void *pages, size_t bytes, size_t new_bytes, size_t alignment) {
#ifdef __linux__
    // The system moves the entries of its page tables, into a range that keeps large pages whole.
    void *target = map_aligned(new_bytes, alignment, PROT_NONE);
    if (!target) return NULL;
    void *moved = mremap(pages, bytes, new_bytes, MREMAP_MAYMOVE | MREMAP_FIXED, target);
    if (moved != MAP_FAILED) return moved;
    munmap(target, new_bytes);
    return NULL;
#else
    void *target = map_aligned(new_bytes, alignment, PROT_READ | PROT_WRITE);
    if (!target) return NULL;
    memcpy(target, pages, bytes);
    munmap(pages, bytes);
    return target;
#endif
}

void akin_pages_free(void *pages, size_t bytes) { munmap(pages, bytes); }
