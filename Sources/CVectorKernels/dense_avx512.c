// The kernels for AVX-512 (F, BW, DQ, VL).

#if defined(__x86_64__)

#include "dense_rows.h"
#include "dense_tables.h"

#include <immintrin.h>

#define ROWS_TARGET __attribute__((target("avx2,fma,f16c,avx512f,avx512bw,avx512dq,avx512vl")))

AKIN_INLINE ROWS_TARGET __m256 fold(__m512 a) {
    return _mm256_add_ps(_mm512_castps512_ps256(a), _mm512_extractf32x8_ps(a, 1));
}

/// The sums of four registers.
AKIN_INLINE ROWS_TARGET __m128 reduce4(__m512 a, __m512 b, __m512 c, __m512 d) {
    __m256 ab = _mm256_hadd_ps(fold(a), fold(b)), cd = _mm256_hadd_ps(fold(c), fold(d));
    __m256 all = _mm256_hadd_ps(ab, cd);
    return _mm_add_ps(_mm256_castps256_ps128(all), _mm256_extractf128_ps(all, 1));
}

/// Sixteen elements of a row as floats.
AKIN_INLINE ROWS_TARGET __m512 load(const void *row, size_t i, int half) {
    if (!half) return _mm512_loadu_ps((const float *)row + i);
    return _mm512_cvtph_ps(_mm256_loadu_si256((const __m256i *)((const uint16_t *)row + i)));
}

/// The first `left` of the sixteen elements, zeros for the others.
AKIN_INLINE ROWS_TARGET __m512 load_some(const void *row, size_t i, size_t left, int half) {
    if (left >= 16) return load(row, i, half);
    __mmask16 some = (__mmask16)((1u << left) - 1);
    if (!half) return _mm512_maskz_loadu_ps(some, (const float *)row + i);
    return _mm512_cvtph_ps(_mm256_maskz_loadu_epi16(some, (const uint16_t *)row + i));
}

/// Adds q * r to a sum, or the square of q - scale * r.
AKIN_INLINE ROWS_TARGET __m512 accumulate(
    __m512 sum, __m512 q, __m512 r, __m512 scale, int squared
) {
    if (!squared) return _mm512_fmadd_ps(q, r, sum);
    __m512 difference = _mm512_fnmadd_ps(r, scale, q);
    return _mm512_fmadd_ps(difference, difference, sum);
}

/// The inner products or squared differences of a query with four rows; two sums a row hide the latency.
AKIN_INLINE ROWS_TARGET __m128 sums4(
    const float *query, const void *a, const void *b, const void *c, const void *d, size_t n, int half, int squared,
    float row_scale
) {
    __m512 scale = _mm512_set1_ps(row_scale);
    __m512 a0 = _mm512_setzero_ps(), b0 = a0, c0 = a0, d0 = a0, a1 = a0, b1 = a0, c1 = a0, d1 = a0;
    size_t i = 0;
    for (; i + 32 <= n; i += 32) {
        __m512 q0 = _mm512_loadu_ps(query + i), q1 = _mm512_loadu_ps(query + i + 16);
        a0 = accumulate(a0, q0, load(a, i, half), scale, squared);
        b0 = accumulate(b0, q0, load(b, i, half), scale, squared);
        c0 = accumulate(c0, q0, load(c, i, half), scale, squared);
        d0 = accumulate(d0, q0, load(d, i, half), scale, squared);
        a1 = accumulate(a1, q1, load(a, i + 16, half), scale, squared);
        b1 = accumulate(b1, q1, load(b, i + 16, half), scale, squared);
        c1 = accumulate(c1, q1, load(c, i + 16, half), scale, squared);
        d1 = accumulate(d1, q1, load(d, i + 16, half), scale, squared);
    }
    for (; i < n; i += 16) {
        size_t left = n - i;
        __m512 q0 = load_some(query, i, left, 0);
        a0 = accumulate(a0, q0, load_some(a, i, left, half), scale, squared);
        b0 = accumulate(b0, q0, load_some(b, i, left, half), scale, squared);
        c0 = accumulate(c0, q0, load_some(c, i, left, half), scale, squared);
        d0 = accumulate(d0, q0, load_some(d, i, left, half), scale, squared);
    }
    return reduce4(_mm512_add_ps(a0, a1), _mm512_add_ps(b0, b1), _mm512_add_ps(c0, c1), _mm512_add_ps(d0, d1));
}

