#include "CChecksum.h"
#include "tables.h"

#include <string.h>

// The instruction that takes eight bytes has a latency of three cycles on common processors and can start every cycle,
// so three independent streams keep it busy (V. Gopal et al., "Fast CRC computation for iSCSI polynomial using CRC32
// instruction", Intel, 2011). The sums of the three are put together by moving the register over the zero bytes that
// stand for the streams behind it, which is a table lookup here, since the length of a stream is fixed.

#if defined(__x86_64__)

#include <nmmintrin.h>
#define AKIN_CRC_TARGET __attribute__((target("sse4.2")))
#define AKIN_CRC_8(crc, value) ((uint32_t)_mm_crc32_u64((crc), (value)))
#define AKIN_CRC_1(crc, value) _mm_crc32_u8((crc), (value))

bool akin_crc32c_has_hardware(void) { return __builtin_cpu_supports("sse4.2"); }

#elif defined(__aarch64__) && !defined(__AARCH64EB__)

#include <arm_acle.h>
#if defined(__clang__)
#define AKIN_CRC_TARGET __attribute__((target("crc")))
#else
#define AKIN_CRC_TARGET __attribute__((target("+crc")))
#endif
#define AKIN_CRC_8(crc, value) __crc32cd((crc), (value))
#define AKIN_CRC_1(crc, value) __crc32cb((crc), (value))

#if defined(__APPLE__)
bool akin_crc32c_has_hardware(void) { return true; }
#elif defined(__linux__)
#include <sys/auxv.h>
// Bit 7 of AT_HWCAP on arm64 Linux is HWCAP_CRC32.
bool akin_crc32c_has_hardware(void) { return getauxval(AT_HWCAP) >> 7 & 1; }
#else
bool akin_crc32c_has_hardware(void) { return false; }
#endif

#endif

#if defined(AKIN_CRC_TARGET)

static inline uint64_t load(const uint8_t *bytes) {
    uint64_t value;
    memcpy(&value, bytes, sizeof value);
    return value;
}

static inline uint32_t past_stream(const struct akin_crc32c_tables *tables, uint32_t crc) {
    return tables->stream[0][crc & 0xFF] ^ tables->stream[1][crc >> 8 & 0xFF] ^ tables->stream[2][crc >> 16 & 0xFF]
        ^ tables->stream[3][crc >> 24];
}

AKIN_CRC_TARGET
uint32_t akin_crc32c_hardware(uint32_t crc, const void *bytes, size_t count) {
    const uint8_t *next = bytes;
    crc = ~crc;
    if (count >= 3 * AKIN_CRC32C_STREAM) {
        const struct akin_crc32c_tables *tables = akin_crc32c_get_tables();
        for (; count >= 3 * AKIN_CRC32C_STREAM; count -= 3 * AKIN_CRC32C_STREAM, next += 3 * AKIN_CRC32C_STREAM) {
            uint32_t second = 0;
            uint32_t third = 0;
            for (size_t i = 0; i < AKIN_CRC32C_STREAM; i += 8) {
                crc = AKIN_CRC_8(crc, load(next + i));
                second = AKIN_CRC_8(second, load(next + AKIN_CRC32C_STREAM + i));
                third = AKIN_CRC_8(third, load(next + 2 * AKIN_CRC32C_STREAM + i));
            }
            crc = past_stream(tables, past_stream(tables, crc) ^ second) ^ third;
        }
    }
    for (; count >= 8; count -= 8, next += 8) crc = AKIN_CRC_8(crc, load(next));
    for (; count > 0; count--, next++) crc = AKIN_CRC_1(crc, *next);
    return ~crc;
}

#else

bool akin_crc32c_has_hardware(void) { return false; }

uint32_t akin_crc32c_hardware(uint32_t crc, const void *bytes, size_t count) {
    return akin_crc32c_scalar(crc, bytes, count);
}

#endif
