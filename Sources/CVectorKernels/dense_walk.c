// The steps of a graph walk that read links: none of them compares rows, so one form serves every instruction set.

#include "dense_rows.h"

size_t akin_gather(const akin_rows *rows, const uint32_t *links, size_t width, uint64_t *seen, uint32_t *fresh) {
    size_t n = 0;
    for (size_t i = 0; i < width; i++) {
        uint32_t id = links[i];
        if (id >= rows->count) break;
        uint64_t word = seen[id >> 6], bit = 1ull << (id & 63);
        fresh[n] = id;
        n += (word & bit) == 0;
        seen[id >> 6] = word | bit;
    }
    akin_fetch_rows(rows, fresh, n);
    return n;
}

void akin_look_ahead(const akin_rows *rows, const uint32_t *links, size_t width, const uint64_t *seen) {
    for (size_t i = 0; i < width; i++) {
        uint32_t id = links[i];
        if (id >= rows->count) break;
        if ((seen[id >> 6] >> (id & 63) & 1) == 0) akin_prefetch_row(rows, id);
    }
}

void akin_fetch_rows(const akin_rows *rows, const uint32_t *ids, size_t n) {
    for (size_t i = 0; i < n; i++) akin_prefetch_row(rows, ids[i]);
}
