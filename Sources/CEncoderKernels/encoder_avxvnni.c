// The products of codes for AVX-VNNI, which brings the instruction of AVX-512 VNNI to processors without AVX-512; all
// else is taken from the table for AVX2.

#if defined(__x86_64__)

#include "encoder_lanes.h"
#include "encoder_tables.h"

#include <immintrin.h>

#define ENCODER_TARGET __attribute__((target("avx2,fma,avxvnni")))

#include "encoder_math_template.h"

/// Sixteen outputs at a time. Codes are unsigned, with 128 for zero, and sums start at what that adds too much.
ENCODER_INLINE ENCODER_TARGET void code_tile_of(
    const akin_code_weights *weights, size_t panel, const uint8_t *rows, size_t stride, int32_t *sums, const size_t n
) {
    const int32_t *code_sums = weights->sums + panel * akin_panel_width;
    for (size_t column = 0; column < akin_panel_width; column += 16) {
        const int8_t *codes = weights->panels + (panel * weights->inner_groups * akin_panel_width + column) * 4;
        __m256i low[akin_tile_rows], high[akin_tile_rows];
        __m256i excess0 = _mm256_slli_epi32(_mm256_loadu_si256((const __m256i *)(code_sums + column)), 7);
        __m256i excess1 = _mm256_slli_epi32(_mm256_loadu_si256((const __m256i *)(code_sums + column + 8)), 7);
        ENCODER_UNROLL
        for (size_t i = 0; i < n; i++) {
            low[i] = _mm256_sub_epi32(_mm256_setzero_si256(), excess0);
            high[i] = _mm256_sub_epi32(_mm256_setzero_si256(), excess1);
        }
        for (size_t group = 0; group < weights->inner_groups; group++, codes += akin_panel_width * 4) {
            __m256i w0 = _mm256_loadu_si256((const __m256i *)codes);
            __m256i w1 = _mm256_loadu_si256((const __m256i *)(codes + 32));
            ENCODER_UNROLL
            for (size_t i = 0; i < n; i++) {
                int32_t four;
                memcpy(&four, rows + i * stride + group * 4, sizeof four);
                __m256i x = _mm256_set1_epi32(four);
                low[i] = _mm256_dpbusd_avx_epi32(low[i], x, w0);
                high[i] = _mm256_dpbusd_avx_epi32(high[i], x, w1);
            }
        }
        ENCODER_UNROLL
        for (size_t i = 0; i < n; i++) {
            _mm256_storeu_si256((__m256i *)(sums + i * akin_panel_width + column), low[i]);
            _mm256_storeu_si256((__m256i *)(sums + i * akin_panel_width + column + 8), high[i]);
        }
    }
}

#include "encoder_codes_template.h"

void akin_use_avxvnni(akin_encoder_kernels *table) {
    table->name = "avxvnni";
    table->multiply_codes = multiply_codes;
    table->sum_codes = sum_codes;
}

#endif
