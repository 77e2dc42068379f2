// Compares every table of encoder kernels that this CPU runs with the scalar one, in memory that ends where arguments
// do: for CPUs that the Swift tests do not run on, such as 64-bit ARM under qemu-user, and for the sanitizers.
//
//   aarch64-linux-gnu-gcc -O2 -static -I Sources/CEncoderKernels/include Sources/CEncoderKernels/*.c
//       Tests/KernelTables/compare_encoder_tables.c -lm -o compare_encoder_tables
//   qemu-aarch64 compare_encoder_tables
//
// Prints the tables, and what differs. Exits with 1 if anything does.

#include "encoder_kernels.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { largest_count = 13 };

static const size_t sizes[] = {1, 3, 4, 7, 8, 13, 15, 16, 17, 31, 32, 33, 60, 63, 64, 65, 207, 384};

static int failures;

static void check(int holds, const char *table, const char *what, size_t size) {
    if (holds) return;
    failures++;
    printf("%s: %s differs at size %zu\n", table, what, size);
}

static uint32_t random_bits(void) {
    static uint64_t state = 42;
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(state >> 33);
}

static void *block(size_t count) {
    void *memory = malloc(count ? count : 1);
    if (!memory) exit(2);
    return memory;
}

/// Numbers from -1 to 1.
static float *floats(size_t count) {
    float *values = block(count * sizeof *values);
    for (size_t i = 0; i < count; i++) values[i] = (float)(random_bits() % 20001) / 10000.0f - 1.0f;
    return values;
}

/// Codes, among them many of the least and the largest.
static uint8_t *codes(size_t count) {
    uint8_t *values = block(count);
    for (size_t i = 0; i < count; i++) {
        uint32_t bits = random_bits();
        values[i] = bits % 4 ? (uint8_t)(bits >> 8) : bits & 16 ? 127 : 128;
    }
    return values;
}

static float *copy(const float *values, size_t count) {
    return memcpy(block(count * sizeof *values), values, count * sizeof *values);
}

static size_t panels(size_t width) { return (width + akin_panel_width - 1) / akin_panel_width; }

static int are_close(const float *a, const float *b, size_t stride, size_t rows, size_t width, float tolerance) {
    for (size_t row = 0; row < rows; row++) {
        for (size_t i = 0; i < width; i++) {
            float difference = fabsf(a[row * stride + i] - b[row * stride + i]);
            if (!(difference <= tolerance * fmaxf(1, fabsf(a[row * stride + i])))) return 0;
        }
    }
    return 1;
}

static void compare_products(const akin_encoder_kernels *table, size_t inner, size_t count) {
    const akin_encoder_kernels *scalar = akin_encoder_kernels_scalar();
    size_t panel_count = 2, outputs = panel_count * akin_panel_width, groups = (inner + 3) / 4;
    size_t input_stride = panels(inner) * akin_panel_width;
    int32_t *sums = block(outputs * sizeof *sums);
    int8_t *weight_codes = (int8_t *)codes(panel_count * groups * akin_panel_width * 4);
    for (size_t j = 0; j < outputs; j++) {
        sums[j] = 0;
        for (size_t k = 0; k < groups * 4; k++) {
            size_t panel = j / akin_panel_width;
            sums[j] += weight_codes[((panel * groups + k / 4) * akin_panel_width + j % akin_panel_width) * 4 + k % 4];
        }
    }
    float *scales = floats(outputs), *bias = floats(outputs), *row_scales = floats(count);
    float *weight_floats = floats(panel_count * inner * akin_panel_width), *row_floats = floats(count * input_stride);
    // Outputs are then about as large as those of floats.
    for (size_t i = 0; i < count; i++) row_scales[i] /= (float)(groups * 20000);
    akin_code_weights weights = {groups, panel_count, weight_codes, scales, bias, sums};
    akin_code_rows rows = {codes(count * groups * 4), groups * 4, row_scales};
    akin_float_weights float_weights = {inner, panel_count, weight_floats, bias};
    akin_float_rows float_rows = {row_floats, input_stride};
    akin_float_rows out[2] = {{floats(count * outputs), outputs}, {floats(count * outputs), outputs}};

    size_t tile = count < akin_tile_rows ? count : akin_tile_rows;
    int32_t *totals[2] = {block(tile * akin_panel_width * 4), block(tile * akin_panel_width * 4)};
    for (size_t panel = 0; panel < panel_count; panel++) {
        scalar->sum_codes(&weights, panel, rows, tile, totals[0]);
        table->sum_codes(&weights, panel, rows, tile, totals[1]);
        check(!memcmp(totals[0], totals[1], tile * akin_panel_width * 4), table->name, "sum_codes", inner);
    }
    for (akin_activation activation = akin_identity; activation <= akin_relu; activation++) {
        scalar->multiply_codes(&weights, rows, count, activation, out[0]);
        table->multiply_codes(&weights, rows, count, activation, out[1]);
        int holds = are_close(out[0].values, out[1].values, outputs, count, outputs, 1e-5f);
        check(holds, table->name, "multiply_codes", inner);
        scalar->multiply_floats(&float_weights, float_rows, count, activation, out[0]);
        table->multiply_floats(&float_weights, float_rows, count, activation, out[1]);
        holds = are_close(out[0].values, out[1].values, outputs, count, outputs, 1e-5f);
        check(holds, table->name, "multiply_floats", inner);
    }
    void *all[] = {sums, weight_codes, scales, bias, row_scales, weight_floats, row_floats, rows.codes, out[0].values,
        out[1].values, totals[0], totals[1]};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) free(all[i]);
}

