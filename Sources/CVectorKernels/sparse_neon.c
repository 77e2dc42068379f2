// Sparse rows times a dense panel, for NEON.
//
// Registers of 4 columns: strips of 32, 16 or 4 columns, then single columns.
#if defined(__aarch64__)
#include "sparse_kernels.h"

#include <arm_neon.h>

#define INLINE static inline __attribute__((always_inline))

enum { lookahead = 24, lanes = 4, line = 16 };

INLINE void gather_strip(
    const akin_sparse_rows *rows, const float *panel, ptrdiff_t panel_stride, float *out, ptrdiff_t out_stride,
    bool accumulate, const int vectors, const int chains) {
    const uint32_t *indices = rows->indices;
    const float *values = rows->values;
    const ptrdiff_t last = rows->starts[rows->count] - 1;
    for (ptrdiff_t row = 0; row < rows->count; ++row) {
        float32x4_t sums[4][8];
        for (int chain = 0; chain < chains; ++chain) {
            for (int vector = 0; vector < vectors; ++vector) {
                sums[chain][vector] = vdupq_n_f32(0);
            }
        }
        ptrdiff_t entry = rows->starts[row];
        const ptrdiff_t end = rows->starts[row + 1];
        for (; entry + chains <= end; entry += chains) {
            for (int chain = 0; chain < chains; ++chain) {
                const ptrdiff_t ahead = entry + chain + lookahead;
                const float *next = panel + (ptrdiff_t)indices[ahead < last ? ahead : last] * panel_stride;
                for (int start = 0; start < lanes * vectors; start += line) {
                    __builtin_prefetch(next + start);
                }
                const float *source = panel + (ptrdiff_t)indices[entry + chain] * panel_stride;
                const float value = values[entry + chain];
                for (int vector = 0; vector < vectors; ++vector) {
                    sums[chain][vector] =
                        vfmaq_n_f32(sums[chain][vector], vld1q_f32(source + lanes * vector), value);
                }
            }
        }
        for (; entry < end; ++entry) {
            const float *source = panel + (ptrdiff_t)indices[entry] * panel_stride;
            const float value = values[entry];
            for (int vector = 0; vector < vectors; ++vector) {
                sums[0][vector] = vfmaq_n_f32(sums[0][vector], vld1q_f32(source + lanes * vector), value);
            }
        }
        const ptrdiff_t target = rows->targets ? (ptrdiff_t)rows->targets[row] : row;
        float *destination = out + target * out_stride;
        for (int vector = 0; vector < vectors; ++vector) {
            float32x4_t sum = sums[0][vector];
            for (int chain = 1; chain < chains; ++chain) {
                sum = vaddq_f32(sum, sums[chain][vector]);
            }
            float *place = destination + lanes * vector;
            vst1q_f32(place, accumulate ? vaddq_f32(vld1q_f32(place), sum) : sum);
        }
    }
}

void akin_gather_rows_neon(
    const akin_sparse_rows *rows, const float *panel, ptrdiff_t panel_stride, float *out, ptrdiff_t out_stride,
    ptrdiff_t width, bool accumulate) {
    if (rows->count == 0) {
        return;
    }
    ptrdiff_t column = 0;
    for (; column + 32 <= width; column += 32) {
        gather_strip(rows, panel + column, panel_stride, out + column, out_stride, accumulate, 8, 2);
    }
    for (; column + 16 <= width; column += 16) {
        gather_strip(rows, panel + column, panel_stride, out + column, out_stride, accumulate, 4, 4);
    }
    for (; column + 4 <= width; column += 4) {
        gather_strip(rows, panel + column, panel_stride, out + column, out_stride, accumulate, 1, 4);
    }
    if (column < width) {
        akin_gather_rows_scalar(
            rows, panel + column, panel_stride, out + column, out_stride, width - column, accumulate);
    }
}

#endif
