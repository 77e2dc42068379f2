// The distances of four rows of codes, for the instruction sets of x86-64: included once by each, after ROWS_TARGET and
// code_sums4, the integer sums of four rows, are defined.
//
// They are written as one register. A loop over four scalars would be read back before it has been written, and wait.

/// The scales and the offsets of four rows.
AKIN_INLINE ROWS_TARGET void gather_factors4(
    const akin_factors *factors, const uint32_t *ids, __m128 *scales, __m128 *offsets
) {
    __m128 ab = _mm_castpd_ps(_mm_loadh_pd(
        _mm_load_sd((const double *)(factors + ids[0])), (const double *)(factors + ids[1])));
    __m128 cd = _mm_castpd_ps(_mm_loadh_pd(
        _mm_load_sd((const double *)(factors + ids[2])), (const double *)(factors + ids[3])));
    *scales = _mm_shuffle_ps(ab, cd, _MM_SHUFFLE(2, 0, 2, 0));
    *offsets = _mm_shuffle_ps(ab, cd, _MM_SHUFFLE(3, 1, 3, 1));
}

AKIN_INLINE ROWS_TARGET void code4(const akin_rows *r, const akin_query *q, const uint32_t *ids, float *distances) {
    __m128 scales, offsets;
    gather_factors4(r->factors, ids, &scales, &offsets);
    __m128 products = _mm_mul_ps(_mm_cvtepi32_ps(code_sums4(r, q, ids)), _mm_set1_ps(q->scale));
    __m128 rest = _mm_fmadd_ps(offsets, _mm_set1_ps(q->weight), _mm_set1_ps(q->constant));
    _mm_storeu_ps(distances, _mm_fmadd_ps(products, scales, rest));
}
