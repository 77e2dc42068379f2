// Functions of sixteen numbers, as a template: no include guard, included once by the file of each instruction set. The
// file has defined ENCODER_TARGET, the target attribute of the instruction set, or nothing.

ENCODER_INLINE ENCODER_TARGET lanes load(const float *values) {
    lanes x;
    memcpy(&x, values, sizeof x);
    return x;
}

ENCODER_INLINE ENCODER_TARGET void store(float *values, lanes x) {
    memcpy(values, &x, sizeof x);
}

/// The first `n` values, and 0 in the other lanes.
ENCODER_INLINE ENCODER_TARGET lanes load_some(const float *values, size_t n) {
    lanes x = {0};
    memcpy(&x, values, n * sizeof *values);
    return x;
}

ENCODER_INLINE ENCODER_TARGET lanes splat(float x) {
    return x - (lanes){0};
}

ENCODER_INLINE ENCODER_TARGET lanes choose(int_lanes condition, lanes yes, lanes no) {
    return (lanes)((condition & (int_lanes)yes) | (~condition & (int_lanes)no));
}

ENCODER_INLINE ENCODER_TARGET lanes larger(lanes a, lanes b) {
    return choose(a > b, a, b);
}

ENCODER_INLINE ENCODER_TARGET lanes smaller(lanes a, lanes b) {
    return choose(a < b, a, b);
}

ENCODER_INLINE ENCODER_TARGET lanes magnitude(lanes x) {
    return (lanes)((int_lanes)x & 0x7fffffff);
}

/// The sum of the lanes: neighbors at a distance of 8, 4, 2 and 1 are added.
ENCODER_INLINE ENCODER_TARGET float sum_of_lanes(lanes x) {
    float sums[lane_count];
    memcpy(sums, &x, sizeof sums);
    for (size_t width = lane_count / 2; width > 0; width /= 2) {
        for (size_t i = 0; i < width; i++) sums[i] += sums[i + width];
    }
    return sums[0];
}

ENCODER_INLINE ENCODER_TARGET float largest_lane(lanes x) {
    float values[lane_count];
    memcpy(values, &x, sizeof values);
    for (size_t width = lane_count / 2; width > 0; width /= 2) {
        for (size_t i = 0; i < width; i++) values[i] = values[i] > values[i + width] ? values[i] : values[i + width];
    }
    return values[0];
}

/// A number whose last bit has the value 1, so that adding it to a float of at most 2^22 rounds to an integer, ties to
/// even, and leaves the integer in the lower bits.
#define ENCODER_ROUNDER 0x1.8p23f

/// 2^x, with a relative error of at most 3e-7 where the result is a normal number; 2^-126 below, and 2^127 above.
ENCODER_INLINE ENCODER_TARGET lanes exp2_lanes(lanes x) {
    x = smaller(larger(x, splat(-126)), splat(127));
    lanes rounded = x + ENCODER_ROUNDER;
    lanes f = x - (rounded - ENCODER_ROUNDER);
    // The polynomial of degree 5 with the least relative error on [-1/2, 1/2], 8e-8.
    lanes p = splat(1.3276469e-3f);
    p = p * f + 9.6755419e-3f;
    p = p * f + 5.5507135e-2f;
    p = p * f + 2.4022120e-1f;
    p = p * f + 6.9314694e-1f;
    p = p * f + 1.0000001f;
    return (lanes)((bit_lanes)p + ((bit_lanes)rounded << 23));
}

/// x * P(X <= x) for a standard normal X.
///
/// (P(X <= x) - 1/2) / x is an even function. The polynomial of degree 12 in x^2 has the least error of the result for
/// |x| <= 5, 3.4e-7; where |x| is larger, x * 2.9e-7 is the error of the number at 5.
ENCODER_INLINE ENCODER_TARGET lanes gelu(lanes x) {
    lanes c = smaller(larger(x, splat(-5)), splat(5));
    lanes t = c * c * 0.08f - 1.0f;
    lanes p = splat(4.9296857e-4f);
    p = p * t - 1.5141534e-3f;
    p = p * t + 2.0018625e-3f;
    p = p * t - 2.9156739e-3f;
    p = p * t + 6.1654286e-3f;
    p = p * t - 1.0973231e-2f;
    p = p * t + 1.6497657e-2f;
    p = p * t - 2.3336731e-2f;
    p = p * t + 3.1426229e-2f;
    p = p * t - 4.0432949e-2f;
    p = p * t + 5.1521420e-2f;
    p = p * t - 7.0296653e-2f;
    p = p * t + 1.4136378e-1f;
    return x * (c * p + 0.5f);
}

/// x / (1 + exp(-2u)) with u = sqrt(2 / pi) * (x + 0.044715 x^3), which is x / 2 * (1 + tanh(u)).
ENCODER_INLINE ENCODER_TARGET lanes gelu_tanh(lanes x) {
    const float factor = -2.3022082f;  // -2 * sqrt(2 / pi) * log2(e)
    lanes exponent = x * factor * (x * x * 0.044715f + 1.0f);
    return x / (exp2_lanes(exponent) + 1.0f);
}

ENCODER_INLINE ENCODER_TARGET lanes activate(lanes x, akin_activation activation) {
    switch (activation) {
    case akin_gelu: return gelu(x);
    case akin_gelu_tanh: return gelu_tanh(x);
    case akin_relu: return larger(x, splat(0));
    default: return x;
    }
}
