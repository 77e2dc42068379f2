// Sparse rows times a dense panel, for AVX2 with fused multiply-add.
//
// As for AVX-512, with registers of 8 columns: strips of 64, 32, 16 or 8 columns, the last one masked.
#if defined(__x86_64__)
#include "sparse_kernels.h"

#include <immintrin.h>

#define AVX2 __attribute__((target("avx2,fma")))
#define INLINE static inline __attribute__((always_inline))

enum { lookahead = 24, lanes = 8, line = 16 };

AVX2 INLINE __m256 load(const float *source, bool masked, __m256i mask) {
    return masked ? _mm256_maskload_ps(source, mask) : _mm256_loadu_ps(source);
}

AVX2 INLINE void gather_strip(
    const akin_sparse_rows *rows, const float *panel, ptrdiff_t panel_stride, float *out, ptrdiff_t out_stride,
    bool accumulate, const int vectors, const int chains, const bool masked, const __m256i mask) {
    const uint32_t *indices = rows->indices;
    const float *values = rows->values;
    const ptrdiff_t last = rows->starts[rows->count] - 1;
    for (ptrdiff_t row = 0; row < rows->count; ++row) {
        __m256 sums[4][8];
        for (int chain = 0; chain < chains; ++chain) {
            for (int vector = 0; vector < vectors; ++vector) {
                sums[chain][vector] = _mm256_setzero_ps();
            }
        }
        ptrdiff_t entry = rows->starts[row];
        const ptrdiff_t end = rows->starts[row + 1];
        for (; entry + chains <= end; entry += chains) {
            for (int chain = 0; chain < chains; ++chain) {
                const ptrdiff_t ahead = entry + chain + lookahead;
                const float *next = panel + (ptrdiff_t)indices[ahead < last ? ahead : last] * panel_stride;
                for (int start = 0; start < lanes * vectors; start += line) {
                    _mm_prefetch((const char *)(next + start), _MM_HINT_T0);
                }
                const float *source = panel + (ptrdiff_t)indices[entry + chain] * panel_stride;
                const __m256 value = _mm256_set1_ps(values[entry + chain]);
                for (int vector = 0; vector < vectors; ++vector) {
                    sums[chain][vector] = _mm256_fmadd_ps(
                        value, load(source + lanes * vector, masked, mask), sums[chain][vector]);
                }
            }
        }
        for (; entry < end; ++entry) {
            const float *source = panel + (ptrdiff_t)indices[entry] * panel_stride;
            const __m256 value = _mm256_set1_ps(values[entry]);
            for (int vector = 0; vector < vectors; ++vector) {
                sums[0][vector] = _mm256_fmadd_ps(
                    value, load(source + lanes * vector, masked, mask), sums[0][vector]);
            }
        }
        const ptrdiff_t target = rows->targets ? (ptrdiff_t)rows->targets[row] : row;
        float *destination = out + target * out_stride;
        for (int vector = 0; vector < vectors; ++vector) {
            __m256 sum = sums[0][vector];
            for (int chain = 1; chain < chains; ++chain) {
                sum = _mm256_add_ps(sum, sums[chain][vector]);
            }
            float *place = destination + lanes * vector;
            if (accumulate) {
                sum = _mm256_add_ps(load(place, masked, mask), sum);
            }
            if (masked) {
                _mm256_maskstore_ps(place, mask, sum);
            } else {
                _mm256_storeu_ps(place, sum);
            }
        }
    }
}

AVX2 void akin_gather_rows_avx2(
    const akin_sparse_rows *rows, const float *panel, ptrdiff_t panel_stride, float *out, ptrdiff_t out_stride,
    ptrdiff_t width, bool accumulate) {
    if (rows->count == 0) {
        return;
    }
    const __m256i none = _mm256_setzero_si256();
    ptrdiff_t column = 0;
    for (; column + 64 <= width; column += 64) {
        gather_strip(rows, panel + column, panel_stride, out + column, out_stride, accumulate, 8, 1, false, none);
    }
    for (; column + 32 <= width; column += 32) {
        gather_strip(rows, panel + column, panel_stride, out + column, out_stride, accumulate, 4, 2, false, none);
    }
    for (; column + 16 <= width; column += 16) {
        gather_strip(rows, panel + column, panel_stride, out + column, out_stride, accumulate, 2, 4, false, none);
    }
    for (; column + 8 <= width; column += 8) {
        gather_strip(rows, panel + column, panel_stride, out + column, out_stride, accumulate, 1, 4, false, none);
    }
    if (column < width) {
        const __m256i mask = _mm256_cmpgt_epi32(
            _mm256_set1_epi32((int)(width - column)), _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
        gather_strip(rows, panel + column, panel_stride, out + column, out_stride, accumulate, 1, 4, true, mask);
    }
}

#endif
