#include "CChecksum.h"
#include "tables.h"

// Slicing by eight: M. E. Kounavis & F. L. Berry, "Novel table lookup-based algorithms for high-performance CRC
// generation" (2008). Eight bytes go through eight independent lookups instead of eight dependent ones. The bytes are
// combined one by one, so the order of bytes in the processor's words does not matter.
uint32_t akin_crc32c_scalar(uint32_t crc, const void *bytes, size_t count) {
    const uint32_t (*slices)[256] = akin_crc32c_get_tables()->slices;
    const uint8_t *next = bytes;
    crc = ~crc;
    for (; count >= 8; count -= 8, next += 8) {
        crc ^= (uint32_t)next[0] | (uint32_t)next[1] << 8 | (uint32_t)next[2] << 16 | (uint32_t)next[3] << 24;
        crc = slices[7][crc & 0xFF] ^ slices[6][crc >> 8 & 0xFF] ^ slices[5][crc >> 16 & 0xFF] ^ slices[4][crc >> 24]
            ^ slices[3][next[4]] ^ slices[2][next[5]] ^ slices[1][next[6]] ^ slices[0][next[7]];
    }
    for (; count > 0; count--, next++) crc = (crc >> 8) ^ slices[0][(crc ^ *next) & 0xFF];
    return ~crc;
}
