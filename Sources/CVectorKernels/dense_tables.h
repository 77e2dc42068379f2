// The tables of the instruction sets. Each exists on its own architecture only.

#ifndef AKIN_DENSE_TABLES_H
#define AKIN_DENSE_TABLES_H

#include "dense_kernels.h"

#if defined(__x86_64__)
const akin_dense_kernels *akin_dense_kernels_avx2(void);
const akin_dense_kernels *akin_dense_kernels_avx512(void);
void akin_use_avx512vnni(akin_dense_kernels *table);    ///< puts the kernels for VNNI in the place of others
#elif defined(__aarch64__)
const akin_dense_kernels *akin_dense_kernels_neon(void);
void akin_use_neon_dotprod(akin_dense_kernels *table);
#endif

#endif
