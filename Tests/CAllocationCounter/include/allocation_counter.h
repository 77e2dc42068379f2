// Counts what a thread allocates, so that a test can hold a call to its promise to allocate nothing.

#ifndef ALLOCATION_COUNTER_H
#define ALLOCATION_COUNTER_H

#include <stdint.h>

/// Whether allocations can be counted here: with glibc, whose allocator may be wrapped, and without a sanitizer, which
/// wraps it already.
int allocations_are_counted(void);

/// The allocations of the calling thread since it began.
int64_t allocation_count(void);

#endif
