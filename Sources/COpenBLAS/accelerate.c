// On Apple's systems the routines come from Accelerate, which has CBLAS and the Fortran interface of LAPACK but not
// LAPACKE. The functions here are LAPACKE's: they turn matrices in rows into matrices in columns, call the routine with
// the memory that it asks for, and turn them back. Unlike LAPACKE they do not look for NaN, which the callers do.
//
// Tests/KernelTables/compare_lapack.c compiles them against OpenBLAS and compares them with LAPACKE.

#if defined(__APPLE__) || defined(AKIN_WRAPS_LAPACK)

#include "COpenBLAS.h"

#include <stdlib.h>

void sgeqrf_(const int32_t *m, const int32_t *n, float *a, const int32_t *lda, float *tau, float *work,
    const int32_t *work_count, int32_t *info);
void sgeqp3_(const int32_t *m, const int32_t *n, float *a, const int32_t *lda, int32_t *pivots, float *tau, float *work,
    const int32_t *work_count, int32_t *info);
void sorgqr_(const int32_t *m, const int32_t *n, const int32_t *k, float *a, const int32_t *lda, const float *tau,
    float *work, const int32_t *work_count, int32_t *info);
void sgesdd_(const char *job, const int32_t *m, const int32_t *n, float *a, const int32_t *lda, float *s, float *u,
    const int32_t *ldu, float *vt, const int32_t *ldvt, float *work, const int32_t *work_count, int32_t *int_work,
    int32_t *info);

// What LAPACKE returns if there is no memory for the work of a routine, and if there is none for a turned matrix.
enum { no_work_memory = -1010, no_matrix_memory = -1011 };

static int32_t smaller(int32_t a, int32_t b) { return a < b ? a : b; }
static int32_t at_least_1(int32_t a) { return a < 1 ? 1 : a; }

static float *allocate(int32_t rows, int32_t columns) {
    return malloc(sizeof(float) * (size_t)at_least_1(rows) * (size_t)at_least_1(columns));
}

// `outer` lines of `inner` numbers each, `from_stride` apart, become columns of the other matrix. Tiles keep both sides
// in the cache.
static void turn(int32_t outer, int32_t inner, const float *from, int32_t from_stride, float *to, int32_t to_stride) {
    enum { tile = 32 };
    for (int32_t i = 0; i < outer; i += tile) {
        for (int32_t j = 0; j < inner; j += tile) {
            for (int32_t line = i; line < smaller(i + tile, outer); line++) {
                for (int32_t place = j; place < smaller(j + tile, inner); place++) {
                    to[(size_t)place * (size_t)to_stride + (size_t)line] =
                        from[(size_t)line * (size_t)from_stride + (size_t)place];
                }
            }
        }
    }
}

void openblas_set_num_threads(int count) { (void)count; }

// The steps that the three routines on one matrix share. `CALL` names its memory `columns`, `work` and `work_count`.
// It is made once to ask for the size of the memory and once to work.
#define ON_COLUMNS(CALL)                                                                                               \
    int32_t info = 0, work_count = -1, stride = at_least_1(m);                                                         \
    if (layout != LAPACK_ROW_MAJOR) return -1;                                                                         \
    float *columns = allocate(m, n), size = 0, *work = &size;                                                          \
    if (!columns) return no_matrix_memory;                                                                             \
    CALL;                                                                                                              \
    if (info == 0) {                                                                                                   \
        work_count = at_least_1((int32_t)size);                                                                        \
        work = allocate(work_count, 1);                                                                                \
        if (work) {                                                                                                    \
            turn(m, n, a, lda, columns, stride);                                                                       \
            CALL;                                                                                                      \
            turn(n, m, columns, stride, a, lda);                                                                       \
            free(work);                                                                                                \
        } else {                                                                                                       \
            info = no_work_memory;                                                                                     \
        }                                                                                                              \
    }                                                                                                                  \
    free(columns);                                                                                                     \
    return info < 0 && info > no_work_memory ? info - 1 : info

akin_lapack_int LAPACKE_sgeqrf(
    int layout, akin_lapack_int m, akin_lapack_int n, float *a, akin_lapack_int lda, float *tau) {
    ON_COLUMNS(sgeqrf_(&m, &n, columns, &stride, tau, work, &work_count, &info));
}

akin_lapack_int LAPACKE_sgeqp3(
    int layout, akin_lapack_int m, akin_lapack_int n, float *a, akin_lapack_int lda, akin_lapack_int *pivots,
    float *tau) {
    ON_COLUMNS(sgeqp3_(&m, &n, columns, &stride, pivots, tau, work, &work_count, &info));
}

akin_lapack_int LAPACKE_sorgqr(
    int layout, akin_lapack_int m, akin_lapack_int n, akin_lapack_int k, float *a, akin_lapack_int lda,
    const float *tau) {
    ON_COLUMNS(sorgqr_(&m, &n, &k, columns, &stride, tau, work, &work_count, &info));
}

// A matrix in rows is its transpose in columns, and the SVD of a transpose is that of the matrix with both sides
// exchanged. So nothing is turned: U in rows is what the routine calls V transposed in columns. Only job "S" is served.
akin_lapack_int LAPACKE_sgesdd(
    int layout, char job, akin_lapack_int m, akin_lapack_int n, float *a, akin_lapack_int lda, float *s, float *u,
    akin_lapack_int ldu, float *vt, akin_lapack_int ldvt) {
    if (layout != LAPACK_ROW_MAJOR) return -1;
    if (job != 'S') return -2;
    int32_t info = 0, work_count = -1;
    float size = 0;
    int32_t *int_work = malloc(sizeof(int32_t) * 8 * (size_t)at_least_1(smaller(m, n)));
    if (!int_work) return no_work_memory;
    sgesdd_(&job, &n, &m, a, &lda, s, vt, &ldvt, u, &ldu, &size, &work_count, int_work, &info);
    if (info == 0) {
        work_count = at_least_1((int32_t)(size * (1 + 0x1p-20f)) + 1);
        float *work = allocate(work_count, 1);
        if (work) {
            sgesdd_(&job, &n, &m, a, &lda, s, vt, &ldvt, u, &ldu, work, &work_count, int_work, &info);
            free(work);
        } else {
            info = no_work_memory;
        }
    }
    free(int_work);
    return info < 0 && info > no_work_memory ? info - 1 : info;
}

#else

// A file must not be empty for the C language.
typedef int akin_accelerate_is_absent;

#endif
