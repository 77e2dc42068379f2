#pragma once

#include <stdint.h>

/* The routines of BLAS and LAPACK that the package calls, as CBLAS and LAPACKE declare them with 32-bit integers.
 *
 * They are declared here because their headers lie in another place on every system. A package that does not use them
 * needs no headers either. On Apple's systems they come from Accelerate: CBLAS as it is, LAPACKE by accelerate.c. */

typedef int32_t akin_blas_int;
typedef int32_t akin_lapack_int;

static const int CblasRowMajor = 101;
static const int CblasNoTrans = 111;
static const int CblasTrans = 112;
static const int CblasUpper = 121;
static const int CblasNonUnit = 131;
static const int CblasRight = 142;
static const int LAPACK_ROW_MAJOR = 101;

/* Sets the number of threads of every later call in the process. It does nothing for Accelerate. */
void openblas_set_num_threads(int count);

/* c = alpha * op(a) * op(b) + beta * c, for c of m x n and an inner side of k. */
void cblas_sgemm(
    int order, int transposes_a, int transposes_b, akin_blas_int m, akin_blas_int n, akin_blas_int k, float alpha,
    const float *a, akin_blas_int lda, const float *b, akin_blas_int ldb, float beta, float *c, akin_blas_int ldc);

/* b = alpha * b * op(a) for a triangle a on the right, and b of m x n. */
void cblas_strmm(
    int order, int side, int triangle, int transposes, int diagonal, akin_blas_int m, akin_blas_int n, float alpha,
    const float *a, akin_blas_int lda, float *b, akin_blas_int ldb);

/* QR of a, m x n: R in its upper triangle, and reflectors below it and in tau. */
akin_lapack_int LAPACKE_sgeqrf(
    int layout, akin_lapack_int m, akin_lapack_int n, float *a, akin_lapack_int lda, float *tau);

/* The same with column pivoting. */
akin_lapack_int LAPACKE_sgeqp3(
    int layout, akin_lapack_int m, akin_lapack_int n, float *a, akin_lapack_int lda, akin_lapack_int *pivots,
    float *tau);

/* Q of m x n from k reflectors. */
akin_lapack_int LAPACKE_sorgqr(
    int layout, akin_lapack_int m, akin_lapack_int n, akin_lapack_int k, float *a, akin_lapack_int lda,
    const float *tau);

/* Singular values and vectors of a, m x n, by divide and conquer. */
akin_lapack_int LAPACKE_sgesdd(
    int layout, char job, akin_lapack_int m, akin_lapack_int n, float *a, akin_lapack_int lda, float *s, float *u,
    akin_lapack_int ldu, float *vt, akin_lapack_int ldvt);
