// The kernels for AVX2. Codes are widened to 16 bits, where no sum of two products overflows.

#if defined(__x86_64__)

#include "encoder_lanes.h"
#include "encoder_tables.h"

#include <immintrin.h>

#define ENCODER_TARGET __attribute__((target("avx2,fma")))

#include "encoder_math_template.h"

/// Eight outputs at a time: a register holds two sums of each of four outputs, one for each pair of inputs.
ENCODER_INLINE ENCODER_TARGET void code_tile_of(
    const akin_code_weights *weights, size_t panel, const uint8_t *rows, size_t stride, int32_t *sums, const size_t n
) {
    const int32_t *code_sums = weights->sums + panel * akin_panel_width;
    for (size_t column = 0; column < akin_panel_width; column += 8) {
        const int8_t *codes = weights->panels + (panel * weights->inner_groups * akin_panel_width + column) * 4;
        __m256i low[akin_tile_rows], high[akin_tile_rows];
        ENCODER_UNROLL
        for (size_t i = 0; i < n; i++) low[i] = high[i] = _mm256_setzero_si256();
        for (size_t group = 0; group < weights->inner_groups; group++, codes += akin_panel_width * 4) {
            __m256i w0 = _mm256_cvtepi8_epi16(_mm_loadu_si128((const __m128i *)codes));
            __m256i w1 = _mm256_cvtepi8_epi16(_mm_loadu_si128((const __m128i *)(codes + 16)));
            ENCODER_UNROLL
            for (size_t i = 0; i < n; i++) {
                int32_t four;
                memcpy(&four, rows + i * stride + group * 4, sizeof four);
                __m256i x = _mm256_cvtepu8_epi16(_mm_set1_epi32(four));
                low[i] = _mm256_add_epi32(low[i], _mm256_madd_epi16(x, w0));
                high[i] = _mm256_add_epi32(high[i], _mm256_madd_epi16(x, w1));
            }
        }
        __m256i excess = _mm256_slli_epi32(_mm256_loadu_si256((const __m256i *)(code_sums + column)), 7);
        ENCODER_UNROLL
        for (size_t i = 0; i < n; i++) {
            __m256i pairs = _mm256_permute4x64_epi64(_mm256_hadd_epi32(low[i], high[i]), 0xd8);
            _mm256_storeu_si256(
                (__m256i *)(sums + i * akin_panel_width + column), _mm256_sub_epi32(pairs, excess));
        }
    }
}

#define TILE_VECTORS 1
#define TABLE_NAME "avx2"
#define TABLE_FUNCTION akin_encoder_kernels_avx2
#include "encoder_codes_template.h"
#include "encoder_floats_template.h"

#endif
