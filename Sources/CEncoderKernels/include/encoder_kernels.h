#ifndef AKIN_ENCODER_KERNELS_H
#define AKIN_ENCODER_KERNELS_H

#include <stddef.h>
#include <stdint.h>

/// The outputs of a panel of weights, and the rows of activations that a kernel multiplies with it at once.
///
/// Six rows by four registers of sixteen floats or integers leave room for the weights in the 32 registers of AVX-512.
enum { akin_panel_width = 64, akin_tile_rows = 6 };

/// What becomes of the outputs of a product.
typedef enum akin_activation {
    akin_identity,
    akin_gelu,        ///< x * P(X <= x) for a standard normal X, with an error of at most 5e-7 * max(1, |x|)
    akin_gelu_tanh,   ///< the form by the hyperbolic tangent, of the same error
    akin_relu,
} akin_activation;

/// A row-major matrix of floats. Rows are `stride` floats apart, a multiple of `akin_panel_width`. Kernels may write
/// whole strides: what lies behind the last column has no meaning.
typedef struct akin_float_rows {
    float *values;
    size_t stride;
} akin_float_rows;

/// Rows of 8-bit codes: the value of a code is scales[row] * (code - 128). Rows are `stride` bytes apart, a multiple
/// of 4. What lies behind the last column is multiplied with weights of 0.
typedef struct akin_code_rows {
    uint8_t *codes;
    size_t stride;
    float *scales;
} akin_code_rows;

/// The weights of a layer, as floats.
///
///     panels:  | panel 0: inner x 64 | panel 1 | ...     the weight of input k for output j of a panel at k * 64 + j
///
/// `bias` has a number for each output of all panels. Outputs that the layer does not have are 0.
typedef struct akin_float_weights {
    size_t inner;         ///< inputs
    size_t panel_count;
    const float *panels;
    const float *bias;
} akin_float_weights;

/// The weights of a layer, as signed codes with a scale for each output.
///
///     panels:  | panel 0 | panel 1 | ...     each of them inner_groups x 64 x 4
///
/// The four weights of output j for the inputs 4g ... 4g + 3 stand together at (g * 64 + j) * 4: the instructions for
/// dot products add four products at a time. Inputs and outputs that the layer does not have are 0.
typedef struct akin_code_weights {
    size_t inner_groups;  ///< inputs / 4, rounded up; at most 16,384, so that no sum overflows
    size_t panel_count;
    const int8_t *panels;
    const float *scales;  ///< of each output
    const float *bias;
    const int32_t *sums;  ///< of each output: the sum of its codes
} akin_code_weights;

/// Layer normalization: (x - mean) / sqrt(variance + epsilon) * weight + bias.
typedef struct akin_normalization {
    size_t width;
    float epsilon;
    const float *weight;
    const float *bias;
} akin_normalization;

/// The attention of one sequence.
///
/// A row of `rows` holds the query, the key and the value of a token, each of `head_count` * `head_size` floats; 64
/// floats behind the last row belong to the caller's memory too. The context takes the place of the query.
typedef struct akin_attention {
    akin_float_rows rows;
    size_t length;        ///< tokens
    size_t head_count, head_size;
} akin_attention;

/// The kernels of one instruction set. All of them run on the calling thread and keep no state.
///
/// A row of the result depends on its own row of the input alone, to the last bit. It does not depend on the other rows
/// or on their number. For `attend` the same holds of sequences. Sums of products of codes are exact integers, the same
/// in every table. Sums of floats are added in an order that belongs to the table.
typedef struct akin_encoder_kernels {
    const char *name;

    /// Writes activation(sum * row's scale * output's scale + bias) for each row and output.
    void (*multiply_codes)(
        const akin_code_weights *weights, akin_code_rows rows, size_t count, akin_activation activation,
        akin_float_rows out);

    /// Writes activation(sum + bias) for each row and output.
    void (*multiply_floats)(
        const akin_float_weights *weights, akin_float_rows rows, size_t count, akin_activation activation,
        akin_float_rows out);

    /// Writes the sums of the products of codes of at most `akin_tile_rows` rows and one panel, 64 for each row.
    void (*sum_codes)(
        const akin_code_weights *weights, size_t panel, akin_code_rows rows, size_t count, int32_t *sums);

    /// Encodes rows of `width` floats: scale = max |x| / 127, code = round(x / scale) + 128, ties to even.
    ///
    /// A row of zeros, or of numbers too small for a scale, has the scale 0 and the codes 128.
    void (*encode)(akin_float_rows rows, size_t count, size_t width, akin_code_rows codes);

    /// Replaces each row by the normalization of the sum of itself and the row of `added`, unless its values are NULL.
    void (*add_normalize)(
        const akin_normalization *normalization, akin_float_rows added, akin_float_rows rows, size_t count);

    /// Computes softmax(query * keys / sqrt(head_size)) * values for each token and head.
    ///
    /// `scratch` has room for `akin_attention_scratch` floats.
    void (*attend)(const akin_attention *attention, float *scratch);
} akin_encoder_kernels;

/// The floats of scratch memory that the attention of a sequence needs.
size_t akin_attention_scratch(size_t length, size_t head_size);

/// The table of kernels in plain C, which every CPU runs.
const akin_encoder_kernels *akin_encoder_kernels_scalar(void);

/// The number of tables that this CPU runs, and the table at a place among them: the scalar first, the fastest last.
size_t akin_encoder_kernels_count(void);
const akin_encoder_kernels *akin_encoder_kernels_at(size_t index);

#endif
