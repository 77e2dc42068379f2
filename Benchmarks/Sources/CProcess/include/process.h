#ifndef AKIN_BENCHMARKS_PROCESS_H
#define AKIN_BENCHMARKS_PROCESS_H

/// What Swift cannot say of its own process.

/// Gives memory that was freed back to the system, where the allocator can.
void return_free_memory(void);

/// Lets every line that is printed be seen at once, in files and pipes too.
void print_line_by_line(void);

/// The processor time, in seconds, of the processes that this one has started and seen end.
double cpu_seconds_of_ended_processes(void);

/// The page faults of this process that waited for a disk.
long major_faults(void);

/// Asks the system to forget the pages of a file that no process has mapped.
void forget_cached_file(const char *path);

#endif
