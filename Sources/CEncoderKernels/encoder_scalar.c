// The kernels in plain C, for every CPU: the twin that the tests compare the others with.

#include "encoder_lanes.h"
#include "encoder_tables.h"

#define ENCODER_TARGET

#include "encoder_math_template.h"

ENCODER_INLINE void code_tile_of(
    const akin_code_weights *weights, size_t panel, const uint8_t *rows, size_t stride, int32_t *sums, const size_t n
) {
    const int8_t *codes = weights->panels + panel * weights->inner_groups * akin_panel_width * 4;
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < akin_panel_width; j++) {
            int32_t sum = 0;
            for (size_t k = 0; k < weights->inner_groups * 4; k++) {
                sum += (rows[i * stride + k] - 128) * codes[(k / 4 * akin_panel_width + j) * 4 + k % 4];
            }
            sums[i * akin_panel_width + j] = sum;
        }
    }
}

#define TILE_VECTORS 1
#define TABLE_NAME "scalar"
#define TABLE_FUNCTION akin_encoder_kernels_scalar
#include "encoder_codes_template.h"
#include "encoder_floats_template.h"

size_t akin_attention_scratch(size_t length, size_t head_size) {
    return (head_size + akin_tile_rows) * whole_lanes(length);
}
