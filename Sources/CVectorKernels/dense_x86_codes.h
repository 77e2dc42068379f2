// The distances of four rows of codes, for the instruction sets of x86-64: included once by each, after ROWS_TARGET and
// code_sums4, the integer sums of four rows, are defined.
//
// They are written as one register. A loop over four scalars would be read back before it has been written, and wait.

AKIN_INLINE ROWS_TARGET __m128 gather_floats4(const float *values, const uint32_t *ids) {
    return _mm_setr_ps(values[ids[0]], values[ids[1]], values[ids[2]], values[ids[3]]);
}

/// The inner products that the integer sums stand for.
AKIN_INLINE ROWS_TARGET __m128 code_inner_products4(const akin_rows *r, const akin_query *q, const uint32_t *ids) {
    __m128 sums = _mm_mul_ps(_mm_cvtepi32_ps(code_sums4(r, q, ids)), _mm_set1_ps(q->scale));
    return _mm_mul_ps(sums, gather_floats4(r->scales, ids));
}

AKIN_INLINE ROWS_TARGET void code_inner4(
    const akin_rows *r, const akin_query *q, const uint32_t *ids, float *distances
) {
    _mm_storeu_ps(distances, _mm_sub_ps(_mm_set1_ps(1.0f), code_inner_products4(r, q, ids)));
}

AKIN_INLINE ROWS_TARGET void code_squared4(
    const akin_rows *r, const akin_query *q, const uint32_t *ids, float *distances
) {
    __m128 products = code_inner_products4(r, q, ids), norms = gather_floats4(r->norms, ids);
    __m128 lengths = _mm_add_ps(_mm_set1_ps(q->squared_norm), _mm_mul_ps(norms, norms));
    _mm_storeu_ps(distances, _mm_sub_ps(lengths, _mm_add_ps(products, products)));
}
