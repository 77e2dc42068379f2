#ifndef AKIN_DENSE_KERNELS_H
#define AKIN_DENSE_KERNELS_H

#include <stddef.h>
#include <stdint.h>

/// The numbers of a row of codes: the value of one step, and what the row adds to every distance.
typedef struct akin_factors {
    float scale, offset;
} akin_factors;

/// Rows of one element type, at a fixed distance from each other.
///
/// `length` counts the elements of a row that the kernels read, with the padding. The caller pads rows to whole vector
/// registers, or passes the true length, which costs a tail.
typedef struct akin_rows {
    const void *rows;             ///< `count` rows of `length` elements
    size_t stride;                ///< bytes from one row to the next
    size_t length;                ///< elements read of a row and of the query
    uint32_t count;               ///< rows; an id at or above it ends a list of links
    const akin_factors *factors;  ///< codes only: the numbers of each row
} akin_rows;

/// A query: `length` floats for rows of floats and halves, signed codes for rows of codes.
///
/// The distance of a row of codes is `constant + weight * offset + scale * (row's scale) * (product of the codes)`. The
/// numbers of query and row decide which metric that is.
typedef struct akin_query {
    const void *values;
    float scale;                  ///< codes: the factor of the product; squared L2 on floats and halves: that of a row
    int32_t sum;                  ///< codes only: the sum of the signed codes
    float constant;               ///< codes only: what the query adds to every distance
    float weight;                 ///< codes only: the factor of the rows' offsets
} akin_query;

/// Writes the distance of the query to each of the rows `ids[0..<n]`, which must all be below `count`.
typedef void akin_score_rows(
    const akin_rows *rows, const akin_query *query, const uint32_t *ids, size_t n, float *distances);

/// Writes the distance of the query to each of the `n` rows from `first` on, which must all be below `count`.
typedef void akin_scan_rows(
    const akin_rows *rows, const akin_query *query, uint32_t first, size_t n, float *distances);

/// Scores the rows `ids[0..<n]`, which must all be below `count`, and writes those that come before `limit` as
/// candidates, for which there must be room for `n`. Returns how many there are.
///
/// A candidate is the distance as an ordered integer in the upper 32 bits, and twice the id in the lower, so that
/// candidates sort by distance, then by id, and the lowest bit is free. Ids must therefore be below 2^31.
///
/// If `lists` is not NULL, the list of links of row i is at `lists` + i * `width`, and the lists of the candidates are
/// prefetched.
typedef size_t akin_score_near(
    const akin_rows *rows, const akin_query *query, const uint32_t *ids, size_t n, uint64_t limit,
    const uint32_t *lists, size_t width, uint64_t *candidates);

/// Whether any of the rows `ids[0..<n]`, which must all be below `count`, is nearer to the query than `limit`. Stops at
/// the first four that have one.
typedef int akin_any_nearer(
    const akin_rows *rows, const akin_query *query, const uint32_t *ids, size_t n, float limit);

/// The ways of comparing a query with rows, for one element type and one comparison.
typedef struct akin_row_kernels {
    akin_score_rows *score;
    akin_scan_rows *scan;
    akin_score_near *near;
    akin_any_nearer *any_nearer;
} akin_row_kernels;

/// Makes a row of unsigned codes a query of signed ones. Returns their sum.
typedef int32_t akin_query_from_row(const uint8_t *row, size_t length, int8_t *codes);

/// Inserts candidates into a candidate queue of `*count` ascending ones, and drops those beyond `capacity`, which is at
/// least 1. Returns the lowest place that changed, or the capacity if none did.
typedef size_t akin_merge(
    uint64_t *queue, size_t *count, size_t capacity, const uint64_t *candidates, size_t n);

/// The bound on the error of a distance by codes: the sum of these, times the row's residual, length and squared
/// length.
typedef struct akin_bound {
    float per_residual, per_norm, per_squared_norm, constant;
} akin_bound;

