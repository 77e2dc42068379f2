// The kernels for AVX-512, whose products of codes need VNNI: one instruction multiplies unsigned by signed bytes and
// adds four products.

#if defined(__x86_64__)

#include "encoder_lanes.h"
#include "encoder_tables.h"

#include <immintrin.h>

#define ENCODER_TARGET __attribute__((target("avx2,fma,avx512f,avx512bw,avx512dq,avx512vl,avx512vnni")))

#include "encoder_math_template.h"

enum { tile_vectors = akin_panel_width / lane_count };

/// A tile of a constant number of rows: every sum stays in a register. Codes are unsigned, with 128 for zero, and sums
/// start at what that adds too much.
ENCODER_INLINE ENCODER_TARGET void code_tile_of(
    const akin_code_weights *weights, size_t panel, const uint8_t *rows, size_t stride, int32_t *sums, const size_t n
) {
    const int8_t *codes = weights->panels + panel * weights->inner_groups * akin_panel_width * 4;
    const int32_t *code_sums = weights->sums + panel * akin_panel_width;
    __m512i totals[akin_tile_rows][tile_vectors];
    ENCODER_UNROLL
    for (size_t v = 0; v < tile_vectors; v++) {
        __m512i excess = _mm512_slli_epi32(_mm512_loadu_si512(code_sums + v * lane_count), 7);
        ENCODER_UNROLL
        for (size_t i = 0; i < n; i++) totals[i][v] = _mm512_sub_epi32(_mm512_setzero_si512(), excess);
    }
    for (size_t group = 0; group < weights->inner_groups; group++, codes += akin_panel_width * 4) {
        __m512i w[tile_vectors];
        ENCODER_UNROLL
        for (size_t v = 0; v < tile_vectors; v++) w[v] = _mm512_loadu_si512(codes + v * 64);
        ENCODER_UNROLL
        for (size_t i = 0; i < n; i++) {
            int32_t four;
            memcpy(&four, rows + i * stride + group * 4, sizeof four);
            __m512i x = _mm512_set1_epi32(four);
            ENCODER_UNROLL
            for (size_t v = 0; v < tile_vectors; v++) totals[i][v] = _mm512_dpbusd_epi32(totals[i][v], x, w[v]);
        }
    }
    ENCODER_UNROLL
    for (size_t i = 0; i < n; i++) {
        ENCODER_UNROLL
        for (size_t v = 0; v < tile_vectors; v++) {
            _mm512_storeu_si512(sums + i * akin_panel_width + v * lane_count, totals[i][v]);
        }
    }
}

#define TILE_VECTORS 4
#define TABLE_NAME "avx512vnni"
#define TABLE_FUNCTION akin_encoder_kernels_avx512vnni
#include "encoder_codes_template.h"
#include "encoder_floats_template.h"

#endif
