#ifndef CCHECKSUM_H
#define CCHECKSUM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// CRC-32C, the cyclic redundancy check with the polynomial of Castagnoli, Brauer & Herrmann, "Optimization of cyclic
// redundancy-check codes with 24 and 32 parity bits" (1993): 0x1EDC6F41, bits reflected, register and result inverted.
// It finds every error burst of up to 32 bits, and both x86-64 and ARMv8 compute it in hardware.
//
// The sum of a text may be computed in pieces: pass 0 for the first and the previous result for each later one. The sum
// of no bytes is 0. `bytes` may be NULL when `count` is 0, and needs no alignment.

/// Continues the sum `crc` over `count` bytes, by the fastest way this processor has.
uint32_t akin_crc32c(uint32_t crc, const void *bytes, size_t count);

/// The same by tables alone (slicing by eight), on any processor.
uint32_t akin_crc32c_scalar(uint32_t crc, const void *bytes, size_t count);

/// The same by the processor's CRC instructions. May be called only where `akin_crc32c_has_hardware` says so.
uint32_t akin_crc32c_hardware(uint32_t crc, const void *bytes, size_t count);

/// Whether this processor has CRC-32C instructions and this build has the code for them.
bool akin_crc32c_has_hardware(void);

#endif
