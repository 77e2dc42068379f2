/* Counts the calls of a program to the file system, and disturbs one of them.
 *
 * The library is preloaded (LD_PRELOAD). Calls count from 1, in the order in which they are made, if they concern a
 * path below TORTURE_ROOT. What happens at a call is said by the environment:
 *
 *     TORTURE_ROOT=path      the folder that is watched, an absolute path without symbolic links
 *     TORTURE_LOG=path       each call is appended to this file, see `record`
 *     TORTURE_KILL=n         the process dies before call n
 *     TORTURE_KILL_IN=n      the process dies in call n: half of what it writes is written, anything else is done
 *     TORTURE_STOP=n         the process is suspended before call n, until it gets SIGCONT
 *     TORTURE_SHORT=n        call n writes only half of its bytes, which the system may do at any time
 *     TORTURE_FAIL=n         call n fails, and does nothing
 *     TORTURE_ERRNO=number   with this error; EIO if absent
 *     TORTURE_FULL=1         so does every later call that needs room, as on a full disk
 *
 * Calls that change files are made one after another, so that the record has their order.
 */

#define _GNU_SOURCE

#include "interpose.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static pthread_mutex_t order = PTHREAD_MUTEX_INITIALIZER;
static long counter;
static const char *root;
static size_t root_length;
static int log_file = -1;
static long kill_at, kill_in, stop_at, short_at, fail_at;
static int fail_number = EIO;
static bool is_full;

static long number_named(const char *name) {
    const char *text = getenv(name);
    return text ? atol(text) : 0;
}

__attribute__((constructor)) static void read_environment(void) {
    root = getenv("TORTURE_ROOT");
    if (!root) return;
    root_length = strlen(root);
    kill_at = number_named("TORTURE_KILL");
    kill_in = number_named("TORTURE_KILL_IN");
    stop_at = number_named("TORTURE_STOP");
    short_at = number_named("TORTURE_SHORT");
    fail_at = number_named("TORTURE_FAIL");
    if (number_named("TORTURE_ERRNO")) fail_number = (int)number_named("TORTURE_ERRNO");
    is_full = number_named("TORTURE_FULL") != 0;
    const char *log = getenv("TORTURE_LOG");
    if (log) log_file = (int)syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
}

/* MARK: Paths */

static bool is_watched(const char *path) {
    return root && strncmp(path, root, root_length) == 0 && (path[root_length] == '/' || path[root_length] == 0);
}

/* The path of an open file as the system knows it now; false if it has none. */
static bool path_of_file(int file, char *path) {
    char name[64];
    snprintf(name, sizeof name, "/proc/self/fd/%d", file);
    long length = syscall(SYS_readlinkat, AT_FDCWD, name, path, PATH_BYTES - 1);
    if (length <= 0) return false;
    path[length] = 0;
    return path[0] == '/';
}

static bool absolute_path(int directory, const char *path, char *absolute) {
    if (!path) return false;
    char base[PATH_BYTES] = "";
    if (path[0] != '/') {
        if (directory == AT_FDCWD) {
            if (syscall(SYS_getcwd, base, sizeof base - 1) <= 0) return false;
        } else if (!path_of_file(directory, base)) {
            return false;
        }
    }
    int length = snprintf(absolute, PATH_BYTES, "%s%s%s", base, path[0] == '/' ? "" : "/", path);
    if (length <= 0 || length >= PATH_BYTES) return false;
    while (length > 1 && absolute[length - 1] == '/') absolute[--length] = 0;
    return true;
}

/* MARK: Calls */

/* Counts a call, and does what is to be done before it. */
static void enter(Call *call, CallClass class, const char *name) {
    call->class = class;
    call->name = name;
    call->counted = true;
    pthread_mutex_lock(&order);
    call->held = true;
    call->number = ++counter;
    if (call->number == stop_at) raise(SIGSTOP);
    if (call->number == kill_at) syscall(SYS_kill, getpid(), SIGKILL);
    call->dies = call->number == kill_in;
    call->halves = call->number == short_at || call->dies;
    bool is_later = is_full && fail_at > 0 && call->number > fail_at && class == GROWTH;
    call->fails = call->number == fail_at || is_later;
    if (class == LOCKING && !call->fails) {
        // A lock may be waited for, and others must be able to give it back.
        call->held = false;
        pthread_mutex_unlock(&order);
    }
    if (call->fails) errno = fail_number;
}

void begin_path(Call *call, CallClass class, const char *name, int directory, const char *path) {
    int kept = errno;
    memset(call, 0, offsetof(Call, path));
    call->second[0] = 0;
    bool is_of_interest = root && absolute_path(directory, path, call->path) && is_watched(call->path);
    errno = kept;
    if (is_of_interest) enter(call, class, name);
}

void begin_file(Call *call, CallClass class, const char *name, int file) {
    int kept = errno;
    memset(call, 0, offsetof(Call, path));
    call->second[0] = 0;
    bool is_of_interest = root && file >= 0 && path_of_file(file, call->path) && is_watched(call->path);
    errno = kept;
    if (is_of_interest) enter(call, class, name);
}

void begin_pair(Call *call, CallClass class, const char *name, int from, const char *path, int to, const char *second) {
    int kept = errno;
    memset(call, 0, offsetof(Call, path));
    bool is_of_interest = root && absolute_path(from, path, call->path) && absolute_path(to, second, call->second)
        && (is_watched(call->path) || is_watched(call->second));
    errno = kept;
    if (is_of_interest) enter(call, class, name);
}

/* Appends a line and the bytes that were written:
 *
 *     number class name result offset count <tab> path <tab> second path <newline> count bytes
 */
static void record(const Call *call, long long result, long long offset, const void *bytes, size_t count) {
    if (log_file < 0) return;
    char line[2 * PATH_BYTES + 200];
    int length = snprintf(line, sizeof line, "%ld %c %s %lld %lld %zu\t%s\t%s\n", call->number, (char)call->class,
        call->name, result, offset, count, call->path, call->second);
    syscall(SYS_write, log_file, line, (size_t)length);
    if (count) syscall(SYS_write, log_file, bytes, count);
}

void end_call(Call *call, long long result, long long offset, const void *bytes, size_t count) {
    if (!call->counted) return;
    int kept = errno;
    if (!call->held) pthread_mutex_lock(&order);
    record(call, result, offset, bytes, count);
    if (call->dies) syscall(SYS_kill, getpid(), SIGKILL);
    pthread_mutex_unlock(&order);
    errno = kept;
}

void end_copy(Call *call, long long result, int file, long long offset, size_t count) {
    if (!call->counted) return;
    int kept = errno;
    // The descriptor may not be open for reading, so the bytes are read by its path.
    char *bytes = count ? malloc(count) : NULL;
    long source = bytes ? syscall(SYS_openat, AT_FDCWD, call->path, O_RDONLY | O_CLOEXEC) : -1;
    size_t done = 0;
    while (source >= 0 && done < count) {
        long some = syscall(SYS_pread64, source, bytes + done, count - done, offset + (long long)done);
        if (some <= 0) break;
        done += (size_t)some;
    }
    if (source >= 0) syscall(SYS_close, source);
    (void)file;
    end_call(call, result, offset, bytes, done);
    free(bytes);
    errno = kept;
}