/// The sums of a query and the rows of four ids.
AKIN_INLINE ROWS_TARGET __m128 row_sums4(
    const akin_rows *rows, const akin_query *query, const uint32_t *ids, int half, int squared, float scale
) {
    return sums4(
        query->values, akin_row(rows, ids[0]), akin_row(rows, ids[1]), akin_row(rows, ids[2]), akin_row(rows, ids[3]),
        rows->length, half, squared, scale);
}

AKIN_INLINE ROWS_TARGET void inner4(
    const akin_rows *r, const akin_query *q, const uint32_t *ids, float *distances, int half
) {
    _mm_storeu_ps(distances, _mm_sub_ps(_mm_setzero_ps(), row_sums4(r, q, ids, half, 0, 1)));
}

AKIN_INLINE ROWS_TARGET void squared4(
    const akin_rows *r, const akin_query *q, const uint32_t *ids, float *distances, int half
) {
    _mm_storeu_ps(distances, row_sums4(r, q, ids, half, 1, q->scale));
}

AKIN_INLINE ROWS_TARGET void cosine4(
    const akin_rows *r, const akin_query *q, const uint32_t *ids, float *distances, int half
) {
    __m128 result = _mm_sub_ps(_mm_set1_ps(1), row_sums4(r, q, ids, half, 0, 1));
    __m128 near = _mm_cmplt_ps(result, _mm_set1_ps(akin_near_cosine));
    if (_mm_movemask_ps(near)) {
        __m128 halved = _mm_mul_ps(row_sums4(r, q, ids, half, 1, 1), _mm_set1_ps(0.5f));
        result = _mm_blendv_ps(result, halved, near);
    }
    _mm_storeu_ps(distances, result);
}

static ROWS_TARGET void float_inner4(const akin_rows *r, const akin_query *q, const uint32_t *ids, float *distances) {
    inner4(r, q, ids, distances, 0);
}

static ROWS_TARGET void float_squared4(const akin_rows *r, const akin_query *q, const uint32_t *ids, float *distances) {
    squared4(r, q, ids, distances, 0);
}

static ROWS_TARGET void float_cosine4(const akin_rows *r, const akin_query *q, const uint32_t *ids, float *distances) {
    cosine4(r, q, ids, distances, 0);
}

static ROWS_TARGET void half_inner4(const akin_rows *r, const akin_query *q, const uint32_t *ids, float *distances) {
    inner4(r, q, ids, distances, 1);
}

static ROWS_TARGET void half_squared4(const akin_rows *r, const akin_query *q, const uint32_t *ids, float *distances) {
    squared4(r, q, ids, distances, 1);
}

static ROWS_TARGET void half_cosine4(const akin_rows *r, const akin_query *q, const uint32_t *ids, float *distances) {
    cosine4(r, q, ids, distances, 1);
}

static ROWS_TARGET float dot(const float *a, const float *b, size_t n) {
    return _mm_cvtss_f32(sums4(a, b, b, b, b, n, 0, 0, 1));
}

static ROWS_TARGET float squared_l2(const float *a, const float *b, size_t n) {
    return _mm_cvtss_f32(sums4(a, b, b, b, b, n, 0, 1, 1));
}

AKIN_INLINE ROWS_TARGET __m256i fold_codes(__m512i a) {
    return _mm256_add_epi32(_mm512_castsi512_si256(a), _mm512_extracti32x8_epi32(a, 1));
}

