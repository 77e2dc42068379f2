// The ways of comparing a query with rows, as a template: no include guard, included once for each combination
// of instruction set, element type and metric, after defining
//
//   ROWS_NAME        prefix of the functions
//   ROWS_TARGET      the target attribute of the instruction set, or nothing; kept
//   ROWS_DISTANCE4   void (const akin_rows *, const akin_query *, const uint32_t ids[4], float distances[4])
//
// Rows are always scored four at a time: the loads of the query are shared, four sums are in flight, and a row's
// distance has the same bits wherever it stands. An incomplete four is filled up with a repeated id.

#include "dense_rows.h"

#define AKIN_JOIN_(a, b) a##_##b
#define AKIN_JOIN(a, b) AKIN_JOIN_(a, b)

static ROWS_TARGET void AKIN_JOIN(ROWS_NAME, score)(
    const akin_rows *rows, const akin_query *query, const uint32_t *ids, size_t n, float *distances
) {
    for (size_t i = 0; i < n && i < akin_rows_ahead; i++) akin_prefetch_row(rows, ids[i]);
    for (size_t i = 0; i < n; i += 4) {
        for (size_t j = i + akin_rows_ahead; j < n && j < i + akin_rows_ahead + 4; j++) akin_prefetch_row(rows, ids[j]);
        if (i + 4 <= n) {
            ROWS_DISTANCE4(rows, query, ids + i, distances + i);
        } else {
            uint32_t four[4];
            float result[4];
            for (size_t j = 0; j < 4; j++) four[j] = ids[i + j < n ? i + j : n - 1];
            ROWS_DISTANCE4(rows, query, four, result);
            for (size_t j = 0; i + j < n; j++) distances[i + j] = result[j];
        }
    }
}

static ROWS_TARGET void AKIN_JOIN(ROWS_NAME, scan)(
    const akin_rows *rows, const akin_query *query, uint32_t first, size_t n, float *distances
) {
    size_t i = 0;
    for (; i + 4 <= n; i += 4) {
        uint32_t id = first + (uint32_t)i;
        uint32_t four[4] = {id, id + 1, id + 2, id + 3};
        ROWS_DISTANCE4(rows, query, four, distances + i);
    }
    if (i < n) {
        uint32_t four[4];
        float result[4];
        for (size_t j = 0; j < 4; j++) four[j] = first + (uint32_t)(i + j < n ? i + j : n - 1);
        ROWS_DISTANCE4(rows, query, four, result);
        for (size_t j = 0; i + j < n; j++) distances[i + j] = result[j];
    }
}

static ROWS_TARGET int AKIN_JOIN(ROWS_NAME, any_nearer)(
    const akin_rows *rows, const akin_query *query, const uint32_t *ids, size_t n, float limit
) {
    for (size_t i = 0; i < n; i += 4) {
        uint32_t four[4];
        float result[4];
        for (size_t j = 0; j < 4; j++) four[j] = ids[i + j < n ? i + j : n - 1];
        ROWS_DISTANCE4(rows, query, four, result);
        if ((result[0] < limit) | (result[1] < limit) | (result[2] < limit) | (result[3] < limit)) return 1;
    }
    return 0;
}

static ROWS_TARGET size_t AKIN_JOIN(ROWS_NAME, near)(
    const akin_rows *rows, const akin_query *query, const uint32_t *ids, size_t n, uint64_t limit,
    const uint32_t *lists, size_t width, uint64_t *candidates
) {
    size_t kept = 0;
    for (size_t i = 0; i < n; i += 4) {
        uint32_t four[4];
        float distances[4];
        for (size_t j = 0; j < 4; j++) four[j] = ids[i + j < n ? i + j : n - 1];
        ROWS_DISTANCE4(rows, query, four, distances);
        size_t end = n - i < 4 ? n - i : 4;
        for (size_t j = 0; j < end; j++) {
            uint64_t candidate = (uint64_t)akin_ordered(distances[j]) << 32 | (uint64_t)four[j] << 1;
            candidates[kept] = candidate;
            if (candidate >= limit) continue;
            kept++;
            if (lists) akin_prefetch_list(lists, width, four[j]);
        }
    }
    return kept;
}

#undef AKIN_JOIN_
#undef AKIN_JOIN
#undef ROWS_NAME
#undef ROWS_DISTANCE4
