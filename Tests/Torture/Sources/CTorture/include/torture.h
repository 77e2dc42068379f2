/* What the driver needs of the system: processes with limits, and the checksum of Akin's files. */

#ifndef TORTURE_H
#define TORTURE_H

#include <stddef.h>
#include <stdint.h>

/* The limits and the files of a process. A limit of 0 is none. */
typedef struct {
    const char *output;       /* the file that standard output goes to */
    const char *errors;       /* the file that standard error goes to */
    uint64_t largest_file;    /* bytes; a write beyond it fails with EFBIG */
    uint64_t address_space;   /* bytes */
} torture_surroundings;

/* Starts a program. Both lists end with NULL. Returns its process id, or -1. */
int torture_start(char *const arguments[], char *const environment[], const torture_surroundings *surroundings);

/* Waits for a process to end, or to be suspended if `stops` is not 0. Returns what waitpid says of it, or -1 if that
 * takes longer than `seconds`, without the time in which somebody else suspends the process. */
int torture_wait(int process, double seconds, int stops);

/* Whether a process ends within `seconds`. It can still be waited for. */
int torture_has_ended(int process, double seconds);

/* The CRC-32C of bytes. */
uint32_t torture_crc32c(const uint8_t *bytes, size_t count);

#endif
