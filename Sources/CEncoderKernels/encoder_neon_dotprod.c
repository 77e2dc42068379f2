// The products of codes for NEON with the dot product instructions of ARMv8.2; all else is taken from the table for
// NEON.

#if defined(__aarch64__)

#include "encoder_lanes.h"
#include "encoder_tables.h"

#include <arm_neon.h>

#if defined(__clang__)
#define ENCODER_TARGET __attribute__((target("dotprod")))
#else
#define ENCODER_TARGET __attribute__((target("arch=armv8.2-a+dotprod")))
#endif

#include "encoder_math_template.h"

enum { tile_registers = 4 };

/// Sixteen outputs at a time.
ENCODER_INLINE ENCODER_TARGET void code_tile_of(
    const akin_code_weights *weights, size_t panel, const uint8_t *rows, size_t stride, int32_t *sums, const size_t n
) {
    for (size_t column = 0; column < akin_panel_width; column += tile_registers * 4) {
        const int8_t *codes = weights->panels + (panel * weights->inner_groups * akin_panel_width + column) * 4;
        int32x4_t totals[akin_tile_rows][tile_registers];
        ENCODER_UNROLL
        for (size_t i = 0; i < n; i++) {
            ENCODER_UNROLL
            for (size_t v = 0; v < tile_registers; v++) totals[i][v] = vdupq_n_s32(0);
        }
        for (size_t group = 0; group < weights->inner_groups; group++, codes += akin_panel_width * 4) {
            int8x16_t w[tile_registers];
            ENCODER_UNROLL
            for (size_t v = 0; v < tile_registers; v++) w[v] = vld1q_s8(codes + v * 16);
            ENCODER_UNROLL
            for (size_t i = 0; i < n; i++) {
                uint32_t four;
                memcpy(&four, rows + i * stride + group * 4, sizeof four);
                int8x16_t x = vreinterpretq_s8_u32(vdupq_n_u32(four ^ 0x80808080));
                ENCODER_UNROLL
                for (size_t v = 0; v < tile_registers; v++) totals[i][v] = vdotq_s32(totals[i][v], x, w[v]);
            }
        }
        ENCODER_UNROLL
        for (size_t i = 0; i < n; i++) {
            ENCODER_UNROLL
            for (size_t v = 0; v < tile_registers; v++) {
                vst1q_s32(sums + i * akin_panel_width + column + v * 4, totals[i][v]);
            }
        }
    }
}

#include "encoder_codes_template.h"

void akin_use_encoder_dotprod(akin_encoder_kernels *table) {
    table->name = "neon-dotprod";
    table->multiply_codes = multiply_codes;
    table->sum_codes = sum_codes;
}

#endif
