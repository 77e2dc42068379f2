// Which of the sparse kernels this processor can run.
#include "sparse_kernels.h"

ptrdiff_t akin_sparse_kernels(akin_sparse_kernel kernels[akin_sparse_kernel_limit]) {
    ptrdiff_t count = 0;
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512f")) {
        kernels[count++] = (akin_sparse_kernel){"AVX-512", akin_gather_rows_avx512};
    }
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
        kernels[count++] = (akin_sparse_kernel){"AVX2", akin_gather_rows_avx2};
    }
#elif defined(__aarch64__)
    kernels[count++] = (akin_sparse_kernel){"NEON", akin_gather_rows_neon};
#endif
    kernels[count++] = (akin_sparse_kernel){"scalar", akin_gather_rows_scalar};
    return count;
}