/// The sums of four registers of 32-bit integers.
AKIN_INLINE ROWS_TARGET __m128i reduce_codes4(__m512i a, __m512i b, __m512i c, __m512i d) {
    __m256i ab = _mm256_hadd_epi32(fold_codes(a), fold_codes(b));
    __m256i cd = _mm256_hadd_epi32(fold_codes(c), fold_codes(d));
    __m256i all = _mm256_hadd_epi32(ab, cd);
    return _mm_add_epi32(_mm256_castsi256_si128(all), _mm256_extracti128_si256(all, 1));
}

/// Thirty-two codes as 16-bit integers.
AKIN_INLINE ROWS_TARGET __m512i load_query(const int8_t *codes) {
    return _mm512_cvtepi8_epi16(_mm256_loadu_si256((const __m256i *)codes));
}

AKIN_INLINE ROWS_TARGET __m512i load_codes(const uint8_t *codes) {
    return _mm512_cvtepu8_epi16(_mm256_loadu_si256((const __m256i *)codes));
}

/// The first `left` of the thirty-two codes, zeros for the others.
AKIN_INLINE ROWS_TARGET __m512i load_query_some(const int8_t *codes, size_t left) {
    return _mm512_cvtepi8_epi16(_mm256_maskz_loadu_epi8((__mmask32)((1ull << left) - 1), codes));
}

AKIN_INLINE ROWS_TARGET __m512i load_codes_some(const uint8_t *codes, size_t left) {
    return _mm512_cvtepu8_epi16(_mm256_maskz_loadu_epi8((__mmask32)((1ull << left) - 1), codes));
}

AKIN_INLINE ROWS_TARGET __m512i multiply_add(__m512i sum, __m512i q, __m512i r) {
    return _mm512_add_epi32(sum, _mm512_madd_epi16(q, r));
}

/// The sums of signed query codes times unsigned row codes, for four rows.
AKIN_INLINE ROWS_TARGET __m128i code_products4(
    const int8_t *query, const uint8_t *a, const uint8_t *b, const uint8_t *c, const uint8_t *d, size_t n
) {
    __m512i a0 = _mm512_setzero_si512(), b0 = a0, c0 = a0, d0 = a0;
    size_t i = 0;
    for (; i + 32 <= n; i += 32) {
        __m512i q = load_query(query + i);
        a0 = multiply_add(a0, q, load_codes(a + i));
        b0 = multiply_add(b0, q, load_codes(b + i));
        c0 = multiply_add(c0, q, load_codes(c + i));
        d0 = multiply_add(d0, q, load_codes(d + i));
    }
    if (i < n) {
        size_t left = n - i;
        __m512i q = load_query_some(query + i, left);
        a0 = multiply_add(a0, q, load_codes_some(a + i, left));
        b0 = multiply_add(b0, q, load_codes_some(b + i, left));
        c0 = multiply_add(c0, q, load_codes_some(c + i, left));
        d0 = multiply_add(d0, q, load_codes_some(d + i, left));
    }
    return reduce_codes4(a0, b0, c0, d0);
}

AKIN_INLINE ROWS_TARGET __m128i code_sums4(const akin_rows *rows, const akin_query *query, const uint32_t *ids) {
    __m128i sums = code_products4(
        query->values, akin_row(rows, ids[0]), akin_row(rows, ids[1]), akin_row(rows, ids[2]), akin_row(rows, ids[3]),
        rows->length);
    return _mm_sub_epi32(sums, _mm_set1_epi32(128 * query->sum));
}

#include "dense_x86_codes.h"

static ROWS_TARGET int32_t code_dot(const int8_t *query, const uint8_t *row, size_t n) {
    int32_t sum = 0;
    for (size_t i = 0; i < n; i++) sum += query[i];
    return _mm_cvtsi128_si32(code_products4(query, row, row, row, row, n)) - 128 * sum;
}

#define TABLE_NAME "avx512"
#define TABLE_FUNCTION akin_dense_kernels_avx512
#include "dense_table_template.h"

#endif
