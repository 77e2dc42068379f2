// Which of the tables this CPU runs, asked once.

#include "encoder_tables.h"

#include <pthread.h>

#if defined(__aarch64__) && defined(__linux__)
#include <sys/auxv.h>
#endif

enum { most_tables = 4 };

static akin_encoder_kernels tables[most_tables];
static size_t table_count;

static akin_encoder_kernels *append(const akin_encoder_kernels *table) {
    tables[table_count] = *table;
    return &tables[table_count++];
}

#if defined(__x86_64__)

static void detect_others(void) {
    if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma")) return;
    append(akin_encoder_kernels_avx2());
    if (__builtin_cpu_supports("avxvnni")) akin_use_avxvnni(append(akin_encoder_kernels_avx2()));
    int avx512 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw")
        && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
    if (avx512 && __builtin_cpu_supports("avx512vnni")) append(akin_encoder_kernels_avx512vnni());
}

#elif defined(__aarch64__)

static void detect_others(void) {
    append(akin_encoder_kernels_neon());
#if defined(__APPLE__)
    akin_use_encoder_dotprod(append(akin_encoder_kernels_neon()));     // every 64-bit Mac has it
#elif defined(__linux__)
    if (getauxval(AT_HWCAP) >> 20 & 1) akin_use_encoder_dotprod(append(akin_encoder_kernels_neon()));  // HWCAP_ASIMDDP
#endif
}

#else

static void detect_others(void) {}

#endif

static void detect(void) {
    append(akin_encoder_kernels_scalar());
    detect_others();
}

static void detect_once(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, detect);
}

size_t akin_encoder_kernels_count(void) {
    detect_once();
    return table_count;
}

const akin_encoder_kernels *akin_encoder_kernels_at(size_t index) {
    detect_once();
    return &tables[index < table_count ? index : table_count - 1];
}
