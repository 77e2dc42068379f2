// What the kernels of every instruction set share.

#ifndef AKIN_DENSE_ROWS_H
#define AKIN_DENSE_ROWS_H

#include "dense_kernels.h"

#include <string.h>

/// Marks a function that must be compiled for the instruction set of the function that calls it.
#define AKIN_INLINE static inline __attribute__((always_inline))

enum {
    /// The bytes that are prefetched at the start of a row. The processor's own prefetcher brings the rest.
    akin_prefetched_bytes = 512,

    /// The rows that are prefetched before they are compared, if they were not prefetched long before.
    akin_rows_ahead = 16,
};

/// The distance below which cosine kernels compare by |q - x|^2 / 2. The inner product of vectors of length 1 is off by
/// about 1e-7, which is less than 1e-4 of this.
static const float akin_near_cosine = 0x1p-8f;

static inline const void *akin_row(const akin_rows *rows, uint32_t id) {
    return (const char *)rows->rows + (size_t)id * rows->stride;
}

/// Prefetches a row into the second-level cache. The first level has too few places for lines on their way: searches
/// then take 11 to 16 % longer (`Benchmarks/Results/2026-11-25-kernels.md`).
static inline void akin_prefetch_row(const akin_rows *rows, uint32_t id) {
    const char *row = akin_row(rows, id);
    size_t bytes = rows->stride < akin_prefetched_bytes ? rows->stride : akin_prefetched_bytes;
    for (size_t i = 0; i < bytes; i += 64) __builtin_prefetch(row + i, 0, 2);
}

/// Prefetches the two lines of a list of links that a walk over level 0 reads.
static inline void akin_prefetch_list(const uint32_t *lists, size_t width, uint32_t id) {
    const char *list = (const char *)(lists + (size_t)id * width);
    for (size_t i = 0; i < width * sizeof *lists; i += 64) __builtin_prefetch(list + i, 0, 3);
}

/// An integer that sorts as the float does. NaN sorts at one of the ends.
static inline uint32_t akin_ordered(float value) {
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits ^ ((uint32_t)((int32_t)bits >> 31) | 0x80000000u);
}

/// The value of an IEEE 754 binary16.
static inline float akin_float_of_half(uint16_t half) {
    uint32_t bits = (half & 0x7fffu) << 13;
    float magnitude;
    memcpy(&magnitude, &bits, sizeof bits);
    magnitude *= 0x1p112f;      // the difference of the exponents' biases; subnormal halves become normal
    memcpy(&bits, &magnitude, sizeof bits);
    bits |= (magnitude >= 65536.0f ? 0x7f800000u : 0) | (half & 0x8000u) << 16;
    memcpy(&magnitude, &bits, sizeof bits);
    return magnitude;
}

// Functions without intrinsics. Each instruction set compiles them for itself, and the compiler vectorizes the loops.

/// Makes unsigned codes signed. Returns their sum.
AKIN_INLINE int32_t akin_signed_codes(const uint8_t *row, size_t length, int8_t *codes) {
    int32_t sum = 0;
    for (size_t i = 0; i < length; i++) {
        int8_t code = (int8_t)(row[i] ^ 0x80);
        codes[i] = code;
        sum += code;
    }
    return sum;
}

/// How many of the ascending numbers are below one. It bisects while there are many, then counts without a branch.
AKIN_INLINE size_t akin_place(const uint64_t *ascending, size_t n, uint64_t number) {
    size_t start = 0;
    while (n > 64) {
        size_t half = n / 2;
        start += ascending[start + half - 1] < number ? half : 0;
        n -= half;
    }
    size_t below = 0;
    for (size_t i = 0; i < n; i++) below += ascending[start + i] < number;
    return start + below;
}

/// See `akin_keep_near`. Few rows are near, so one comparison skips sixteen.
AKIN_INLINE size_t akin_keep_near_rows(
    const float *restrict distances, const float *restrict residuals, const float *restrict norms, size_t n,
    akin_bound bound, float limit, float *restrict least, uint32_t *restrict kept
) {
    for (size_t i = 0; i < n; i++) {
        float per_norm = bound.per_norm + norms[i] * bound.per_squared_norm;
        least[i] = distances[i] - (residuals[i] * bound.per_residual + norms[i] * per_norm + bound.constant);
    }
    size_t count = 0, i = 0;
    for (; i + 16 <= n; i += 16) {
        uint32_t near = 0;
        for (size_t j = 0; j < 16; j++) near |= !(least[i + j] > limit);
        if (!near) continue;
        for (size_t j = i; j < i + 16; j++) {
            kept[count] = (uint32_t)j;
            count += !(least[j] > limit);
        }
    }
    for (; i < n; i++) {
        kept[count] = (uint32_t)i;
        count += !(least[i] > limit);
    }
    return count;
}

/// See `akin_merge`.
AKIN_INLINE size_t akin_merge_candidates(
    uint64_t *queue, size_t *count, size_t capacity, const uint64_t *candidates, size_t n
) {
    size_t kept = *count, lowest = capacity;
    for (size_t i = 0; i < n; i++) {
        size_t place = akin_place(queue, kept, candidates[i]);
        if (place == capacity) continue;
        size_t moved = (kept < capacity ? kept : capacity - 1) - place;
        memmove(queue + place + 1, queue + place, moved * sizeof *queue);
        queue[place] = candidates[i];
        kept += kept < capacity;
        lowest = place < lowest ? place : lowest;
    }
    *count = kept;
    return lowest;
}

/// The distance of a row of codes, with the integer sum of the products of its codes and the query's.
static inline float akin_code_distance(const akin_rows *rows, const akin_query *query, uint32_t id, int32_t sum) {
    akin_factors row = rows->factors[id];
    float product = (float)sum * query->scale * row.scale;
    return query->constant + query->weight * row.offset + product;
}

#endif
