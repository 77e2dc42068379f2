// Calls every C kernel, and the checksum, with memory that ends where the arguments do: for the address sanitizer and
// the sanitizer of undefined behaviour, which `.ci/test-sanitizers` compiles this with. The values are looked at by
// other tests. Here the sanitizers look at every access, and the numbers are the awkward ones as well.
//
// Prints the tables of kernels that this CPU runs. A report of a sanitizer ends the program.

#include "CChecksum.h"
#include "dense_kernels.h"
#include "sparse_kernels.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { row_count = 13, link_width = 9 };

static const size_t sizes[] = {0, 1, 2, 3, 4, 5, 7, 8, 9, 13, 15, 16, 17, 24, 31, 32, 33, 47, 48, 63, 64, 65, 127, 128,
    129, 207, 255, 256, 257, 1025};

static uint32_t random_bits(void) {
    static uint64_t state = 42;
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(state >> 33);
}

/// Memory of exactly `count` bytes, filled at random. Never NULL.
static void *block(size_t count) {
    unsigned char *bytes = malloc(count ? count : 1);
    if (!bytes) exit(2);
    for (size_t i = 0; i < count; i++) bytes[i] = (unsigned char)random_bits();
    return bytes;
}

/// Floats of a kind: usual ones, or ones with infinities, NaN and the smallest and largest numbers among them.
static float *floats(size_t count, int awkward) {
    static const float odd[] = {INFINITY, -INFINITY, NAN, 0, -0.0f, 1e-45f, 3e38f, -3e38f, 1e-38f};
    float *values = block(count * sizeof *values);
    for (size_t i = 0; i < count; i++) {
        int is_odd = awkward && random_bits() % 4 == 0;
        values[i] = is_odd ? odd[random_bits() % 9] : (float)(random_bits() % 20001) / 10000.0f - 1;
    }
    return values;
}

// MARK: Dense kernels

static void use_rows(const akin_row_kernels *kernels, akin_rows rows, akin_query query) {
    for (size_t n = 0; n <= row_count; n++) {
        uint32_t *ids = block(n * sizeof *ids);
        for (size_t i = 0; i < n; i++) ids[i] = random_bits() % row_count;
        float *distances = block(n * sizeof *distances);
        uint64_t *candidates = block(n * sizeof *candidates);
        uint32_t *lists = block(row_count * link_width * sizeof *lists);
        kernels->score(&rows, &query, ids, n, distances);
        kernels->scan(&rows, &query, (uint32_t)(row_count - n), n, distances);
        kernels->near(&rows, &query, ids, n, UINT64_MAX, lists, link_width, candidates);
        kernels->near(&rows, &query, ids, n, (uint64_t)random_bits() << 32, NULL, 0, candidates);
        kernels->any_nearer(&rows, &query, ids, n, n ? distances[0] : 0);
        kernels->any_nearer(&rows, &query, ids, n, -INFINITY);
        free(ids);
        free(distances);
        free(candidates);
        free(lists);
    }
}

static void use_dense(const akin_dense_kernels *table, size_t size, int awkward) {
    float *rows = floats(row_count * size, awkward), *query = floats(size, awkward);
    uint16_t *halves = block(row_count * size * sizeof *halves);
    akin_halves_from_floats(rows, row_count * size, halves);
    uint8_t *codes = block(row_count * size);
    int8_t *code_query = block(size);
    akin_factors *factors = block(row_count * sizeof *factors);
    for (size_t i = 0; i < row_count; i++) factors[i] = (akin_factors){0.01f * (float)i, (float)i};
    akin_query float_query = {query, 0.5f, 0, 0, 0}, signed_query = {code_query, -0.02f, 7, 3, -1.5f};
    akin_rows float_rows = {rows, size * sizeof *rows, size, row_count, NULL};
    akin_rows half_rows = {halves, size * sizeof *halves, size, row_count, NULL};
    akin_rows code_rows = {codes, size, size, row_count, factors};
    use_rows(&table->float_inner, float_rows, float_query);
    use_rows(&table->float_squared, float_rows, float_query);
    use_rows(&table->float_cosine, float_rows, float_query);
    use_rows(&table->half_inner, half_rows, float_query);
    use_rows(&table->half_squared, half_rows, float_query);
    use_rows(&table->half_cosine, half_rows, float_query);
    use_rows(&table->code, code_rows, signed_query);
    // The last row, so that its end is the end of the memory.
    const float *last = rows + (row_count - 1) * size;
    volatile double sink = table->dot(query, last, size) + table->squared_l2(query, last, size);
    sink += table->code_dot(code_query, codes + (row_count - 1) * size, size);
    sink += table->query_from_row(codes + (row_count - 1) * size, size, code_query);
    (void)sink;
    free(rows);
    free(query);
    free(halves);
    free(codes);
    free(code_query);
    free(factors);
}

static void use_candidates(const akin_dense_kernels *table) {
    for (size_t capacity = 1; capacity < 120; capacity += 3) {
        uint64_t *queue = block(capacity * sizeof *queue);
        size_t count = 0;
        for (size_t n = 0; n < 40; n++) {
            uint64_t *candidates = block(n * sizeof *candidates);
            table->merge(queue, &count, capacity, candidates, n);
            free(candidates);
        }
        free(queue);
    }
    for (size_t n = 0; n <= 100; n++) {
        float *distances = floats(n, 1), *residuals = floats(n, 1), *norms = floats(n, 1), *least = floats(n, 0);
        uint32_t *kept = block(n * sizeof *kept);
        table->keep_near(distances, residuals, norms, n, (akin_bound){0.3f, 0.01f, 0.001f, 0.002f}, 0.1f, least, kept);
        free(distances);
        free(residuals);
        free(norms);
        free(least);
        free(kept);
    }
}

