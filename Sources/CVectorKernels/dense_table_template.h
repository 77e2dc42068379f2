// The end of a file of kernels, as a template: no include guard, included once by the file of each instruction set. The
// file has defined dot, squared_l2, code_dot, the seven functions that dense_rows_template.h takes as ROWS_DISTANCE4,
// and
//
//   TABLE_NAME       the name of the instruction set, as a string
//   TABLE_FUNCTION   the name of the function that returns the table
//   ROWS_TARGET      the target attribute of the instruction set, or nothing
//
// The functions here have no intrinsics. Each instruction set compiles them for itself.

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
#define ROWS_NAME float_cosine
#define ROWS_DISTANCE4 float_cosine4
#include "dense_rows_template.h"
#define ROWS_NAME half_cosine
#define ROWS_DISTANCE4 half_cosine4
#include "dense_rows_template.h"
#define ROWS_NAME code
#define ROWS_DISTANCE4 code4
#include "dense_rows_template.h"

const akin_dense_kernels *TABLE_FUNCTION(void) {
    static const akin_dense_kernels table = {
        .name = TABLE_NAME,
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
        .float_cosine = {float_cosine_score, float_cosine_scan, float_cosine_near, float_cosine_any_nearer},
        .half_cosine = {half_cosine_score, half_cosine_scan, half_cosine_near, half_cosine_any_nearer},
        .code = {code_score, code_scan, code_near, code_any_nearer},
    };
    return &table;
}
