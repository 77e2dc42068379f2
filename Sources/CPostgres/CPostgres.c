#define _GNU_SOURCE

#include "CPostgres.h"

#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/* The functions, as libpq has them. Filled once, before any is called. */
static struct {
#define AKIN_FIELD(type, name, parameters, arguments) type(*name) parameters;
    AKIN_POSTGRES_FUNCTIONS(AKIN_FIELD)
#undef AKIN_FIELD
} functions;

#define AKIN_DEFINE(type, name, parameters, arguments)                                                                 \
    type akin_##name parameters { return functions.name arguments; }
AKIN_POSTGRES_FUNCTIONS(AKIN_DEFINE)
#undef AKIN_DEFINE

/* MARK: Opening */

static const char *const paths[] = {
#if defined(__APPLE__)
    "libpq.5.dylib",
    "/opt/homebrew/opt/libpq/lib/libpq.5.dylib",
    "/usr/local/opt/libpq/lib/libpq.5.dylib",
#else
    "libpq.so.5",
#endif
};

static pthread_once_t once = PTHREAD_ONCE_INIT;
static char failure[512];
static const char *reason;

static void load(void) {
    void *library = NULL;
    for (size_t index = 0; index < sizeof paths / sizeof *paths && library == NULL; index++) {
        library = dlopen(paths[index], RTLD_NOW | RTLD_LOCAL);
        if (library == NULL && index == 0) {
            const char *message = dlerror();
            snprintf(failure, sizeof failure, "%s", message != NULL ? message : "it cannot be opened");
        }
    }
    if (library == NULL) {
        reason = failure;
        return;
    }
    const char *missing = NULL;
#define AKIN_FIND(type, name, parameters, arguments)                                                                   \
    *(void **)&functions.name = dlsym(library, #name);                                                                 \
    if (functions.name == NULL) missing = #name;
    AKIN_POSTGRES_FUNCTIONS(AKIN_FIND)
#undef AKIN_FIND
    if (missing != NULL) {
        snprintf(failure, sizeof failure, "the installed libpq is older than version 14: it has no %s", missing);
        reason = failure;
    }
}

const char *akin_postgres_load(void) {
    pthread_once(&once, load);
    return reason;
}

/* MARK: Cancelling */

/* A request to cancel, which its thread and its caller share. */
typedef struct {
    pthread_mutex_t lock;
    pthread_cond_t ended;
    PGcancel *cancel;
    void *holder;
    void (*release)(void *holder);
    int users;
    int has_ended;
    int succeeded;
} request;

/* Lets go of a request, whose lock the caller holds. */
static void let_go(request *request) {
    int users = --request->users;
    pthread_mutex_unlock(&request->lock);
    if (users > 0) return;
    pthread_cond_destroy(&request->ended);
    pthread_mutex_destroy(&request->lock);
    free(request);
}

static void *send_request(void *argument) {
    request *request = argument;
    char error[256];
    int succeeded = functions.PQcancel(request->cancel, error, sizeof error);
    request->release(request->holder);
    pthread_mutex_lock(&request->lock);
    request->succeeded = succeeded;
    request->has_ended = 1;
    pthread_cond_signal(&request->ended);
    let_go(request);
    return NULL;
}

int akin_postgres_cancel(PGcancel *cancel, int milliseconds, void *holder, void (*release)(void *holder)) {
    request *shared = calloc(1, sizeof *shared);
    if (shared == NULL) {
        release(holder);
        return 0;
    }
    pthread_mutex_init(&shared->lock, NULL);
    pthread_cond_init(&shared->ended, NULL);
    shared->cancel = cancel;
    shared->holder = holder;
    shared->release = release;
    shared->users = 2;
    pthread_t thread;
    if (pthread_create(&thread, NULL, send_request, shared) != 0) {
        release(holder);
        pthread_mutex_lock(&shared->lock);
        shared->users = 1;
        let_go(shared);
        return 0;
    }
    pthread_detach(thread);
    struct timespec end;
    clock_gettime(CLOCK_REALTIME, &end);
    end.tv_sec += milliseconds / 1000;
    end.tv_nsec += (long)(milliseconds % 1000) * 1000000;
    if (end.tv_nsec >= 1000000000) {
        end.tv_sec += 1;
        end.tv_nsec -= 1000000000;
    }
    pthread_mutex_lock(&shared->lock);
    while (!shared->has_ended && pthread_cond_timedwait(&shared->ended, &shared->lock, &end) != ETIMEDOUT) {}
    int succeeded = shared->has_ended && shared->succeeded;
    let_go(shared);
    return succeeded;
}
