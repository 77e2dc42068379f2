/// The files of the released models, as they lie in this folder, compiled into the program: there is nothing to install
/// beside it and nothing to look for.

#ifndef AKIN_RELEASED_MODELS_H
#define AKIN_RELEASED_MODELS_H

#include <stddef.h>

/// A file, at a multiple of 64 bytes, for as long as the program runs.
typedef struct {
    const void *bytes;
    size_t byteCount;
} AkinReleasedModel;

/// The file language-and-learning.lsa.
AkinReleasedModel akin_language_and_learning(void);

#endif
