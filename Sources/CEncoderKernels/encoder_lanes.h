// Sixteen floats or integers as one value: the vectors of GCC and Clang, which become the registers of the instruction
// set that a function is compiled for. The kernels of floats are written with them once, without intrinsics.

#ifndef AKIN_ENCODER_LANES_H
#define AKIN_ENCODER_LANES_H

#include "encoder_kernels.h"

#include <string.h>

// Functions that take or return vectors are all inlined, so no calling convention matters.
#pragma GCC diagnostic ignored "-Wpsabi"

typedef float lanes __attribute__((vector_size(64)));
typedef int32_t int_lanes __attribute__((vector_size(64)));
typedef uint32_t bit_lanes __attribute__((vector_size(64)));
typedef uint8_t byte_lanes __attribute__((vector_size(16)));

enum { lane_count = 16 };

#define ENCODER_INLINE static inline __attribute__((always_inline))

#if defined(__clang__)
#define ENCODER_UNROLL _Pragma("clang loop unroll(full)")
#else
#define ENCODER_UNROLL _Pragma("GCC unroll 8")
#endif

/// The rows of the next tile: as many as the others have, so that none is left with few.
ENCODER_INLINE size_t tile_rows(size_t left) {
    size_t tiles = (left + akin_tile_rows - 1) / akin_tile_rows;
    return (left + tiles - 1) / tiles;
}

ENCODER_INLINE size_t whole_lanes(size_t n) {
    return (n + lane_count - 1) / lane_count * lane_count;
}

#endif
