#ifndef CVECTORKERNELS_H
#define CVECTORKERNELS_H

#include "dense_kernels.h"
#include "sparse_kernels.h"

#endif
