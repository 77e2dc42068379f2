// The tables of the instruction sets. Each exists on its own architecture only.

#ifndef AKIN_ENCODER_TABLES_H
#define AKIN_ENCODER_TABLES_H

#include "encoder_kernels.h"

#if defined(__x86_64__)
const akin_encoder_kernels *akin_encoder_kernels_avx2(void);
const akin_encoder_kernels *akin_encoder_kernels_avx512vnni(void);
void akin_use_avxvnni(akin_encoder_kernels *table);     ///< puts the products of codes for VNNI in the place of others
#elif defined(__aarch64__)
const akin_encoder_kernels *akin_encoder_kernels_neon(void);
void akin_use_encoder_dotprod(akin_encoder_kernels *table);
#endif

#endif
