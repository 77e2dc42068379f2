/* What the wrappers of the system's calls share. `interpose.c` says what happens at a call. */

#ifndef TORTURE_CALLS_H
#define TORTURE_CALLS_H

#include <dlfcn.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum { PATH_BYTES = 4200 };

/* What a call does. The letter stands in the record. */
typedef enum {
    CHANGE = 'C', /* changes files, and needs no room */
    GROWTH = 'G', /* changes files, and may find the disk full */
    READING = 'R', /* reads content or names, or opens to read */
    LOOK = 'L',   /* asks for properties */
    LOCKING = 'K' /* takes or gives back a lock */
} CallClass;

/* A call under way. */
typedef struct {
    bool counted;     /* whether it concerns a watched path */
    bool fails;       /* whether it is to fail; errno is set */
    bool halves;      /* whether a write is to write one half only */
    bool dies;        /* whether the process is to die when the call is done */
    bool held;        /* whether the call holds the order of calls */
    long number;
    CallClass class;
    const char *name;
    char path[PATH_BYTES];
    char second[PATH_BYTES];
} Call;

/* Begins a call on a path, on an open file, or on two paths. `directory` is a descriptor or AT_FDCWD. */
void begin_path(Call *call, CallClass class, const char *name, int directory, const char *path);
void begin_file(Call *call, CallClass class, const char *name, int file);
void begin_pair(Call *call, CallClass class, const char *name, int from, const char *path, int to, const char *second);

/* Ends a call: records it, dies if that was asked for, and lets other calls go on. errno stays. */
void end_call(Call *call, long long result, long long offset, const void *bytes, size_t count);

/* Ends a call that wrote `count` bytes at `offset` of `file` without passing them through this process. */
void end_copy(Call *call, long long result, int file, long long offset, size_t count);

/* The next definition of a function, which is the system's. */
#define NEXT(name)                                                                                                     \
    ({                                                                                                                 \
        static __typeof__(&name) next_##name;                                                                          \
        if (!next_##name) next_##name = (__typeof__(&name))dlsym(RTLD_NEXT, #name);                                    \
        next_##name;                                                                                                   \
    })

#endif
