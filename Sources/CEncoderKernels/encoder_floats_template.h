// The kernels of floats and the table, as a template: no include guard, included once by the file of each instruction
// set. The file has included encoder_math_template.h and encoder_codes_template.h, and defined
//
//   TILE_VECTORS     the vectors of sixteen floats that a tile of six rows is wide: 4 with 32 registers of 16 floats
//   TABLE_NAME       the name of the instruction set, as a string
//   TABLE_FUNCTION   the name of the function that returns the table
//   ENCODER_TARGET   the target attribute of the instruction set, or nothing

/// A product of `n` rows of `inner` floats and `inner` rows of 16 * `vectors` floats: n and vectors are constants.
ENCODER_INLINE ENCODER_TARGET void float_tile(
    const float *rows, size_t row_stride, const float *columns, size_t column_stride, size_t inner, const float *start,
    float *out, size_t out_stride, const size_t n, const size_t vectors
) {
    lanes sums[akin_tile_rows][TILE_VECTORS];
    ENCODER_UNROLL
    for (size_t v = 0; v < vectors; v++) {
        lanes first = start ? load(start + v * lane_count) : splat(0);
        ENCODER_UNROLL
        for (size_t i = 0; i < n; i++) sums[i][v] = first;
    }
    for (size_t k = 0; k < inner; k++) {
        lanes w[TILE_VECTORS];
        ENCODER_UNROLL
        for (size_t v = 0; v < vectors; v++) w[v] = load(columns + k * column_stride + v * lane_count);
        ENCODER_UNROLL
        for (size_t i = 0; i < n; i++) {
            lanes x = splat(rows[i * row_stride + k]);
            ENCODER_UNROLL
            for (size_t v = 0; v < vectors; v++) sums[i][v] += x * w[v];
        }
    }
    ENCODER_UNROLL
    for (size_t i = 0; i < n; i++) {
        ENCODER_UNROLL
        for (size_t v = 0; v < vectors; v++) store(out + i * out_stride + v * lane_count, sums[i][v]);
    }
}

/// The same with a number of vectors that the registers hold, for 1 to 6 rows.
ENCODER_INLINE ENCODER_TARGET void float_tile_of_rows(
    const float *rows, size_t row_stride, const float *columns, size_t column_stride, size_t inner, const float *start,
    float *out, size_t out_stride, size_t n, const size_t vectors
) {
    switch (n) {
    case 1: float_tile(rows, row_stride, columns, column_stride, inner, start, out, out_stride, 1, vectors); break;
    case 2: float_tile(rows, row_stride, columns, column_stride, inner, start, out, out_stride, 2, vectors); break;
    case 3: float_tile(rows, row_stride, columns, column_stride, inner, start, out, out_stride, 3, vectors); break;
    case 4: float_tile(rows, row_stride, columns, column_stride, inner, start, out, out_stride, 4, vectors); break;
    case 5: float_tile(rows, row_stride, columns, column_stride, inner, start, out, out_stride, 5, vectors); break;
    case 6: float_tile(rows, row_stride, columns, column_stride, inner, start, out, out_stride, 6, vectors); break;
    }
}

/// The same with any number of vectors.
static ENCODER_TARGET void multiply_tile(
    const float *rows, size_t row_stride, const float *columns, size_t column_stride, size_t inner, const float *start,
    float *out, size_t out_stride, size_t n, size_t vectors
) {
    size_t v = 0;
    for (; v + TILE_VECTORS <= vectors; v += TILE_VECTORS) {
        size_t j = v * lane_count;
        float_tile_of_rows(
            rows, row_stride, columns + j, column_stride, inner, start ? start + j : NULL, out + j, out_stride, n,
            TILE_VECTORS);
    }
#if TILE_VECTORS > 2
    for (; v + 2 <= vectors; v += 2) {
        size_t j = v * lane_count;
        float_tile_of_rows(
            rows, row_stride, columns + j, column_stride, inner, start ? start + j : NULL, out + j, out_stride, n, 2);
    }
#endif
#if TILE_VECTORS > 1
    for (; v < vectors; v++) {
        size_t j = v * lane_count;
        float_tile_of_rows(
            rows, row_stride, columns + j, column_stride, inner, start ? start + j : NULL, out + j, out_stride, n, 1);
    }
#endif
}

