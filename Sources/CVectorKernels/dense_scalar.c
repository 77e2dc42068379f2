// The kernels in plain C: what the others must equal, and what runs where no other does.

#include "dense_rows.h"

#define ROWS_TARGET

static float dot(const float *a, const float *b, size_t n) {
    float sum = 0;
    for (size_t i = 0; i < n; i++) sum += a[i] * b[i];
    return sum;
}

static float squared_l2(const float *a, const float *b, size_t n) {
    float sum = 0;
    for (size_t i = 0; i < n; i++) {
        float difference = a[i] - b[i];
        sum += difference * difference;
    }
    return sum;
}

static int32_t code_dot(const int8_t *query, const uint8_t *row, size_t n) {
    int32_t sum = 0;
    for (size_t i = 0; i < n; i++) sum += query[i] * (row[i] - 128);
    return sum;
}

/// An element of a row of floats or halves.
AKIN_INLINE float element(const void *row, size_t i, int half) {
    return half ? akin_float_of_half(((const uint16_t *)row)[i]) : ((const float *)row)[i];
}

AKIN_INLINE float row_dot(const float *query, const void *row, size_t n, int half) {
    float sum = 0;
    for (size_t i = 0; i < n; i++) sum += query[i] * element(row, i, half);
    return sum;
}

AKIN_INLINE float row_squared(const float *query, const void *row, size_t n, int half, float scale) {
    float sum = 0;
    for (size_t i = 0; i < n; i++) {
        float difference = query[i] - scale * element(row, i, half);
        sum += difference * difference;
    }
    return sum;
}

AKIN_INLINE void inner4(const akin_rows *r, const akin_query *q, const uint32_t *ids, float *distances, int half) {
    for (size_t j = 0; j < 4; j++) distances[j] = 0 - row_dot(q->values, akin_row(r, ids[j]), r->length, half);
}

AKIN_INLINE void squared4(const akin_rows *r, const akin_query *q, const uint32_t *ids, float *distances, int half) {
    for (size_t j = 0; j < 4; j++) {
        distances[j] = row_squared(q->values, akin_row(r, ids[j]), r->length, half, q->scale);
    }
}

AKIN_INLINE void cosine4(const akin_rows *r, const akin_query *q, const uint32_t *ids, float *distances, int half) {
    for (size_t j = 0; j < 4; j++) {
        const void *row = akin_row(r, ids[j]);
        distances[j] = 1 - row_dot(q->values, row, r->length, half);
        if (distances[j] < akin_near_cosine) distances[j] = row_squared(q->values, row, r->length, half, 1) / 2;
    }
}

static void float_inner4(const akin_rows *r, const akin_query *q, const uint32_t *ids, float *distances) {
    inner4(r, q, ids, distances, 0);
}

static void float_squared4(const akin_rows *r, const akin_query *q, const uint32_t *ids, float *distances) {
    squared4(r, q, ids, distances, 0);
}

static void float_cosine4(const akin_rows *r, const akin_query *q, const uint32_t *ids, float *distances) {
    cosine4(r, q, ids, distances, 0);
}

static void half_inner4(const akin_rows *r, const akin_query *q, const uint32_t *ids, float *distances) {
    inner4(r, q, ids, distances, 1);
}

static void half_squared4(const akin_rows *r, const akin_query *q, const uint32_t *ids, float *distances) {
    squared4(r, q, ids, distances, 1);
}

static void half_cosine4(const akin_rows *r, const akin_query *q, const uint32_t *ids, float *distances) {
    cosine4(r, q, ids, distances, 1);
}

static void code4(const akin_rows *r, const akin_query *q, const uint32_t *ids, float *distances) {
    for (size_t j = 0; j < 4; j++) {
        int32_t sum = code_dot(q->values, akin_row(r, ids[j]), r->length);
        distances[j] = akin_code_distance(r, q, ids[j], sum);
    }
}

#define TABLE_NAME "scalar"
#define TABLE_FUNCTION akin_dense_kernels_scalar
#include "dense_table_template.h"
