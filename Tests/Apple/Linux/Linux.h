/* Stands in for the C library of Linux on arm64: what the C sources of the package call. */

#pragma once

#include <stddef.h>
#include <stdint.h>

/* <pthread.h> */
typedef int pthread_once_t;
#define PTHREAD_ONCE_INIT 0
int pthread_once(pthread_once_t *, void (*)(void));

/* <string.h>, <math.h> */
void *memcpy(void *, const void *, size_t);
void *memset(void *, int, size_t);
int memcmp(const void *, const void *, size_t);
void *memmove(void *, const void *, size_t);
double sqrt(double);
float sqrtf(float);

/* <sys/auxv.h> */
#define AT_HWCAP 16
#define AT_HWCAP2 26
#define HWCAP_ASIMD (1 << 1)
#define HWCAP_CRC32 (1 << 7)
#define HWCAP_ASIMDDP (1 << 20)
unsigned long getauxval(unsigned long);

/* <sys/mman.h> */
#define PROT_NONE 0
#define PROT_READ 1
#define PROT_WRITE 2
#define MAP_PRIVATE 0x02
#define MAP_FIXED 0x10
#define MAP_ANONYMOUS 0x20
#define MAP_NORESERVE 0x4000
#define MAP_FAILED ((void *)-1)
#define MREMAP_MAYMOVE 1
#define MREMAP_FIXED 2
void *mmap(void *, size_t, int, int, int, long);
void *mremap(void *, size_t, size_t, int, ...);
int munmap(void *, size_t);
