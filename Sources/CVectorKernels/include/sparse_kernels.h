#ifndef AKIN_SPARSE_KERNELS_H
#define AKIN_SPARSE_KERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Some rows of a sparse matrix. Row r holds the entries starts[r] ..< starts[r + 1] of `indices` and `values`; its
/// result goes to row targets[r] of the output, or to row r when `targets` is NULL.
///
/// The same form serves both products: as rows of A against a panel of A's columns, and, over a tile's transposed copy
/// (which lists only the columns that occur in the tile), as columns of A against a panel of A's rows.
typedef struct {
    ptrdiff_t count;
    const uint32_t *targets;
    const ptrdiff_t *starts;
    const uint32_t *indices;
    const float *values;
} akin_sparse_rows;

/// For every row r: out[target(r)] = or += sum over its entries e of values[e] * panel[indices[e]].
///
/// `panel` and `out` are dense and row-major, `width` columns wide, with `panel_stride` and `out_stride` floats from
/// one row to the next. They do not overlap. No alignment is required; a panel whose rows start at multiples of 64
/// bytes is read fastest. The order of the sum is fixed for a kernel and a width, and differs from kernel to kernel.
typedef void (*akin_gather_rows)(
    const akin_sparse_rows *rows, const float *panel, ptrdiff_t panel_stride, float *out, ptrdiff_t out_stride,
    ptrdiff_t width, bool accumulate);

typedef struct {
    const char *name;
    akin_gather_rows gather_rows;
} akin_sparse_kernel;

enum { akin_sparse_kernel_limit = 4 };

/// Writes the kernels that this processor can run, the best first and the scalar one last; returns their number.
ptrdiff_t akin_sparse_kernels(akin_sparse_kernel kernels[akin_sparse_kernel_limit]);

void akin_gather_rows_scalar(
    const akin_sparse_rows *rows, const float *panel, ptrdiff_t panel_stride, float *out, ptrdiff_t out_stride,
    ptrdiff_t width, bool accumulate);

#if defined(__x86_64__)
void akin_gather_rows_avx2(
    const akin_sparse_rows *rows, const float *panel, ptrdiff_t panel_stride, float *out, ptrdiff_t out_stride,
    ptrdiff_t width, bool accumulate);
void akin_gather_rows_avx512(
    const akin_sparse_rows *rows, const float *panel, ptrdiff_t panel_stride, float *out, ptrdiff_t out_stride,
    ptrdiff_t width, bool accumulate);
#endif

#if defined(__aarch64__)
void akin_gather_rows_neon(
    const akin_sparse_rows *rows, const float *panel, ptrdiff_t panel_stride, float *out, ptrdiff_t out_stride,
    ptrdiff_t width, bool accumulate);
#endif

#ifdef __cplusplus
}
#endif

#endif