static void compare_rows(const akin_encoder_kernels *table, size_t width, size_t count) {
    const akin_encoder_kernels *scalar = akin_encoder_kernels_scalar();
    size_t stride = panels(width) * akin_panel_width, code_stride = (width + 3) / 4 * 4;
    float *values = floats(count * stride), *others = floats(count * stride);
    float *weight = floats(width), *bias = floats(width);
    if (count > 2) for (size_t i = 0; i < width; i++) values[i] = 0, values[stride + i] = 1e-42f;
    akin_code_rows encoded[2];
    for (int i = 0; i < 2; i++) {
        encoded[i] = (akin_code_rows){block(count * code_stride), code_stride, block(count * sizeof(float))};
        memset(encoded[i].codes, 0, count * code_stride);
        (i ? table : scalar)->encode((akin_float_rows){values, stride}, count, width, encoded[i]);
    }
    check(!memcmp(encoded[0].scales, encoded[1].scales, count * sizeof(float)), table->name, "scale", width);
    // Where the product lies halfway between codes, a fused addition may round to the other.
    for (size_t i = 0; i < count * code_stride; i++) {
        check(abs(encoded[0].codes[i] - encoded[1].codes[i]) <= 1, table->name, "encode", width);
    }
    akin_normalization normalization = {width, 1e-5f, weight, bias};
    float *normalized[2] = {copy(values, count * stride), copy(values, count * stride)};
    for (int i = 0; i < 2; i++) {
        (i ? table : scalar)->add_normalize(
            &normalization, (akin_float_rows){others, stride}, (akin_float_rows){normalized[i], stride}, count);
        (i ? table : scalar)->add_normalize(
            &normalization, (akin_float_rows){NULL, 0}, (akin_float_rows){normalized[i], stride}, count);
    }
    check(are_close(normalized[0], normalized[1], stride, count, width, 1e-3f), table->name, "add_normalize", width);
    void *all[] = {values, others, weight, bias, encoded[0].codes, encoded[0].scales, encoded[1].codes,
        encoded[1].scales, normalized[0], normalized[1]};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) free(all[i]);
}

static void compare_attention(const akin_encoder_kernels *table, size_t length, size_t heads, size_t size) {
    size_t width = heads * size, stride = panels(3 * width) * akin_panel_width;
    size_t count = length * stride + akin_panel_width;
    float *before = floats(count), *after[2];
    for (int i = 0; i < 2; i++) {
        after[i] = copy(before, count);
        float *scratch = block(akin_attention_scratch(length, size) * sizeof *scratch);
        akin_attention attention = {{after[i], stride}, length, heads, size};
        (i ? table : akin_encoder_kernels_scalar())->attend(&attention, scratch);
        free(scratch);
    }
    check(are_close(after[0], after[1], stride, length, width, 1e-5f), table->name, "attend", length);
    free(before), free(after[0]), free(after[1]);
}

int main(void) {
    for (size_t index = 0; index < akin_encoder_kernels_count(); index++) {
        const akin_encoder_kernels *table = akin_encoder_kernels_at(index);
        printf("%s\n", table->name);
        for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
            for (size_t count = 1; count <= largest_count; count++) {
                compare_products(table, sizes[i], count);
                compare_rows(table, sizes[i], count);
            }
            compare_attention(table, sizes[i], 2, 20);
            compare_attention(table, sizes[i], 1, 64);
            compare_attention(table, sizes[i], 3, 72);
        }
    }
    printf("%d differences\n", failures);
    return failures != 0;
}
