// Compares every table of dense kernels that this CPU runs with the scalar one: for CPUs that the Swift tests do not
// run on, such as 64-bit ARM under qemu-user.
//
//   aarch64-linux-gnu-gcc -O2 -static -I Sources/CVectorKernels/include Sources/CVectorKernels/dense_*.c
//       Tests/KernelTables/compare_tables.c -lm -o compare_tables
//   qemu-aarch64 compare_tables
//
// Prints the tables, and what differs. Exits with 1 if anything does.

#include "dense_kernels.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { row_count = 13, largest_size = 1025 };

static const size_t sizes[] = {0, 1, 3, 4, 7, 8, 13, 15, 16, 17, 31, 32, 33, 63, 64, 65, 207, 256, largest_size};

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

static float random_float(void) {
    return (float)(random_bits() % 20001) / 10000.0f - 1.0f;
}

/// Rows and a query of every element type.
static float floats[row_count * largest_size], float_query[largest_size], unit_query[largest_size];
static akin_factors factors[row_count];
static uint16_t halves[row_count * largest_size];
static uint8_t codes[row_count * largest_size];
static int8_t code_query[largest_size];

static void fill(size_t size) {
    for (size_t i = 0; i < row_count * size; i++) {
        floats[i] = random_float();
        codes[i] = random_bits() % 4 ? (uint8_t)random_bits() : random_bits() & 1 ? 255 : 0;
    }
    akin_halves_from_floats(floats, row_count * size, halves);
    for (size_t i = 0; i < size; i++) {
        float_query[i] = random_float();
        code_query[i] = random_bits() % 3 ? (int8_t)random_bits() : random_bits() & 1 ? 127 : -128;
    }
    for (size_t i = 0; i < row_count; i++) {
        factors[i] = (akin_factors){0.01f * (float)(1 + i), (float)i};
    }
}

