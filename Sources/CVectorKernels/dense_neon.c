// The kernels for NEON, which every 64-bit ARM has.

#if defined(__aarch64__)

#include "dense_rows.h"
#include "dense_tables.h"

#include <arm_neon.h>

#define ROWS_TARGET

/// The sums of four registers.
AKIN_INLINE float32x4_t reduce4(float32x4_t a, float32x4_t b, float32x4_t c, float32x4_t d) {
    return vpaddq_f32(vpaddq_f32(a, b), vpaddq_f32(c, d));
}

/// Four elements of a row as floats.
AKIN_INLINE float32x4_t load(const void *row, size_t i, int half) {
    if (!half) return vld1q_f32((const float *)row + i);
    return vcvt_f32_f16(vreinterpret_f16_u16(vld1_u16((const uint16_t *)row + i)));
}

/// The first `left` of the four elements, zeros for the others.
AKIN_INLINE float32x4_t load_some(const void *row, size_t i, size_t left, int half) {
    if (left >= 4) return load(row, i, half);
    if (half) {
        uint16_t some[4] = {0};
        memcpy(some, (const uint16_t *)row + i, left * sizeof *some);
        return load(some, 0, half);
    }
    float some[4] = {0};
    memcpy(some, (const float *)row + i, left * sizeof *some);
    return load(some, 0, half);
}

/// Adds q * r to a sum, or the square of q - scale * r.
AKIN_INLINE float32x4_t accumulate(
    float32x4_t sum, float32x4_t q, float32x4_t r, float32x4_t scale, int squared
) {
    if (!squared) return vfmaq_f32(sum, q, r);
    float32x4_t difference = vfmsq_f32(q, r, scale);
    return vfmaq_f32(sum, difference, difference);
}

/// The inner products or squared differences of a query with four rows; two sums a row hide the latency.
AKIN_INLINE float32x4_t sums4(
    const float *query, const void *a, const void *b, const void *c, const void *d, size_t n, int half, int squared,
    float row_scale
) {
    float32x4_t scale = vdupq_n_f32(row_scale);
    float32x4_t a0 = vdupq_n_f32(0), b0 = a0, c0 = a0, d0 = a0, a1 = a0, b1 = a0, c1 = a0, d1 = a0;
    size_t i = 0;
    for (; i + 8 <= n; i += 8) {
        float32x4_t q0 = vld1q_f32(query + i), q1 = vld1q_f32(query + i + 4);
        a0 = accumulate(a0, q0, load(a, i, half), scale, squared);
        b0 = accumulate(b0, q0, load(b, i, half), scale, squared);
        c0 = accumulate(c0, q0, load(c, i, half), scale, squared);
        d0 = accumulate(d0, q0, load(d, i, half), scale, squared);
        a1 = accumulate(a1, q1, load(a, i + 4, half), scale, squared);
        b1 = accumulate(b1, q1, load(b, i + 4, half), scale, squared);
        c1 = accumulate(c1, q1, load(c, i + 4, half), scale, squared);
        d1 = accumulate(d1, q1, load(d, i + 4, half), scale, squared);
    }
    for (; i < n; i += 4) {
        size_t left = n - i;
        float32x4_t q0 = load_some(query, i, left, 0);
        a0 = accumulate(a0, q0, load_some(a, i, left, half), scale, squared);
        b0 = accumulate(b0, q0, load_some(b, i, left, half), scale, squared);
        c0 = accumulate(c0, q0, load_some(c, i, left, half), scale, squared);
        d0 = accumulate(d0, q0, load_some(d, i, left, half), scale, squared);
    }
    return reduce4(vaddq_f32(a0, a1), vaddq_f32(b0, b1), vaddq_f32(c0, c1), vaddq_f32(d0, d1));
}

