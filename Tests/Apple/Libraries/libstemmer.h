/* Stands in for Snowball's header: what the package calls of it. */
#pragma once

struct sb_stemmer;
typedef unsigned char sb_symbol;

struct sb_stemmer *sb_stemmer_new(const char *algorithm, const char *encoding);
void sb_stemmer_delete(struct sb_stemmer *stemmer);
const sb_symbol *sb_stemmer_stem(struct sb_stemmer *stemmer, const sb_symbol *word, int size);
int sb_stemmer_length(struct sb_stemmer *stemmer);
