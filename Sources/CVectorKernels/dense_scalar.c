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

static void float_inner4(const akin_rows *rows, const akin_query *query, const uint32_t *ids, float *distances) {
    for (size_t j = 0; j < 4; j++) {
        distances[j] = 1 - dot(query->values, akin_row(rows, ids[j]), rows->length);
    }
}

static void float_squared4(const akin_rows *rows, const akin_query *query, const uint32_t *ids, float *distances) {
    for (size_t j = 0; j < 4; j++) {
        distances[j] = squared_l2(query->values, akin_row(rows, ids[j]), rows->length);
    }
}

static void half_inner4(const akin_rows *rows, const akin_query *query, const uint32_t *ids, float *distances) {
    const float *values = query->values;
    for (size_t j = 0; j < 4; j++) {
        const uint16_t *row = akin_row(rows, ids[j]);
        float sum = 0;
        for (size_t i = 0; i < rows->length; i++) {
            float value = akin_float_of_half(row[i]);
            sum += values[i] * value;
        }
        distances[j] = 1 - sum;
    }
}

static void half_squared4(const akin_rows *rows, const akin_query *query, const uint32_t *ids, float *distances) {
    const float *values = query->values;
    for (size_t j = 0; j < 4; j++) {
        const uint16_t *row = akin_row(rows, ids[j]);
        float sum = 0;
        for (size_t i = 0; i < rows->length; i++) {
            float value = akin_float_of_half(row[i]);
            sum += (values[i] - value) * (values[i] - value);
        }
        distances[j] = sum;
    }
}

static void code_inner4(const akin_rows *rows, const akin_query *query, const uint32_t *ids, float *distances) {
    for (size_t j = 0; j < 4; j++) {
        int32_t sum = code_dot(query->values, akin_row(rows, ids[j]), rows->length);
        distances[j] = akin_code_inner(rows, query, ids[j], sum);
    }
}

static void code_squared4(const akin_rows *rows, const akin_query *query, const uint32_t *ids, float *distances) {
    for (size_t j = 0; j < 4; j++) {
        int32_t sum = code_dot(query->values, akin_row(rows, ids[j]), rows->length);
        distances[j] = akin_code_squared(rows, query, ids[j], sum);
    }
}

static ROWS_TARGET int32_t query_from_row(const uint8_t *row, size_t length, int8_t *codes) {
    return akin_signed_codes(row, length, codes);
}

static ROWS_TARGET size_t merge(
    uint64_t *queue, size_t *count, size_t capacity, const uint64_t *candidates, size_t n
) {
    return akin_merge_candidates(queue, count, capacity, candidates, n);
}

static ROWS_TARGET size_t keep_near(
    const float *distances, const float *residuals, const float *norms, size_t n, akin_bound bound, float limit,
    float *least, uint32_t *kept
) {
    return akin_keep_near_rows(distances, residuals, norms, n, bound, limit, least, kept);
}

#define ROWS_NAME float_inner
#define ROWS_DISTANCE4 float_inner4
#include "dense_rows_template.h"
#define ROWS_NAME float_squared
#define ROWS_DISTANCE4 float_squared4
#include "dense_rows_template.h"
#define ROWS_NAME half_inner
#define ROWS_DISTANCE4 half_inner4
#include "dense_rows_template.h"
#define ROWS_NAME half_squared
#define ROWS_DISTANCE4 half_squared4
#include "dense_rows_template.h"
#define ROWS_NAME code_inner
#define ROWS_DISTANCE4 code_inner4
#include "dense_rows_template.h"
#define ROWS_NAME code_squared
#define ROWS_DISTANCE4 code_squared4
#include "dense_rows_template.h"

const akin_dense_kernels *akin_dense_kernels_scalar(void) {
    static const akin_dense_kernels table = {
        .name = "scalar",
        .dot = dot,
        .squared_l2 = squared_l2,
        .code_dot = code_dot,
        .query_from_row = query_from_row,
        .merge = merge,
        .keep_near = keep_near,
        .float_inner = {float_inner_score, float_inner_scan, float_inner_near, float_inner_any_nearer},
        .float_squared = {float_squared_score, float_squared_scan, float_squared_near, float_squared_any_nearer},
        .half_inner = {half_inner_score, half_inner_scan, half_inner_near, half_inner_any_nearer},
        .half_squared = {half_squared_score, half_squared_scan, half_squared_near, half_squared_any_nearer},
        .code_inner = {code_inner_score, code_inner_scan, code_inner_near, code_inner_any_nearer},
        .code_squared = {code_squared_score, code_squared_scan, code_squared_near, code_squared_any_nearer},
    };
    return &table;
}
