// The code kernels for AVX-512 VNNI, whose one instruction multiplies unsigned by signed bytes and adds four products;
// all else is taken from the table for AVX-512.

#if defined(__x86_64__)

#include "dense_rows.h"
#include "dense_tables.h"

#include <immintrin.h>

#define ROWS_TARGET __attribute__((target("avx2,fma,f16c,avx512f,avx512bw,avx512dq,avx512vl,avx512vnni")))

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

AKIN_INLINE ROWS_TARGET __m512i load_query(const int8_t *codes) {
    return _mm512_loadu_si512(codes);
}

AKIN_INLINE ROWS_TARGET __m512i load_codes(const uint8_t *codes) {
    return _mm512_loadu_si512(codes);
}

/// The first `left` of sixty-four codes, zeros for the others.
AKIN_INLINE ROWS_TARGET __m512i load_query_some(const int8_t *codes, size_t left) {
    return _mm512_maskz_loadu_epi8((1ull << left) - 1, codes);
}

AKIN_INLINE ROWS_TARGET __m512i load_codes_some(const uint8_t *codes, size_t left) {
    return _mm512_maskz_loadu_epi8((1ull << left) - 1, codes);
}

AKIN_INLINE ROWS_TARGET __m512i multiply_add(__m512i sum, __m512i q, __m512i r) {
    return _mm512_dpbusd_epi32(sum, r, q);
}

/// The sums of signed query codes times unsigned row codes, for four rows.
AKIN_INLINE ROWS_TARGET __m128i code_products4(
    const int8_t *query, const uint8_t *a, const uint8_t *b, const uint8_t *c, const uint8_t *d, size_t n
) {
    __m512i a0 = _mm512_setzero_si512(), b0 = a0, c0 = a0, d0 = a0;
    size_t i = 0;
    for (; i + 64 <= n; i += 64) {
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

#define ROWS_NAME code
#define ROWS_DISTANCE4 code4
#include "dense_rows_template.h"

void akin_use_avx512vnni(akin_dense_kernels *table) {
    table->name = "avx512vnni";
    table->code_dot = code_dot;
    table->code = (akin_row_kernels){code_score, code_scan, code_near, code_any_nearer};
}

#endif
