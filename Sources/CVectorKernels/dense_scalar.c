#include "dense_kernels.h"