static ENCODER_TARGET void multiply_floats(
    const akin_float_weights *weights, akin_float_rows rows, size_t count, akin_activation activation,
    akin_float_rows out
) {
    for (size_t panel = 0; panel < weights->panel_count; panel++) {
        const float *columns = weights->panels + panel * weights->inner * akin_panel_width;
        const float *bias = weights->bias + panel * akin_panel_width;
        for (size_t first = 0, n; first < count; first += n) {
            n = tile_rows(count - first);
            float *target = out.values + first * out.stride + panel * akin_panel_width;
            multiply_tile(
                rows.values + first * rows.stride, rows.stride, columns, akin_panel_width, weights->inner, bias, target,
                out.stride, n, akin_panel_width / lane_count);
            if (activation == akin_identity) continue;
            for (size_t i = 0; i < n; i++) {
                for (size_t j = 0; j < akin_panel_width; j += lane_count) {
                    float *x = target + i * out.stride + j;
                    store(x, activate(load(x), activation));
                }
            }
        }
    }
}

/// round(x * inverse) + 128 for products of at most 127 in magnitude.
ENCODER_INLINE ENCODER_TARGET byte_lanes encoded(lanes x, float inverse) {
    int_lanes rounded = (int_lanes)(x * inverse + (ENCODER_ROUNDER + 128));
    return __builtin_convertvector(rounded & 0xff, byte_lanes);
}

static ENCODER_TARGET void encode(akin_float_rows rows, size_t count, size_t width, akin_code_rows codes) {
    for (size_t row = 0; row < count; row++) {
        const float *values = rows.values + row * rows.stride;
        uint8_t *target = codes.codes + row * codes.stride;
        lanes most = splat(0);
        size_t whole = width / lane_count * lane_count;
        for (size_t i = 0; i < whole; i += lane_count) most = larger(magnitude(load(values + i)), most);
        if (whole < width) most = larger(magnitude(load_some(values + whole, width - whole)), most);
        float scale = largest_lane(most) / 127, inverse = 1 / scale;
        // A subnormal scale has no finite inverse.
        if (!(inverse <= 0x1p126f)) scale = inverse = 0;
        codes.scales[row] = scale;
        for (size_t i = 0; i < whole; i += lane_count) {
            byte_lanes bytes = encoded(load(values + i), inverse);
            memcpy(target + i, &bytes, sizeof bytes);
        }
        if (whole < width) {
            byte_lanes bytes = encoded(load_some(values + whole, width - whole), inverse);
            memcpy(target + whole, &bytes, width - whole);
        }
    }
}

/// The sum of x, or of (x - mean)^2, over a row.
ENCODER_INLINE ENCODER_TARGET float row_sum(const float *row, size_t width, float mean, int squares) {
    lanes sum = splat(0);
    size_t i = 0;
    for (; i + lane_count <= width; i += lane_count) {
        lanes x = load(row + i) - mean;
        sum += squares ? x * x : x;
    }
    float rest = 0;
    for (; i < width; i++) {
        float x = row[i] - mean;
        rest += squares ? x * x : x;
    }
    return sum_of_lanes(sum) + rest;
}

static ENCODER_TARGET void add_normalize(
    const akin_normalization *normalization, akin_float_rows added, akin_float_rows rows, size_t count
) {
    size_t width = normalization->width;
    for (size_t index = 0; index < count; index++) {
        float *row = rows.values + index * rows.stride;
        if (added.values) {
            const float *other = added.values + index * added.stride;
            for (size_t i = 0; i < whole_lanes(width); i += lane_count) store(row + i, load(row + i) + load(other + i));
        }
        float mean = row_sum(row, width, 0, 0) / (float)width;
        float variance = row_sum(row, width, mean, 1) / (float)width;
        float factor = 1 / __builtin_sqrtf(variance + normalization->epsilon);
        size_t i = 0;
        for (; i + lane_count <= width; i += lane_count) {
            lanes x = (load(row + i) - mean) * factor;
            store(row + i, x * load(normalization->weight + i) + load(normalization->bias + i));
        }
        for (; i < width; i++) {
            row[i] = (row[i] - mean) * factor * normalization->weight[i] + normalization->bias[i];
        }
    }
}

