/* The wrappers of the calls that change files. Each stands in front of the C library's function of the same name. */

#define _GNU_SOURCE

#include "interpose.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

/* MARK: Opening */

static CallClass class_of_opening(int flags) {
    return (flags & (O_CREAT | O_TRUNC)) || (flags & O_TMPFILE) == O_TMPFILE ? GROWTH : READING;
}

/* The mode, which is there only if a file may be made. */
#define MODE_ARGUMENT(flags)                                                                                           \
    mode_t mode = 0;                                                                                                   \
    if ((flags) & (O_CREAT | O_TMPFILE)) {                                                                             \
        va_list rest;                                                                                                  \
        va_start(rest, flags);                                                                                         \
        mode = va_arg(rest, mode_t);                                                                                   \
        va_end(rest);                                                                                                  \
    }

#define OPEN(function)                                                                                                 \
    int function(const char *path, int flags, ...) {                                                                   \
        MODE_ARGUMENT(flags)                                                                                           \
        Call call;                                                                                                     \
        begin_path(&call, class_of_opening(flags), "open", AT_FDCWD, path);                                            \
        int file = call.fails ? -1 : NEXT(function)(path, flags, mode);                                                \
        end_call(&call, file, flags, NULL, 0);                                                                         \
        return file;                                                                                                   \
    }

#define OPENAT(function)                                                                                               \
    int function(int directory, const char *path, int flags, ...) {                                                    \
        MODE_ARGUMENT(flags)                                                                                           \
        Call call;                                                                                                     \
        begin_path(&call, class_of_opening(flags), "open", directory, path);                                           \
        int file = call.fails ? -1 : NEXT(function)(directory, path, flags, mode);                                     \
        end_call(&call, file, flags, NULL, 0);                                                                         \
        return file;                                                                                                   \
    }

OPEN(open)
OPEN(open64)
OPENAT(openat)
OPENAT(openat64)

int creat(const char *path, mode_t mode) { return open(path, O_CREAT | O_WRONLY | O_TRUNC, mode); }

/* Closing ends locks and frees a number. It is done even when it is to report an error, as the system does. */
int close(int file) {
    Call call;
    begin_file(&call, CHANGE, "close", file);
    int wanted = errno;
    int result = NEXT(close)(file);
    if (call.fails) {
        result = -1;
        errno = wanted;
    }
    end_call(&call, result, 0, NULL, 0);
    return result;
}

/* MARK: Writing */

static size_t bytes_to_write(const Call *call, size_t count) { return call->halves && count > 1 ? count / 2 : count; }

ssize_t write(int file, const void *bytes, size_t count) {
    Call call;
    begin_file(&call, GROWTH, "write", file);
    if (!call.counted) return NEXT(write)(file, bytes, count);
    ssize_t result = call.fails ? -1 : NEXT(write)(file, bytes, bytes_to_write(&call, count));
    int kept = errno;
    long long end = lseek(file, 0, SEEK_CUR);
    errno = kept;
    end_call(&call, result, result > 0 ? end - result : 0, bytes, result > 0 ? (size_t)result : 0);
    return result;
}

#define PWRITE(function, offset_type)                                                                                  \
    ssize_t function(int file, const void *bytes, size_t count, offset_type offset) {                                  \
        Call call;                                                                                                     \
        begin_file(&call, GROWTH, "pwrite", file);                                                                     \
        ssize_t result = call.fails ? -1 : NEXT(function)(file, bytes, bytes_to_write(&call, count), offset);          \
        end_call(&call, result, offset, bytes, result > 0 ? (size_t)result : 0);                                       \
        return result;                                                                                                 \
    }

PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

ssize_t writev(int file, const struct iovec *parts, int count) {
    Call call;
    begin_file(&call, GROWTH, "writev", file);
    ssize_t result = call.fails ? -1 : NEXT(writev)(file, parts, count);
    long long end = call.counted && result > 0 ? lseek(file, 0, SEEK_CUR) : 0;
    end_copy(&call, result, file, result > 0 ? end - result : 0, result > 0 ? (size_t)result : 0);
    return result;
}

ssize_t sendfile(int to, int from, off_t *offset, size_t count) {
    Call call;
    begin_file(&call, GROWTH, "sendfile", to);
    ssize_t result = call.fails ? -1 : NEXT(sendfile)(to, from, offset, bytes_to_write(&call, count));
    long long end = call.counted && result > 0 ? lseek(to, 0, SEEK_CUR) : 0;
    end_copy(&call, result, to, result > 0 ? end - result : 0, result > 0 ? (size_t)result : 0);
    return result;
}

ssize_t sendfile64(int to, int from, off64_t *offset, size_t count) { return sendfile(to, from, offset, count); }

ssize_t copy_file_range(int from, off64_t *start, int to, off64_t *place, size_t count, unsigned flags) {
    Call call;
    begin_file(&call, GROWTH, "copy_file_range", to);
    long long before = call.counted ? (place ? *place : lseek(to, 0, SEEK_CUR)) : 0;
    ssize_t result =
        call.fails ? -1 : NEXT(copy_file_range)(from, start, to, place, bytes_to_write(&call, count), flags);
    end_copy(&call, result, to, before, result > 0 ? (size_t)result : 0);
    return result;
}

