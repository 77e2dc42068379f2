#ifndef CENCODERKERNELS_H
#define CENCODERKERNELS_H

#include "encoder_kernels.h"

#endif
