#include "CChecksum.h"

uint32_t akin_crc32c(uint32_t crc, const void *bytes, size_t count) {
    return akin_crc32c_has_hardware() ? akin_crc32c_hardware(crc, bytes, count)
                                      : akin_crc32c_scalar(crc, bytes, count);
}