/// Writes the lower bound of each of `n` distances, `distance - bound`, into `least`, and the places of those that are
/// not above `limit` into `kept`. Returns how many there are. There must be room for `n` in both.
typedef size_t akin_keep_near(
    const float *distances, const float *residuals, const float *norms, size_t n, akin_bound bound, float limit,
    float *least, uint32_t *kept);

/// Reads a list of links up to the first id that is no row, or up to its `width`. Writes those whose bit in `seen` is
/// not set, sets the bit, and prefetches their rows. `seen` has a bit for each row, `fresh` room for `width`. Returns
/// how many were written.
size_t akin_gather(const akin_rows *rows, const uint32_t *links, size_t width, uint64_t *seen, uint32_t *fresh);

/// Prefetches the rows that `akin_gather` would write, and changes nothing.
void akin_look_ahead(const akin_rows *rows, const uint32_t *links, size_t width, const uint64_t *seen);

/// Prefetches the rows `ids[0..<n]`, which must all be below `count`.
void akin_fetch_rows(const akin_rows *rows, const uint32_t *ids, size_t n);

/// The kernels of one instruction set. With a query q and a row x of floats or halves,
///
///   `inner`    is -q.x;
///   `squared`  is |q - scale * x|^2, with the query's scale;
///   `cosine`   is 1 - q.x, or |q - x|^2 / 2 if the former is so small that the subtraction has lost digits. Both are
///              the same for vectors of length 1.
///
/// Integer results are the same in every table. Sums of floats are added in an order that belongs to the table, and
/// within a table the distance of a query to a row has the same bits whichever call computes it.
typedef struct akin_dense_kernels {
    const char *name;
    float (*dot)(const float *a, const float *b, size_t n);
    float (*squared_l2)(const float *a, const float *b, size_t n);
    int32_t (*code_dot)(const int8_t *query, const uint8_t *row, size_t n);   ///< sum of query * (row - 128)
    akin_query_from_row *query_from_row;
    akin_merge *merge;
    akin_keep_near *keep_near;
    akin_row_kernels float_inner, float_squared, float_cosine;
    akin_row_kernels half_inner, half_squared, half_cosine; ///< rows of IEEE 754 binary16, query of floats
    akin_row_kernels code;                                  ///< rows of unsigned codes (code + 128), query of signed
} akin_dense_kernels;

/// The table of kernels in plain C, which every CPU runs.
const akin_dense_kernels *akin_dense_kernels_scalar(void);

/// The number of tables that this CPU runs, and the table at a place among them: the scalar first, the fastest last.
size_t akin_dense_kernels_count(void);
const akin_dense_kernels *akin_dense_kernels_at(size_t index);

/// Writes `n` values as 8-bit codes, code = round(value / scale) + 128 with scale = max |value| / 127, and 128 up to
/// `length`. Returns the scale, 0 if all values are too small to have one; `*residual` receives the length of the
/// difference between the values and what their codes stand for, rounded up.
float akin_encode_row(const float *values, size_t n, size_t length, uint8_t *codes, float *residual);

/// The same with signed codes, 0 up to `length`; `*sum` receives their sum.
float akin_encode_query(const float *values, size_t n, size_t length, int8_t *codes, int32_t *sum, float *residual);

/// Rounds to IEEE 754 binary16, to nearest, ties to even; what lies beyond its range becomes infinite.
void akin_halves_from_floats(const float *values, size_t n, uint16_t *halves);
void akin_floats_from_halves(const uint16_t *halves, size_t n, float *values);

/// The sum of squares and the inner product, in double precision.
double akin_sum_of_squares(const float *values, size_t n);
double akin_sum_of_products(const float *a, const float *b, size_t n);

/// The largest magnitude among finite values; 0 if there are none.
float akin_largest_magnitude(const float *values, size_t n);

/// Writes `factor * values[i] - center_factor * center[i]`, computed in double precision.
void akin_center(
    const float *values, const float *center, size_t n, double factor, double center_factor, float *centered);

/// Writes `factor * values[i]`, computed in double precision.
void akin_scale(const float *values, size_t n, double factor, float *scaled);

#endif
