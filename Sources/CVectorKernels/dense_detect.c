// Which of the tables this CPU runs, asked once.

#include "dense_tables.h"

#include <pthread.h>

#if defined(__x86_64__)
#include <cpuid.h>
#elif defined(__aarch64__) && defined(__linux__)
#include <sys/auxv.h>
#endif

enum { most_tables = 4 };

static akin_dense_kernels tables[most_tables];
static size_t table_count;

static akin_dense_kernels *append(const akin_dense_kernels *table) {
    tables[table_count] = *table;
    return &tables[table_count++];
}

#if defined(__x86_64__)

static int has(unsigned int features, unsigned int bit) {
    return features >> bit & 1;
}

/// The registers that the operating system saves when it switches threads.
static uint64_t saved_registers(void) {
    uint32_t low, high;
    __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
    return (uint64_t)high << 32 | low;
}

static void detect_others(void) {
    unsigned int a, b, c, d, b7, c7;
    if (!__get_cpuid(1, &a, &b, &c, &d)) return;
    int fma = has(c, 12), osxsave = has(c, 27), avx = has(c, 28), f16c = has(c, 29);
    if (!(fma && osxsave && avx && f16c)) return;
    if (!__get_cpuid_count(7, 0, &a, &b7, &c7, &d)) return;
    uint64_t saved = saved_registers();
    if (!has(b7, 5) || (saved & 0x6) != 0x6) return;              // AVX2; XMM, YMM
    append(akin_dense_kernels_avx2());
    int avx512 = has(b7, 16) && has(b7, 17) && has(b7, 30) && has(b7, 31);    // F, DQ, BW, VL
    if (!avx512 || (saved & 0xe6) != 0xe6) return;                // masks, ZMM
    append(akin_dense_kernels_avx512());
    if (has(c7, 11)) akin_use_avx512vnni(append(akin_dense_kernels_avx512()));
}

#elif defined(__aarch64__)

static void detect_others(void) {
    append(akin_dense_kernels_neon());
#if defined(__APPLE__)
    akin_use_neon_dotprod(append(akin_dense_kernels_neon()));     // every 64-bit Mac has it
#elif defined(__linux__)
    if (getauxval(AT_HWCAP) >> 20 & 1) akin_use_neon_dotprod(append(akin_dense_kernels_neon()));   // HWCAP_ASIMDDP
#endif
}

#else

static void detect_others(void) {}

#endif

static void detect(void) {
    append(akin_dense_kernels_scalar());
    detect_others();
}

static void detect_once(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, detect);
}

size_t akin_dense_kernels_count(void) {
    detect_once();
    return table_count;
}

const akin_dense_kernels *akin_dense_kernels_at(size_t index) {
    detect_once();
    return &tables[index < table_count ? index : table_count - 1];
}