/// The sums of a query and the rows of four ids.
AKIN_INLINE float32x4_t row_sums4(
    const akin_rows *rows, const akin_query *query, const uint32_t *ids, int half, int squared, float scale
) {
    return sums4(
        query->values, akin_row(rows, ids[0]), akin_row(rows, ids[1]), akin_row(rows, ids[2]), akin_row(rows, ids[3]),
        rows->length, half, squared, scale);
}

AKIN_INLINE void inner4(
    const akin_rows *r, const akin_query *q, const uint32_t *ids, float *distances, int half
) {
    vst1q_f32(distances, vsubq_f32(vdupq_n_f32(0), row_sums4(r, q, ids, half, 0, 1)));
}

AKIN_INLINE void squared4(
    const akin_rows *r, const akin_query *q, const uint32_t *ids, float *distances, int half
) {
    vst1q_f32(distances, row_sums4(r, q, ids, half, 1, q->scale));
}

AKIN_INLINE void cosine4(
    const akin_rows *r, const akin_query *q, const uint32_t *ids, float *distances, int half
) {
    float32x4_t result = vsubq_f32(vdupq_n_f32(1), row_sums4(r, q, ids, half, 0, 1));
    uint32x4_t near = vcltq_f32(result, vdupq_n_f32(akin_near_cosine));
    if (vmaxvq_u32(near)) {
        float32x4_t halved = vmulq_n_f32(row_sums4(r, q, ids, half, 1, 1), 0.5f);
        result = vbslq_f32(near, halved, result);
    }
    vst1q_f32(distances, result);
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

static float dot(const float *a, const float *b, size_t n) {
    return vgetq_lane_f32(sums4(a, b, b, b, b, n, 0, 0, 1), 0);
}

static float squared_l2(const float *a, const float *b, size_t n) {
    return vgetq_lane_f32(sums4(a, b, b, b, b, n, 0, 1, 1), 0);
}

/// Sixteen codes, the unsigned ones made signed.
AKIN_INLINE int8x16_t load_codes(const uint8_t *codes) {
    return vreinterpretq_s8_u8(veorq_u8(vld1q_u8(codes), vdupq_n_u8(0x80)));
}

/// The first `left` of the sixteen codes, zeros for the others.
AKIN_INLINE int8x16_t load_query_some(const int8_t *codes, size_t left) {
    int8_t some[16] = {0};
    memcpy(some, codes, left);
    return vld1q_s8(some);
}

AKIN_INLINE int8x16_t load_codes_some(const uint8_t *codes, size_t left) {
    uint8_t some[16] = {0};
    memcpy(some, codes, left);
    return load_codes(some);
}

/// Adds the products in pairs, which sixteen bits hold: each is at most 2^14.
AKIN_INLINE int32x4_t multiply_add(int32x4_t sum, int8x16_t q, int8x16_t r) {
    sum = vpadalq_s16(sum, vmull_s8(vget_low_s8(q), vget_low_s8(r)));
    return vpadalq_s16(sum, vmull_high_s8(q, r));
}

/// The sums of products of signed codes, for four rows.
AKIN_INLINE int32x4_t code_products4(
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

AKIN_INLINE void code_sums4(const akin_rows *rows, const akin_query *query, const uint32_t *ids, int32_t *sums) {
    vst1q_s32(sums, code_products4(
        query->values, akin_row(rows, ids[0]), akin_row(rows, ids[1]), akin_row(rows, ids[2]), akin_row(rows, ids[3]),
        rows->length));
}

static void code4(const akin_rows *r, const akin_query *q, const uint32_t *ids, float *distances) {
    int32_t sums[4];
    code_sums4(r, q, ids, sums);
    for (size_t j = 0; j < 4; j++) distances[j] = akin_code_distance(r, q, ids[j], sums[j]);
}

static int32_t code_dot(const int8_t *query, const uint8_t *row, size_t n) {
    return vgetq_lane_s32(code_products4(query, row, row, row, row, n), 0);
}

#define TABLE_NAME "neon"
#define TABLE_FUNCTION akin_dense_kernels_neon
#include "dense_table_template.h"

#endif
