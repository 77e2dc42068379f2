// The code kernels for NEON with the dot product instructions of ARMv8.2; all else is taken from the table for NEON.

#if defined(__aarch64__)

#include "dense_rows.h"
#include "dense_tables.h"

#include <arm_neon.h>

#if defined(__clang__)
#define ROWS_TARGET __attribute__((target("dotprod")))
#else
#define ROWS_TARGET __attribute__((target("arch=armv8.2-a+dotprod")))
#endif

/// Sixteen codes, the unsigned ones made signed.
AKIN_INLINE ROWS_TARGET int8x16_t load_codes(const uint8_t *codes) {
    return vreinterpretq_s8_u8(veorq_u8(vld1q_u8(codes), vdupq_n_u8(0x80)));
}

/// The first `left` of the sixteen codes, zeros for the others.
AKIN_INLINE ROWS_TARGET int8x16_t load_query_some(const int8_t *codes, size_t left) {
    int8_t some[16] = {0};
    memcpy(some, codes, left);
    return vld1q_s8(some);
}

AKIN_INLINE ROWS_TARGET int8x16_t load_codes_some(const uint8_t *codes, size_t left) {
    uint8_t some[16] = {0};
    memcpy(some, codes, left);
    return load_codes(some);
}

AKIN_INLINE ROWS_TARGET int32x4_t multiply_add(int32x4_t sum, int8x16_t q, int8x16_t r) {
    return vdotq_s32(sum, q, r);
}

/// The sums of products of signed codes, for four rows.
AKIN_INLINE ROWS_TARGET int32x4_t code_products4(
    const int8_t *query, const uint8_t *a, const uint8_t *b, const uint8_t *c, const uint8_t *d, size_t n
) {
    int32x4_t a0 = vdupq_n_s32(0), b0 = a0, c0 = a0, d0 = a0;
    size_t i = 0;
    for (; i + 16 <= n; i += 16) {
        int8x16_t q = vld1q_s8(query + i);
        a0 = multiply_add(a0, q, load_codes(a + i));
        b0 = multiply_add(b0, q, load_codes(b + i));
        c0 = multiply_add(c0, q, load_codes(c + i));
        d0 = multiply_add(d0, q, load_codes(d + i));
    }
    if (i < n) {
        size_t left = n - i;
        int8x16_t q = load_query_some(query + i, left);
        a0 = multiply_add(a0, q, load_codes_some(a + i, left));
        b0 = multiply_add(b0, q, load_codes_some(b + i, left));
        c0 = multiply_add(c0, q, load_codes_some(c + i, left));
        d0 = multiply_add(d0, q, load_codes_some(d + i, left));
    }
    return vpaddq_s32(vpaddq_s32(a0, b0), vpaddq_s32(c0, d0));
}

AKIN_INLINE ROWS_TARGET void code_sums4(
    const akin_rows *rows, const akin_query *query, const uint32_t *ids, int32_t *sums
) {
    vst1q_s32(sums, code_products4(
        query->values, akin_row(rows, ids[0]), akin_row(rows, ids[1]), akin_row(rows, ids[2]), akin_row(rows, ids[3]),
        rows->length));
}

static ROWS_TARGET void code4(const akin_rows *r, const akin_query *q, const uint32_t *ids, float *distances) {
    int32_t sums[4];
    code_sums4(r, q, ids, sums);
    for (size_t j = 0; j < 4; j++) distances[j] = akin_code_distance(r, q, ids[j], sums[j]);
}

static ROWS_TARGET int32_t code_dot(const int8_t *query, const uint8_t *row, size_t n) {
    return vgetq_lane_s32(code_products4(query, row, row, row, row, n), 0);
}

#define ROWS_NAME code
#define ROWS_DISTANCE4 code4
#include "dense_rows_template.h"

void akin_use_neon_dotprod(akin_dense_kernels *table) {
    table->name = "neon-dotprod";
    table->code_dot = code_dot;
    table->code = (akin_row_kernels){code_score, code_scan, code_near, code_any_nearer};
}

#endif
