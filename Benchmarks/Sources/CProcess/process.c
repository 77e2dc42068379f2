#include "process.h"

#include <fcntl.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

#ifdef __GLIBC__
#include <malloc.h>
#endif

void return_free_memory(void) {
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}

void print_line_by_line(void) {
    setvbuf(stdout, NULL, _IOLBF, 0);
}

double cpu_seconds_of_ended_processes(void) {
    struct rusage usage;
    if (getrusage(RUSAGE_CHILDREN, &usage) != 0) return 0;
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
        + 1e-6 * (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
}

long major_faults(void) {
    struct rusage usage;
    return getrusage(RUSAGE_SELF, &usage) == 0 ? usage.ru_majflt : 0;
}

void forget_cached_file(const char *path) {
#ifdef POSIX_FADV_DONTNEED
    int file = open(path, O_RDONLY);
    if (file < 0) return;
    fsync(file);
    posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED);
    close(file);
#else
    (void)path;
#endif
}
