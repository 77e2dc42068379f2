// Products of codes, as a template: no include guard, included once by the file of each instruction set. The file has
// included encoder_math_template.h and defined
//
//   code_tile_of     writes the sums of (code - 128) * weight of 1 to 6 rows, a constant number, and a panel
//   ENCODER_TARGET   the target attribute of the instruction set, or nothing

static ENCODER_TARGET void code_tile(
    const akin_code_weights *weights, size_t panel, const uint8_t *rows, size_t stride, size_t n, int32_t *sums
) {
    switch (n) {
    case 1: code_tile_of(weights, panel, rows, stride, sums, 1); break;
    case 2: code_tile_of(weights, panel, rows, stride, sums, 2); break;
    case 3: code_tile_of(weights, panel, rows, stride, sums, 3); break;
    case 4: code_tile_of(weights, panel, rows, stride, sums, 4); break;
    case 5: code_tile_of(weights, panel, rows, stride, sums, 5); break;
    case 6: code_tile_of(weights, panel, rows, stride, sums, 6); break;
    }
}

static ENCODER_TARGET void sum_codes(
    const akin_code_weights *weights, size_t panel, akin_code_rows rows, size_t count, int32_t *sums
) {
    code_tile(weights, panel, rows.codes, rows.stride, count, sums);
}

/// The tiles of a panel stay in the first-level cache, and the panel too if the layer has at most 512 inputs.
ENCODER_INLINE ENCODER_TARGET void multiply_codes_with(
    const akin_code_weights *weights, akin_code_rows rows, size_t count, akin_activation activation,
    akin_float_rows out
) {
    int32_t sums[akin_tile_rows * akin_panel_width] __attribute__((aligned(64)));
    for (size_t panel = 0; panel < weights->panel_count; panel++) {
        size_t column = panel * akin_panel_width;
        for (size_t first = 0, n; first < count; first += n) {
            n = tile_rows(count - first);
            code_tile(weights, panel, rows.codes + first * rows.stride, rows.stride, n, sums);
            for (size_t i = 0; i < n; i++) {
                float scale = rows.scales[first + i];
                float *target = out.values + (first + i) * out.stride + column;
                ENCODER_UNROLL
                for (size_t j = 0; j < akin_panel_width; j += lane_count) {
                    int_lanes whole;
                    memcpy(&whole, sums + i * akin_panel_width + j, sizeof whole);
                    lanes x = __builtin_convertvector(whole, lanes) * (load(weights->scales + column + j) * scale);
                    store(target + j, activate(x + load(weights->bias + column + j), activation));
                }
            }
        }
    }
}

static ENCODER_TARGET void multiply_codes(
    const akin_code_weights *weights, akin_code_rows rows, size_t count, akin_activation activation,
    akin_float_rows out
) {
    switch (activation) {
    case akin_identity: multiply_codes_with(weights, rows, count, akin_identity, out); break;
    case akin_gelu: multiply_codes_with(weights, rows, count, akin_gelu, out); break;
    case akin_gelu_tanh: multiply_codes_with(weights, rows, count, akin_gelu_tanh, out); break;
    case akin_relu: multiply_codes_with(weights, rows, count, akin_relu, out); break;
    }
}