/// Replaces each of `length` exponents x by 2^(x - the largest), and all behind them by 0. Returns their sum.
ENCODER_INLINE ENCODER_TARGET float exponentiate(float *row, size_t length) {
    size_t padded = whole_lanes(length);
    for (size_t i = length; i < padded; i++) row[i] = -__builtin_inff();
    lanes most = load(row);
    for (size_t i = lane_count; i < padded; i += lane_count) most = larger(load(row + i), most);
    float largest = largest_lane(most);
    lanes sum = splat(0);
    for (size_t i = 0; i < padded; i += lane_count) {
        lanes x = exp2_lanes(load(row + i) - largest);
        sum += x;
        store(row + i, x);
    }
    return sum_of_lanes(sum);
}

/// Writes the keys of a head as columns, times the factor that makes their products exponents of 2.
ENCODER_INLINE ENCODER_TARGET void transpose_keys(
    const akin_attention *attention, const float *keys, float *columns, size_t padded
) {
    size_t size = attention->head_size, stride = attention->rows.stride;
    float factor = 1.44269504f / __builtin_sqrtf((float)size);
    for (size_t first = 0; first < padded; first += lane_count) {
        size_t n = attention->length - first < lane_count ? attention->length - first : lane_count;
        for (size_t k = 0; k < size; k++) {
            lanes column = splat(0);
            for (size_t i = 0; i < n; i++) column[i] = keys[(first + i) * stride + k];
            store(columns + k * padded + first, column * factor);
        }
    }
}

/// The scores of six tokens stay in the first-level cache, with the columns of the keys beside them; no more is held.
static ENCODER_TARGET void attend(const akin_attention *attention, float *scratch) {
    size_t length = attention->length, size = attention->head_size, stride = attention->rows.stride;
    size_t padded = whole_lanes(length), width = attention->head_count * size;
    float *columns = scratch, *scores = columns + size * padded;
    float context[akin_tile_rows * akin_panel_width], sums[akin_tile_rows];
    for (size_t head = 0; head < attention->head_count; head++) {
        float *queries = attention->rows.values + head * size;
        const float *keys = queries + width, *values = keys + width;
        transpose_keys(attention, keys, columns, padded);
        for (size_t first = 0, n; first < length; first += n) {
            n = tile_rows(length - first);
            float *rows = queries + first * stride;
            multiply_tile(
                rows, stride, columns, padded, size, NULL, scores, padded, n, padded / lane_count);
            for (size_t i = 0; i < n; i++) sums[i] = 1 / exponentiate(scores + i * padded, length);
            for (size_t part = 0; part < size; part += akin_panel_width) {
                size_t wide = size - part < akin_panel_width ? size - part : akin_panel_width;
                multiply_tile(
                    scores, padded, values + part, stride, length, NULL, context, akin_panel_width, n,
                    whole_lanes(wide) / lane_count);
                for (size_t i = 0; i < n; i++) {
                    for (size_t k = 0; k < wide; k++) {
                        rows[i * stride + part + k] = context[i * akin_panel_width + k] * sums[i];
                    }
                }
            }
        }
    }
}

const akin_encoder_kernels *TABLE_FUNCTION(void) {
    static const akin_encoder_kernels table = {
        .name = TABLE_NAME,
        .multiply_codes = multiply_codes,
        .multiply_floats = multiply_floats,
        .sum_codes = sum_codes,
        .encode = encode,
        .add_normalize = add_normalize,
        .attend = attend,
    };
    return &table;
}
