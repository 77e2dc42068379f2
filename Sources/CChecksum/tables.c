#include "tables.h"

#include <pthread.h>

// The polynomial with its bits reflected: x^31 is bit 0.
static const uint32_t polynomial = 0x82F63B78;

static struct akin_crc32c_tables tables;
static pthread_once_t once = PTHREAD_ONCE_INIT;

/// The register after `count` zero bytes.
static uint32_t after_zeros(uint32_t crc, size_t count) {
    for (size_t i = 0; i < count; i++) crc = (crc >> 8) ^ tables.slices[0][crc & 0xFF];
    return crc;
}

static void fill_tables(void) {
    for (uint32_t byte = 0; byte < 256; byte++) {
        uint32_t crc = byte;
        for (int bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ (polynomial & (0u - (crc & 1)));
        tables.slices[0][byte] = crc;
    }
    for (int slice = 1; slice < 8; slice++) {
        for (int byte = 0; byte < 256; byte++) {
            tables.slices[slice][byte] = after_zeros(tables.slices[slice - 1][byte], 1);
        }
    }
    // The register is linear in its bits, so 32 walks over the zeros are enough: the rest are sums of them.
    for (int place = 0; place < 4; place++) {
        tables.stream[place][0] = 0;
        for (int bit = 0; bit < 8; bit++) {
            uint32_t image = after_zeros(1u << (8 * place + bit), AKIN_CRC32C_STREAM);
            for (int lower = 0; lower < 1 << bit; lower++) {
                tables.stream[place][(1 << bit) + lower] = tables.stream[place][lower] ^ image;
            }
        }
    }
}

const struct akin_crc32c_tables *akin_crc32c_get_tables(void) {
    pthread_once(&once, fill_tables);
    return &tables;
}
