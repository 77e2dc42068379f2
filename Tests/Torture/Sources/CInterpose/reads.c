/* The wrappers of the calls that change nothing: reading, mapping, locks, properties. */

#define _GNU_SOURCE

#include "interpose.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

/* MARK: Reading */

ssize_t read(int file, void *bytes, size_t count) {
    Call call;
    begin_file(&call, READING, "read", file);
    ssize_t result = call.fails ? -1 : NEXT(read)(file, bytes, count);
    end_call(&call, result, 0, NULL, 0);
    return result;
}

#define PREAD(function, offset_type)                                                                                   \
    ssize_t function(int file, void *bytes, size_t count, offset_type offset) {                                        \
        Call call;                                                                                                     \
        begin_file(&call, READING, "pread", file);                                                                     \
        ssize_t result = call.fails ? -1 : NEXT(function)(file, bytes, count, offset);                                 \
        end_call(&call, result, offset, NULL, 0);                                                                      \
        return result;                                                                                                 \
    }

PREAD(pread, off_t)
PREAD(pread64, off64_t)

DIR *opendir(const char *path) {
    Call call;
    begin_path(&call, READING, "opendir", AT_FDCWD, path);
    DIR *result = call.fails ? NULL : NEXT(opendir)(path);
    end_call(&call, result ? 0 : -1, 0, NULL, 0);
    return result;
}

/* A shared mapping that may be written to is told apart, because what is written through it is not seen. */
#define MMAP(function, offset_type)                                                                                    \
    void *function(void *address, size_t length, int protection, int flags, int file, offset_type offset) {            \
        if (file < 0 || (flags & MAP_ANONYMOUS)) return NEXT(function)(address, length, protection, flags, file, offset); \
        bool is_written = (flags & MAP_SHARED) && (protection & PROT_WRITE);                                           \
        Call call;                                                                                                     \
        begin_file(&call, READING, is_written ? "mmap_shared" : "mmap", file);                                         \
        void *result = call.fails ? MAP_FAILED : NEXT(function)(address, length, protection, flags, file, offset);     \
        end_call(&call, result == MAP_FAILED ? -1 : 0, offset, NULL, 0);                                               \
        return result;                                                                                                 \
    }

MMAP(mmap, off_t)
MMAP(mmap64, off64_t)

/* MARK: Locks */

int flock(int file, int operation) {
    Call call;
    begin_file(&call, LOCKING, "flock", file);
    int result = call.fails ? -1 : NEXT(flock)(file, operation);
    end_call(&call, result, operation, NULL, 0);
    return result;
}

#define FCNTL(function)                                                                                                \
    int function(int file, int command, ...) {                                                                         \
        va_list rest;                                                                                                  \
        va_start(rest, command);                                                                                       \
        void *argument = va_arg(rest, void *);                                                                         \
        va_end(rest);                                                                                                  \
        bool locks = command == F_SETLK || command == F_SETLKW || command == F_GETLK;                                  \
        if (!locks) return NEXT(function)(file, command, argument);                                                    \
        Call call;                                                                                                     \
        begin_file(&call, LOCKING, "fcntl", file);                                                                     \
        int result = call.fails ? -1 : NEXT(function)(file, command, argument);                                        \
        end_call(&call, result, command, NULL, 0);                                                                     \
        return result;                                                                                                 \
    }

FCNTL(fcntl)
FCNTL(fcntl64)

/* MARK: Properties */

#define LOOK_AT_PATH(function, name, directory, arguments, call_arguments)                                             \
    int function arguments {                                                                                           \
        Call call;                                                                                                     \
        begin_path(&call, LOOK, name, directory, path);                                                                \
        int result = call.fails ? -1 : NEXT(function) call_arguments;                                                  \
        end_call(&call, result, 0, NULL, 0);                                                                           \
        return result;                                                                                                 \
    }

LOOK_AT_PATH(stat, "stat", AT_FDCWD, (const char *path, struct stat *status), (path, status))
LOOK_AT_PATH(stat64, "stat", AT_FDCWD, (const char *path, struct stat64 *status), (path, status))
LOOK_AT_PATH(lstat, "lstat", AT_FDCWD, (const char *path, struct stat *status), (path, status))
LOOK_AT_PATH(lstat64, "lstat", AT_FDCWD, (const char *path, struct stat64 *status), (path, status))
LOOK_AT_PATH(fstatat, "stat", at, (int at, const char *path, struct stat *status, int flags),
    (at, path, status, flags))
LOOK_AT_PATH(fstatat64, "stat", at, (int at, const char *path, struct stat64 *status, int flags),
    (at, path, status, flags))
LOOK_AT_PATH(statvfs, "statvfs", AT_FDCWD, (const char *path, struct statvfs *status), (path, status))
LOOK_AT_PATH(statvfs64, "statvfs", AT_FDCWD, (const char *path, struct statvfs64 *status), (path, status))
LOOK_AT_PATH(access, "access", AT_FDCWD, (const char *path, int mode), (path, mode))

#define LOOK_AT_FILE(function, status_type)                                                                            \
    int function(int file, status_type *status) {                                                                      \
        Call call;                                                                                                     \
        begin_file(&call, LOOK, "fstat", file);                                                                        \
        int result = call.fails ? -1 : NEXT(function)(file, status);                                                   \
        end_call(&call, result, 0, NULL, 0);                                                                           \
        return result;                                                                                                 \
    }

LOOK_AT_FILE(fstat, struct stat)
LOOK_AT_FILE(fstat64, struct stat64)