/* MARK: Size and content */

#define FTRUNCATE(function, offset_type)                                                                               \
    int function(int file, offset_type length) {                                                                       \
        Call call;                                                                                                     \
        begin_file(&call, CHANGE, "ftruncate", file);                                                                  \
        int result = call.fails ? -1 : NEXT(function)(file, length);                                                   \
        end_call(&call, result, length, NULL, 0);                                                                      \
        return result;                                                                                                 \
    }

FTRUNCATE(ftruncate, off_t)
FTRUNCATE(ftruncate64, off64_t)

#define FALLOCATE(function, offset_type)                                                                               \
    int function(int file, offset_type start, offset_type length) {                                                    \
        Call call;                                                                                                     \
        begin_file(&call, GROWTH, "fallocate", file);                                                                  \
        int result = call.fails ? errno : NEXT(function)(file, start, length);                                         \
        end_call(&call, result, start + length, NULL, 0);                                                              \
        return result;                                                                                                 \
    }

FALLOCATE(posix_fallocate, off_t)
FALLOCATE(posix_fallocate64, off64_t)

#define SYNC(function)                                                                                                 \
    int function(int file) {                                                                                           \
        Call call;                                                                                                     \
        begin_file(&call, CHANGE, "sync", file);                                                                       \
        int result = call.fails ? -1 : NEXT(function)(file);                                                           \
        end_call(&call, result, 0, NULL, 0);                                                                           \
        return result;                                                                                                 \
    }

SYNC(fsync)
SYNC(fdatasync)

/* MARK: Names */

#define ON_PATH(function, name, class, directory, path, arguments, call_arguments)                                     \
    int function arguments {                                                                                           \
        Call call;                                                                                                     \
        begin_path(&call, class, name, directory, path);                                                               \
        int result = call.fails ? -1 : NEXT(function) call_arguments;                                                  \
        end_call(&call, result, 0, NULL, 0);                                                                           \
        return result;                                                                                                 \
    }

ON_PATH(unlink, "unlink", CHANGE, AT_FDCWD, path, (const char *path), (path))
ON_PATH(remove, "unlink", CHANGE, AT_FDCWD, path, (const char *path), (path))
ON_PATH(rmdir, "rmdir", CHANGE, AT_FDCWD, path, (const char *path), (path))
ON_PATH(mkdir, "mkdir", GROWTH, AT_FDCWD, path, (const char *path, mode_t mode), (path, mode))
ON_PATH(mkdirat, "mkdir", GROWTH, at, path, (int at, const char *path, mode_t mode), (at, path, mode))
ON_PATH(chmod, "chmod", CHANGE, AT_FDCWD, path, (const char *path, mode_t mode), (path, mode))

int unlinkat(int directory, const char *path, int flags) {
    Call call;
    begin_path(&call, CHANGE, flags & AT_REMOVEDIR ? "rmdir" : "unlink", directory, path);
    int result = call.fails ? -1 : NEXT(unlinkat)(directory, path, flags);
    end_call(&call, result, 0, NULL, 0);
    return result;
}

#define ON_FILE(function, name, class, arguments, call_arguments)                                                      \
    int function arguments {                                                                                           \
        Call call;                                                                                                     \
        begin_file(&call, class, name, file);                                                                          \
        int result = call.fails ? -1 : NEXT(function) call_arguments;                                                  \
        end_call(&call, result, 0, NULL, 0);                                                                           \
        return result;                                                                                                 \
    }

ON_FILE(fchmod, "fchmod", CHANGE, (int file, mode_t mode), (file, mode))
ON_FILE(fchown, "fchown", CHANGE, (int file, uid_t user, gid_t group), (file, user, group))

#define ON_PAIR(function, name, class, from, to, arguments, call_arguments)                                            \
    int function arguments {                                                                                           \
        Call call;                                                                                                     \
        begin_pair(&call, class, name, from, path, to, second);                                                        \
        int result = call.fails ? -1 : NEXT(function) call_arguments;                                                  \
        end_call(&call, result, 0, NULL, 0);                                                                           \
        return result;                                                                                                 \
    }

ON_PAIR(rename, "rename", CHANGE, AT_FDCWD, AT_FDCWD, (const char *path, const char *second), (path, second))
ON_PAIR(renameat, "rename", CHANGE, at, to, (int at, const char *path, int to, const char *second),
    (at, path, to, second))
ON_PAIR(renameat2, "rename", CHANGE, at, to, (int at, const char *path, int to, const char *second, unsigned flags),
    (at, path, to, second, flags))
ON_PAIR(link, "link", GROWTH, AT_FDCWD, AT_FDCWD, (const char *path, const char *second), (path, second))
ON_PAIR(linkat, "link", GROWTH, at, to, (int at, const char *path, int to, const char *second, int flags),
    (at, path, to, second, flags))
ON_PATH(symlink, "symlink", GROWTH, AT_FDCWD, second, (const char *path, const char *second), (path, second))
