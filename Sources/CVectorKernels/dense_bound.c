// The part of an exact scan over codes that looks at every row: in plain C, whose loops compilers turn into vectors.

#include "dense_kernels.h"

size_t akin_keep_near(
    const float *restrict distances, const float *restrict residuals, const float *restrict norms, size_t n,
    akin_bound bound, float limit, float *restrict least, uint32_t *restrict kept
) {
    for (size_t i = 0; i < n; i++) {
        float per_norm = bound.per_norm + norms[i] * bound.per_squared_norm;
        least[i] = distances[i] - (residuals[i] * bound.per_residual + norms[i] * per_norm + bound.constant);
    }
    size_t count = 0;
    for (size_t i = 0; i < n; i++) {
        kept[count] = (uint32_t)i;
        count += !(least[i] > limit);
    }
    return count;
}