static int by_value(const void *a, const void *b) {
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static void compare_rows(
    const char *table, const char *what, akin_rows rows, akin_query query, const akin_row_kernels *kernels,
    const akin_row_kernels *expected
) {
    size_t size = rows.length;
    uint32_t ids[row_count];
    for (size_t i = 0; i < row_count; i++) ids[i] = (uint32_t)(i * 5 % row_count);
    float scores[row_count], expected_scores[row_count], scan[row_count];
    kernels->score(&rows, &query, ids, row_count, scores);
    expected->score(&rows, &query, ids, row_count, expected_scores);
    kernels->scan(&rows, &query, 0, row_count, scan);
    float least = INFINITY;
    for (size_t i = 0; i < row_count; i++) {
        float tolerance = 1e-6f * (float)(size + 10) * (1 + fabsf(expected_scores[i]));
        check(fabsf(scores[i] - expected_scores[i]) <= tolerance, table, what, size);
        check(memcmp(&scores[i], &scan[ids[i]], sizeof scores[i]) == 0, table, "a scan", size);
        least = scores[i] < least ? scores[i] : least;
    }
    check(!kernels->any_nearer(&rows, &query, ids, row_count, least), table, "any_nearer", size);
    check(kernels->any_nearer(&rows, &query, ids, row_count, nextafterf(least, INFINITY)), table, "any_nearer", size);

    uint64_t candidates[row_count], expected_candidates[row_count];
    uint64_t limit = UINT64_MAX;
    for (int half = 0; half < 2; half++) {
        size_t found = kernels->near(&rows, &query, ids, row_count, limit, NULL, 0, candidates);
        check(found == (half ? row_count / 2 : row_count), table, "near", size);
        for (size_t i = 0; i < found; i++) check(candidates[i] < limit, table, "near", size);
        memcpy(expected_candidates, candidates, sizeof candidates);
        qsort(expected_candidates, found, sizeof *candidates, by_value);
        limit = expected_candidates[row_count / 2];
    }
}

static void compare(const akin_dense_kernels *table, const akin_dense_kernels *scalar, size_t size) {
    fill(size);
    int32_t sum = 0;
    for (size_t i = 0; i < size; i++) sum += code_query[i];
    // A query near the first row, so that cosine kernels take both ways.
    float length = sqrtf(scalar->dot(floats, floats, size)) + 1e-6f;
    for (size_t i = 0; i < size; i++) unit_query[i] = floats[i] * (1 + random_float() / 1000) / (length * length);
    akin_query query = {float_query, 0.5f, 0, 0, 0}, near = {unit_query, 1, 0, 0, 0};
    akin_query codes_query = {code_query, -0.02f, sum, 3, -1.5f};
    akin_rows float_rows = {floats, size * sizeof *floats, size, row_count, NULL};
    akin_rows half_rows = {halves, size * sizeof *halves, size, row_count, NULL};
    akin_rows code_rows = {codes, size, size, row_count, factors};
    const char *name = table->name;
    compare_rows(name, "float, inner", float_rows, query, &table->float_inner, &scalar->float_inner);
    compare_rows(name, "float, squared", float_rows, query, &table->float_squared, &scalar->float_squared);
    compare_rows(name, "half, inner", half_rows, query, &table->half_inner, &scalar->half_inner);
    compare_rows(name, "half, squared", half_rows, query, &table->half_squared, &scalar->half_squared);
    compare_rows(name, "float, cosine", float_rows, near, &table->float_cosine, &scalar->float_cosine);
    compare_rows(name, "half, cosine", half_rows, near, &table->half_cosine, &scalar->half_cosine);
    compare_rows(name, "code", code_rows, codes_query, &table->code, &scalar->code);

    int32_t code_dot = table->code_dot(code_query, codes, size);
    check(code_dot == scalar->code_dot(code_query, codes, size), name, "code_dot", size);
    float tolerance = 1e-6f * (float)(size + 10);
    float dot = scalar->dot(float_query, floats, size), squared = scalar->squared_l2(float_query, floats, size);
    check(fabsf(table->dot(float_query, floats, size) - dot) <= tolerance, name, "dot", size);
    check(fabsf(table->squared_l2(float_query, floats, size) - squared) <= 4 * tolerance, name, "squared_l2", size);

    int8_t signed_codes[largest_size], expected_codes[largest_size];
    int32_t signed_sum = table->query_from_row(codes, size, signed_codes);
    check(signed_sum == scalar->query_from_row(codes, size, expected_codes), name, "query_from_row", size);
    check(memcmp(signed_codes, expected_codes, size) == 0, name, "query_from_row", size);
}

/// Merges random candidates into candidate queues, and compares with the scalar table's.
static void compare_merges(const akin_dense_kernels *table, const akin_dense_kernels *scalar) {
    for (size_t capacity = 1; capacity < 300; capacity += 7) {
        uint64_t queue[300], expected[300], candidates[40];
        size_t count = 0, expected_count = 0;
        for (int round = 0; round < 20; round++) {
            for (int i = 0; i < 40; i++) candidates[i] = (uint64_t)random_bits() << 33 | random_bits();
            size_t place = table->merge(queue, &count, capacity, candidates, 40);
            size_t expected_place = scalar->merge(expected, &expected_count, capacity, candidates, 40);
            check(place == expected_place && count == expected_count, table->name, "merge", capacity);
            check(memcmp(queue, expected, count * sizeof *queue) == 0, table->name, "merge", capacity);
        }
    }
}

/// Keeps the near of random rows, and compares the bounds with the scalar table's and the places with a plain loop.
static void compare_bounds(const akin_dense_kernels *table, const akin_dense_kernels *scalar) {
    enum { most = 100 };
    float distances[most], residuals[most], lengths[most], least[most], expected[most];
    uint32_t kept[most], ignored[most];
    akin_bound bound = {0.3f, 0.01f, 0.001f, 0.002f};
    for (size_t n = 0; n <= most; n++) {
        for (size_t i = 0; i < n; i++) {
            distances[i] = random_float();
            residuals[i] = 0.5f + random_float() / 2;
            lengths[i] = 0.5f + random_float() / 2;
        }
        float limit = random_float();
        size_t count = table->keep_near(distances, residuals, lengths, n, bound, limit, least, kept);
        scalar->keep_near(distances, residuals, lengths, n, bound, limit, expected, ignored);
        size_t next = 0;
        for (size_t i = 0; i < n; i++) {
            check(fabsf(least[i] - expected[i]) <= 1e-6f, table->name, "keep_near", n);
            if (least[i] > limit) continue;
            check(next < count && kept[next] == i, table->name, "keep_near", n);
            next++;
        }
        check(next == count, table->name, "keep_near", n);
    }
}

int main(void) {
    const akin_dense_kernels *scalar = akin_dense_kernels_scalar();
    for (size_t i = 0; i < akin_dense_kernels_count(); i++) {
        const akin_dense_kernels *table = akin_dense_kernels_at(i);
        printf("%s\n", table->name);
        for (size_t j = 0; j < sizeof sizes / sizeof *sizes; j++) compare(table, scalar, sizes[j]);
        compare_merges(table, scalar);
        compare_bounds(table, scalar);
    }
    printf("%d differences\n", failures);
    return failures != 0;
}
