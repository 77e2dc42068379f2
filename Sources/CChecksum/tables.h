#ifndef AKIN_CRC32C_TABLES_H
#define AKIN_CRC32C_TABLES_H

#include <stddef.h>
#include <stdint.h>

/// The bytes in each of the three streams that the hardware version runs side by side. A round of three streams ends
/// with two shifts, which cost about as much as 64 bytes. Fewer bytes than three streams go through one.
enum { AKIN_CRC32C_STREAM = 1024 };

struct akin_crc32c_tables {
    /// `slices[k][b]`: what byte `b` does to the register once `k` more bytes have gone by.
    uint32_t slices[8][256];
    /// `stream[k][b]`: what byte `b` at place `k` of the register has become after `AKIN_CRC32C_STREAM` zero bytes.
    uint32_t stream[4][256];
};

/// The tables, computed by the first caller.
const struct akin_crc32c_tables *akin_crc32c_get_tables(void);

#endif
