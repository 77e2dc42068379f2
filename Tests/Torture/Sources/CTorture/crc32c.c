#include "torture.h"

/* Written apart from Akin's own, bit by bit, so that a fault of one is not a fault of both. */
uint32_t torture_crc32c(const uint8_t *bytes, size_t count) {
    uint32_t sum = 0xFFFFFFFFu;
    for (size_t index = 0; index < count; index++) {
        sum ^= bytes[index];
        for (int bit = 0; bit < 8; bit++) sum = (sum >> 1) ^ (0x82F63B78u & (0u - (sum & 1)));
    }
    return ~sum;
}