/// Lists of links may name rows that are not there: they end there.
static void use_links(size_t size) {
    float *rows = floats(row_count * size, 0);
    akin_rows table = {rows, size * sizeof *rows, size, row_count, NULL};
    for (int round = 0; round < 50; round++) {
        uint32_t *links = block(link_width * sizeof *links), *fresh = block(link_width * sizeof *fresh);
        for (size_t i = 0; i < link_width; i++) if (random_bits() % 5) links[i] %= row_count;
        uint64_t *seen = block((row_count + 63) / 64 * sizeof *seen);
        akin_look_ahead(&table, links, link_width, seen);
        size_t count = akin_gather(&table, links, link_width, seen, fresh);
        akin_fetch_rows(&table, fresh, count);
        free(links);
        free(fresh);
        free(seen);
    }
    free(rows);
}

static void use_conversions(size_t size, int awkward) {
    float *values = floats(size, awkward), *others = floats(size, awkward), *results = floats(size, 0), residual;
    uint16_t *halves = block(size * sizeof *halves);
    akin_halves_from_floats(values, size, halves);
    akin_floats_from_halves(halves, size, results);
    akin_sum_of_squares(values, size);
    akin_sum_of_products(values, others, size);
    akin_largest_magnitude(values, size);
    akin_center(values, others, size, 0.5, 2, results);
    akin_scale(values, size, 1e300, results);
    for (size_t padding = 0; !awkward && padding < 3; padding++) {
        size_t length = size + padding * 31;
        uint8_t *codes = block(length);
        int8_t *signed_codes = block(length);
        int32_t sum;
        akin_encode_row(values, size, length, codes, &residual);
        akin_encode_query(values, size, length, signed_codes, &sum, &residual);
        free(codes);
        free(signed_codes);
    }
    free(values);
    free(others);
    free(results);
    free(halves);
}

// MARK: Sparse kernels

static void use_sparse(akin_sparse_kernel kernel, ptrdiff_t width) {
    enum { rows = 11, columns = 17 };
    ptrdiff_t *starts = block((rows + 1) * sizeof *starts);
    starts[0] = 0;
    for (int row = 0; row < rows; row++) starts[row + 1] = starts[row] + random_bits() % 6;
    size_t count = (size_t)starts[rows];
    uint32_t *indices = block(count * sizeof *indices), *targets = block(rows * sizeof *targets);
    for (size_t i = 0; i < count; i++) indices[i] = random_bits() % columns;
    for (uint32_t row = 0; row < rows; row++) targets[row] = rows - 1 - row;
    float *values = floats(count, 0);
    for (ptrdiff_t stride = width; stride < width + 3; stride++) {
        // The last row ends with its width, and has no stride behind it.
        float *panel = floats((size_t)((columns - 1) * stride + width), 0);
        float *out = floats((size_t)((rows - 1) * stride + width), 0);
        akin_sparse_rows all = {rows, NULL, starts, indices, values};
        kernel.gather_rows(&all, panel, stride, out, stride, width, false);
        all.targets = targets;
        kernel.gather_rows(&all, panel, stride, out, stride, width, true);
        free(panel);
        free(out);
    }
    free(starts);
    free(indices);
    free(targets);
    free(values);
}

// MARK: Checksum

static void use_checksum(void) {
    static const size_t counts[] = {0, 1, 7, 8, 9, 63, 1023, 1024, 1025, 3071, 3072, 3073, 6145, 9300};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        for (size_t start = 0; start < 8; start++) {
            unsigned char *bytes = block(start + counts[i]);
            uint32_t sum = akin_crc32c_scalar(5, bytes + start, counts[i]);
            if (sum != akin_crc32c(5, bytes + start, counts[i])) exit(3);
            if (akin_crc32c_has_hardware() && sum != akin_crc32c_hardware(5, bytes + start, counts[i])) exit(3);
            free(bytes);
        }
    }
    if (akin_crc32c(0, NULL, 0) != 0 || akin_crc32c_scalar(0, NULL, 0) != 0) exit(3);
}

int main(void) {
    use_checksum();
    puts("checksum");
    for (size_t j = 0; j < sizeof sizes / sizeof *sizes; j++) {
        use_links(sizes[j]);
        for (int awkward = 0; awkward < 2; awkward++) use_conversions(sizes[j], awkward);
    }
    puts("conversions");
    for (size_t i = 0; i < akin_dense_kernels_count(); i++) {
        const akin_dense_kernels *table = akin_dense_kernels_at(i);
        printf("dense %s\n", table->name);
        for (size_t j = 0; j < sizeof sizes / sizeof *sizes; j++) {
            for (int awkward = 0; awkward < 2; awkward++) use_dense(table, sizes[j], awkward);
        }
        use_candidates(table);
    }
    akin_sparse_kernel kernels[akin_sparse_kernel_limit];
    ptrdiff_t count = akin_sparse_kernels(kernels);
    for (ptrdiff_t i = 0; i < count; i++) {
        printf("sparse %s\n", kernels[i].name);
        for (size_t j = 0; j < sizeof sizes / sizeof *sizes; j++) use_sparse(kernels[i], (ptrdiff_t)sizes[j]);
    }
    return 0;
}
