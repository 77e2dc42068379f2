// The kernels for 64-bit ARM.

#if defined(__aarch64__)

#include "encoder_lanes.h"
#include "encoder_tables.h"

#include <arm_neon.h>

#define ENCODER_TARGET

#include "encoder_math_template.h"

/// Four outputs at a time: a register holds two sums of each of two outputs, one for each pair of inputs.
ENCODER_INLINE void code_tile_of(
    const akin_code_weights *weights, size_t panel, const uint8_t *rows, size_t stride, int32_t *sums, const size_t n
) {
    for (size_t column = 0; column < akin_panel_width; column += 4) {
        const int8_t *codes = weights->panels + (panel * weights->inner_groups * akin_panel_width + column) * 4;
        int32x4_t low[akin_tile_rows], high[akin_tile_rows];
        ENCODER_UNROLL
        for (size_t i = 0; i < n; i++) low[i] = high[i] = vdupq_n_s32(0);
        for (size_t group = 0; group < weights->inner_groups; group++, codes += akin_panel_width * 4) {
            int8x16_t w = vld1q_s8(codes);
            ENCODER_UNROLL
            for (size_t i = 0; i < n; i++) {
                uint32_t four;
                memcpy(&four, rows + i * stride + group * 4, sizeof four);
                int8x8_t x = vreinterpret_s8_u32(vdup_n_u32(four ^ 0x80808080));
                low[i] = vpadalq_s16(low[i], vmull_s8(x, vget_low_s8(w)));
                high[i] = vpadalq_s16(high[i], vmull_s8(x, vget_high_s8(w)));
            }
        }
        ENCODER_UNROLL
        for (size_t i = 0; i < n; i++) {
            vst1q_s32(sums + i * akin_panel_width + column, vpaddq_s32(low[i], high[i]));
        }
    }
}

#define TILE_VECTORS 1
#define TABLE_NAME "neon"
#define TABLE_FUNCTION akin_encoder_kernels_neon
#include "encoder_codes_template.h"
#include "encoder_floats_template.h"

#endif
