// Compares every sparse kernel that this CPU runs with the definition, and the CRC instructions with the tables: for
// CPUs that the Swift tests do not run on, such as 64-bit ARM under qemu-user.
//
//   aarch64-linux-gnu-gcc -O2 -static -I Sources/CVectorKernels/include -I Sources/CChecksum/include
//       Sources/CVectorKernels/sparse_*.c Sources/CChecksum/*.c Tests/KernelTables/compare_sparse_and_crc.c
//       -lm -o compare_sparse_and_crc
//   qemu-aarch64 compare_sparse_and_crc
//
// Prints the kernels, and what differs. Exits with 1 if anything does.

#include "CChecksum.h"
#include "sparse_kernels.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { row_count = 13, panel_rows = 31, largest_width = 207, gap = 3, largest_bytes = 40000 };

static const ptrdiff_t widths[] = {
    0, 1, 3, 4, 7, 8, 13, 15, 16, 17, 31, 32, 33, 48, 63, 64, 65, 96, 128, largest_width};
static const size_t sizes[] = {0, 1, 7, 8, 13, 31, 207, 1025, 4096, 12289, 24576, 39999};

static int failures;

static uint32_t random_bits(void) {
    static uint64_t state = 42;
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(state >> 32);
}

static float random_number(void) { return (float)random_bits() / 4294967296.0f - 0.5f; }

// Rows of about twelve entries, every fourth row empty.
static void compare_sparse(akin_sparse_kernel kernel, ptrdiff_t width, bool reverses, bool accumulates) {
    static float panel[panel_rows * (largest_width + gap)], out[row_count * (largest_width + gap)];
    static uint32_t indices[row_count * panel_rows], targets[row_count];
    static float values[row_count * panel_rows];
    ptrdiff_t starts[row_count + 1] = {0};
    const ptrdiff_t stride = width + gap;
    for (ptrdiff_t i = 0; i < panel_rows * stride; i++) panel[i] = random_number();
    for (ptrdiff_t row = 0; row < row_count; row++) {
        ptrdiff_t end = starts[row];
        for (uint32_t column = 0; column < panel_rows && row % 4 != 3; column++) {
            if (random_bits() % 5 > 1) continue;
            indices[end] = column;
            values[end++] = random_number();
        }
        starts[row + 1] = end;
        targets[row] = (uint32_t)(row_count - 1 - row);
    }
    for (ptrdiff_t i = 0; i < row_count * stride; i++) out[i] = 0.5f;
    akin_sparse_rows rows = {row_count, reverses ? targets : NULL, starts, indices, values};
    kernel.gather_rows(&rows, panel, stride, out, stride, width, accumulates);
    for (ptrdiff_t row = 0; row < row_count; row++) {
        const float *result = out + (reverses ? row_count - 1 - row : row) * stride;
        bool holds = true;
        for (ptrdiff_t column = 0; column < stride; column++) {
            // What lies beyond the width stays as it was.
            double expected = column >= width || accumulates ? 0.5 : 0, sum = fabs(expected);
            for (ptrdiff_t e = starts[row]; e < starts[row + 1] && column < width; e++) {
                double product = (double)values[e] * panel[indices[e] * stride + column];
                expected += product;
                sum += fabs(product);
            }
            if (!(fabs(result[column] - expected) <= 32 * 0x1p-24 * sum)) holds = false;
        }
        if (!holds) {
            failures++;
            printf("%s: row %td differs at width %td%s%s\n", kernel.name, row, width, reverses ? ", by targets" : "",
                accumulates ? ", accumulated" : "");
        }
    }
}

// At every offset within a word, whole and in two pieces.
static void compare_sums(void) {
    static uint8_t bytes[largest_bytes + 8];
    for (size_t i = 0; i < sizeof bytes; i++) bytes[i] = (uint8_t)random_bits();
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
        for (size_t offset = 0; offset < 8; offset++) {
            const uint8_t *start = bytes + offset;
            uint32_t expected = akin_crc32c_scalar(0, start, sizes[s]);
            size_t half = sizes[s] / 3;
            uint32_t pieces = akin_crc32c_hardware(akin_crc32c_hardware(0, start, half), start + half, sizes[s] - half);
            if (akin_crc32c_hardware(0, start, sizes[s]) != expected || pieces != expected) {
                failures++;
                printf("CRC: the sum of %zu bytes at offset %zu differs\n", sizes[s], offset);
            }
        }
    }
}

int main(void) {
    akin_sparse_kernel kernels[akin_sparse_kernel_limit];
    ptrdiff_t count = akin_sparse_kernels(kernels);
    for (ptrdiff_t k = 0; k < count; k++) {
        printf("sparse %s\n", kernels[k].name);
        for (size_t w = 0; w < sizeof widths / sizeof *widths; w++) {
            for (int form = 0; form < 4; form++) compare_sparse(kernels[k], widths[w], form & 1, form & 2);
        }
    }
    // The known answer of the algorithm's specification.
    if (akin_crc32c_scalar(0, "123456789", 9) != 0xE3069283) {
        failures++;
        printf("CRC: the tables give another sum than 0xE3069283\n");
    }
    printf("CRC %s\n", akin_crc32c_has_hardware() ? "by instructions" : "by tables alone");
    if (akin_crc32c_has_hardware()) compare_sums();
    return failures > 0;
}
