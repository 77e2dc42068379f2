#include "process.h"

#include <stddef.h>
#include <stdio.h>

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
