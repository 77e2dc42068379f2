// Compares the functions that stand in for LAPACKE on Apple's systems with LAPACKE, over OpenBLAS.
//
//   clang -O2 -DAKIN_WRAPS_LAPACK -I Sources/COpenBLAS/include Tests/KernelTables/compare_lapack.c
//       -lopenblas -llapacke -lm -o compare_lapack
//
// Prints what differs. Exits with 1 if anything does.

#include "COpenBLAS.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// The functions under test get names of their own beside LAPACKE's.
#define LAPACKE_sgeqrf wrapped_sgeqrf
#define LAPACKE_sgeqp3 wrapped_sgeqp3
#define LAPACKE_sorgqr wrapped_sorgqr
#define LAPACKE_sgesdd wrapped_sgesdd
#define openblas_set_num_threads wrapped_set_num_threads
#include "../../Sources/COpenBLAS/accelerate.c"
#undef LAPACKE_sgeqrf
#undef LAPACKE_sgeqp3
#undef LAPACKE_sorgqr
#undef LAPACKE_sgesdd
#undef openblas_set_num_threads

enum { largest = 70 };

static int failures;

static float random_number(void) {
    static uint64_t state = 42;
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (float)(state >> 40) / 16777216.0f - 0.5f;
}

static void check(int holds, const char *what, int m, int n) {
    if (holds) return;
    failures++;
    printf("%s differs for %d x %d\n", what, m, n);
}

static int are_close(const float *a, const float *b, int count, float tolerance) {
    for (int i = 0; i < count; i++) {
        if (!(fabsf(a[i] - b[i]) <= tolerance)) return 0;
    }
    return 1;
}

// Rows are three numbers longer than the matrix is wide, and these must stay as they are.
static void compare(int m, int n) {
    static float a[largest * (largest + 3)], b[sizeof a / sizeof *a], tau_a[largest], tau_b[largest];
    static float original[sizeof a / sizeof *a];
    static int pivots_a[largest], pivots_b[largest];
    const int lda = n + 3, count = m * lda, inner = m < n ? m : n;
    for (int i = 0; i < count; i++) original[i] = random_number();

    memcpy(a, original, sizeof a);
    memcpy(b, original, sizeof b);
    int status_a = LAPACKE_sgeqrf(LAPACK_ROW_MAJOR, m, n, a, lda, tau_a);
    int status_b = wrapped_sgeqrf(LAPACK_ROW_MAJOR, m, n, b, lda, tau_b);
    check(status_a == status_b && are_close(a, b, count, 1e-5f) && are_close(tau_a, tau_b, inner, 1e-5f), "sgeqrf",
        m, n);
    if (n <= m) {
        status_a = LAPACKE_sorgqr(LAPACK_ROW_MAJOR, m, n, n, a, lda, tau_a);
        status_b = wrapped_sorgqr(LAPACK_ROW_MAJOR, m, n, n, b, lda, tau_b);
        check(status_a == status_b && are_close(a, b, count, 1e-5f), "sorgqr", m, n);
    }

    memcpy(a, original, sizeof a);
    memcpy(b, original, sizeof b);
    memset(pivots_a, 0, sizeof pivots_a);
    memset(pivots_b, 0, sizeof pivots_b);
    status_a = LAPACKE_sgeqp3(LAPACK_ROW_MAJOR, m, n, a, lda, pivots_a, tau_a);
    status_b = wrapped_sgeqp3(LAPACK_ROW_MAJOR, m, n, b, lda, pivots_b, tau_b);
    check(status_a == status_b && are_close(a, b, count, 1e-5f) && !memcmp(pivots_a, pivots_b, sizeof(int) * (size_t)n),
        "sgeqp3", m, n);

    // Singular vectors are known up to their sign, so their product with the values is compared with the matrix.
    static float s_a[largest], s_b[largest], u[largest * largest], vt[largest * largest];
    memcpy(a, original, sizeof a);
    memcpy(b, original, sizeof b);
    status_a = LAPACKE_sgesdd(LAPACK_ROW_MAJOR, 'S', m, n, a, lda, s_a, u, inner, vt, n);
    status_b = wrapped_sgesdd(LAPACK_ROW_MAJOR, 'S', m, n, b, lda, s_b, u, inner, vt, n);
    check(status_a == status_b && are_close(s_a, s_b, inner, 1e-4f), "the singular values of sgesdd", m, n);
    float worst = 0;
    for (int i = 0; i < m; i++) {
        for (int j = 0; j < n; j++) {
            float sum = 0;
            for (int k = 0; k < inner; k++) sum += u[i * inner + k] * s_b[k] * vt[k * n + j];
            worst = fmaxf(worst, fabsf(sum - original[i * lda + j]));
        }
    }
    check(worst <= 1e-4f, "the product of sgesdd", m, n);
}

int main(void) {
    static const int sizes[] = {1, 2, 7, 8, 13, 31, 33, 64, 70};
    const size_t count = sizeof sizes / sizeof *sizes;
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < count; j++) compare(sizes[i], sizes[j]);
    }
    if (wrapped_sgeqrf(102, 1, 1, (float[]){1}, 1, (float[]){1}) != -1) {
        failures++;
        printf("a matrix in columns is not refused\n");
    }
    if (failures == 0) printf("the functions for Accelerate give what LAPACKE gives\n");
    return failures > 0;
}
