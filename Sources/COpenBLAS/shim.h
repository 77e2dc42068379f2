#pragma once

// LAPACKE's complex types come from C99's <complex.h>, which Swift cannot import; plain pairs stand in for them. No
// complex routine is called.
typedef struct { float real, imaginary; } akin_lapack_complex_float;
typedef struct { double real, imaginary; } akin_lapack_complex_double;
#define lapack_complex_float akin_lapack_complex_float
#define lapack_complex_double akin_lapack_complex_double
#define LAPACK_COMPLEX_CUSTOM

#include <cblas.h>
#include <lapacke.h>

// `lapack_int` may be a macro, which Swift does not import as a type.
typedef lapack_int akin_lapack_int;
