#define _GNU_SOURCE

#include "torture.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static void limit(int kind, uint64_t value) {
    if (!value) return;
    struct rlimit bounds = {value, value};
    setrlimit(kind, &bounds);
}

int torture_start(char *const arguments[], char *const environment[], const torture_surroundings *surroundings) {
    pid_t process = fork();
    if (process != 0) return process;
    /* Only calls that are safe in the child of a program with threads follow. */
    /* A group of its own: the kernel ends the group of a suspended process when the shell that started it goes away. */
    setpgid(0, 0);
#ifdef __linux__
    prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
    int input = open("/dev/null", O_RDONLY);
    int output = open(surroundings->output, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    int errors = open(surroundings->errors, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    if (input < 0 || output < 0 || errors < 0) _exit(126);
    dup2(input, 0);
    dup2(output, 1);
    dup2(errors, 2);
    for (int file = 3; file < 256; file++) close(file);
    if (surroundings->largest_file) signal(SIGXFSZ, SIG_IGN);
    limit(RLIMIT_FSIZE, surroundings->largest_file);
    limit(RLIMIT_AS, surroundings->address_space);
    struct rlimit none = {0, 0};
    setrlimit(RLIMIT_CORE, &none);
    execve(arguments[0], arguments, environment);
    _exit(127);
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

/* The longest time for which somebody else may suspend a process. */
static const double longest_suspension = 3600;

int torture_wait(int process, double seconds, int stops) {
    // Time in which this process or the other one was suspended does not count: who needs the processors for himself
    // suspends what keeps them busy.
    double waited = 0, suspended = 0, last = now();
    int is_suspended = 0;
    struct timespec pause = {0, 500000};
    while (1) {
        int status = 0;
        pid_t found = waitpid(process, &status, WNOHANG | WUNTRACED | WCONTINUED);
        if (found < 0 && errno != EINTR) return -1;
        if (found == process) {
            if (WIFCONTINUED(status)) {
                is_suspended = 0;
            } else if (WIFSTOPPED(status) && !stops) {
                is_suspended = 1;
            } else {
                return status;
            }
        }
        double time = now();
        if (is_suspended) {
            suspended += time - last;
        } else {
            waited += time - last < 0.25 ? time - last : 0.25;
        }
        last = time;
        if (waited > seconds || suspended > longest_suspension) return -1;
        nanosleep(&pause, NULL);
        if (pause.tv_nsec < 4000000) pause.tv_nsec += 250000;
    }
}

int torture_has_ended(int process, double seconds) {
    double end = now() + seconds;
    struct timespec pause = {0, 4000000};
    while (1) {
        siginfo_t information = {0};
        if (waitid(P_PID, (id_t)process, &information, WEXITED | WNOHANG | WNOWAIT) < 0 && errno != EINTR) return 1;
        if (information.si_pid == process) return 1;
        if (now() > end) return 0;
        nanosleep(&pause, NULL);
    }
}
