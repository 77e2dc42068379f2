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

#define TABLE_NAME "scalar"
#define TABLE_FUNCTION akin_dense_kernels_scalar
#include "dense_table_template.h"
