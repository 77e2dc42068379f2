#include "CReleasedModels.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

_Alignas(64) static const unsigned char file[] = {
#embed "language-and-learning.lsa"
};

AkinReleasedModel akin_language_and_learning(void) {
    AkinReleasedModel model = {file, sizeof file};
    return model;
}
