// Sparse rows times a dense panel, in portable C.
#include "sparse_kernels.h"

enum { strip = 16 };

void akin_gather_rows_scalar(
    const akin_sparse_rows *rows, const float *panel, ptrdiff_t panel_stride, float *out, ptrdiff_t out_stride,
    ptrdiff_t width, bool accumulate) {
    for (ptrdiff_t column = 0; column < width; column += strip) {
        const ptrdiff_t lanes = width - column < strip ? width - column : strip;
        for (ptrdiff_t row = 0; row < rows->count; ++row) {
            float sums[strip] = {0};
            for (ptrdiff_t entry = rows->starts[row]; entry < rows->starts[row + 1]; ++entry) {
                const float value = rows->values[entry];
                const float *source = panel + (ptrdiff_t)rows->indices[entry] * panel_stride + column;
                for (ptrdiff_t lane = 0; lane < lanes; ++lane) {
                    sums[lane] += value * source[lane];
                }
            }
            const ptrdiff_t target = rows->targets ? (ptrdiff_t)rows->targets[row] : row;
            float *destination = out + target * out_stride + column;
            for (ptrdiff_t lane = 0; lane < lanes; ++lane) {
                destination[lane] = accumulate ? destination[lane] + sums[lane] : sums[lane];
            }
        }
    }
}
