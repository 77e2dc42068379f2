// Sparse rows times a dense panel, for AVX-512.
//
// The panel is walked in strips of 64, 32 or 16 columns, the last one masked. A row's sums stay in registers: `vectors`
// registers of 16 columns each, in `chains` independent sets, so that the latency of one addition is hidden behind the
// others. The row of the panel that an entry `lookahead` further on will need is prefetched meanwhile.
#if defined(__x86_64__)
#include "sparse_kernels.h"

#include <immintrin.h>

#define AVX512 __attribute__((target("avx512f")))
#define INLINE static inline __attribute__((always_inline))

enum { lookahead = 24, lanes = 16 };

AVX512 INLINE __m512 load(const float *source, bool masked, __mmask16 mask) {
    return masked ? _mm512_maskz_loadu_ps(mask, source) : _mm512_loadu_ps(source);
}

AVX512 INLINE void gather_strip(
    const akin_sparse_rows *rows, const float *panel, ptrdiff_t panel_stride, float *out, ptrdiff_t out_stride,
    bool accumulate, const int vectors, const int chains, const bool masked, const __mmask16 mask) {
    const uint32_t *indices = rows->indices;
    const float *values = rows->values;
    const ptrdiff_t last = rows->starts[rows->count] - 1;
    for (ptrdiff_t row = 0; row < rows->count; ++row) {
        __m512 sums[4][4];
        for (int chain = 0; chain < chains; ++chain) {
            for (int vector = 0; vector < vectors; ++vector) {
                sums[chain][vector] = _mm512_setzero_ps();
            }
        }
        ptrdiff_t entry = rows->starts[row];
        const ptrdiff_t end = rows->starts[row + 1];
        for (; entry + chains <= end; entry += chains) {
            for (int chain = 0; chain < chains; ++chain) {
                const ptrdiff_t ahead = entry + chain + lookahead;
                const float *next = panel + (ptrdiff_t)indices[ahead < last ? ahead : last] * panel_stride;
                const float *source = panel + (ptrdiff_t)indices[entry + chain] * panel_stride;
                const __m512 value = _mm512_set1_ps(values[entry + chain]);
                for (int vector = 0; vector < vectors; ++vector) {
                    _mm_prefetch((const char *)(next + lanes * vector), _MM_HINT_T0);
                    sums[chain][vector] = _mm512_fmadd_ps(
                        value, load(source + lanes * vector, masked, mask), sums[chain][vector]);
                }
            }
        }
        for (; entry < end; ++entry) {
            const float *source = panel + (ptrdiff_t)indices[entry] * panel_stride;
            const __m512 value = _mm512_set1_ps(values[entry]);
            for (int vector = 0; vector < vectors; ++vector) {
                sums[0][vector] = _mm512_fmadd_ps(
                    value, load(source + lanes * vector, masked, mask), sums[0][vector]);
            }
        }
        const ptrdiff_t target = rows->targets ? (ptrdiff_t)rows->targets[row] : row;
        float *destination = out + target * out_stride;
        for (int vector = 0; vector < vectors; ++vector) {
            __m512 sum = sums[0][vector];
            for (int chain = 1; chain < chains; ++chain) {
                sum = _mm512_add_ps(sum, sums[chain][vector]);
            }
            float *place = destination + lanes * vector;
            if (accumulate) {
                sum = _mm512_add_ps(load(place, masked, mask), sum);
            }
            if (masked) {
                _mm512_mask_storeu_ps(place, mask, sum);
            } else {
                _mm512_storeu_ps(place, sum);
            }
        }
    }
}

AVX512 void akin_gather_rows_avx512(
    const akin_sparse_rows *rows, const float *panel, ptrdiff_t panel_stride, float *out, ptrdiff_t out_stride,
    ptrdiff_t width, bool accumulate) {
    if (rows->count == 0) {
        return;
    }
    ptrdiff_t column = 0;
    for (; column + 64 <= width; column += 64) {
        gather_strip(rows, panel + column, panel_stride, out + column, out_stride, accumulate, 4, 2, false, 0);
    }
    for (; column + 32 <= width; column += 32) {
        gather_strip(rows, panel + column, panel_stride, out + column, out_stride, accumulate, 2, 4, false, 0);
    }
    for (; column + 16 <= width; column += 16) {
        gather_strip(rows, panel + column, panel_stride, out + column, out_stride, accumulate, 1, 4, false, 0);
    }
    if (column < width) {
        const __mmask16 mask = (__mmask16)((1u << (width - column)) - 1);
        gather_strip(rows, panel + column, panel_stride, out + column, out_stride, accumulate, 1, 4, true, mask);
    }
}

#endif
