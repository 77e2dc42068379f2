#ifndef INTERPOSE_H
#define INTERPOSE_H

/* The library has no interface of its own: it is preloaded, and `interpose.c` says what its environment means. */

#endif
