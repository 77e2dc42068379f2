// Conversions between floats and what indexes store. They run once a row or once a query, in plain C for every CPU, so
// that what is stored depends on the input alone.

#include "dense_rows.h"

#include <math.h>

static uint32_t bits_of(float value) {
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

static float float_of(uint32_t bits) {
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

float akin_largest_magnitude(const float *values, size_t n) {
    int32_t largest = 0;   // the bits of non-negative floats sort as the floats do
    for (size_t i = 0; i < n; i++) {
        int32_t magnitude = (int32_t)(bits_of(values[i]) & 0x7fffffffu);
        largest = magnitude > largest ? magnitude : largest;
    }
    return float_of((uint32_t)largest);
}

/// The value of one step, such that 127 steps reach the largest value; 0 if that would have no full precision.
static float step(const float *values, size_t n) {
    float scale = akin_largest_magnitude(values, n) / 127.0f;
    return scale < 0x1p-100f ? 0.0f : scale;
}

void akin_center(
    const float *values, const float *center, size_t n, double factor, double center_factor, float *centered
) {
    for (size_t i = 0; i < n; i++) {
        double scaled = (double)values[i] * factor, moved = (double)center[i] * center_factor;
        centered[i] = (float)(scaled - moved);
    }
}

void akin_scale(const float *values, size_t n, double factor, float *scaled) {
    for (size_t i = 0; i < n; i++) scaled[i] = (float)((double)values[i] * factor);
}

/// Rounds to the nearest integer, ties to even: adding 1.5 * 2^23 leaves no bits for a fraction.
static int32_t rounded(float value) {
    float shifted = value + 0x1.8p23f;
    return (int32_t)bits_of(shifted) - 0x4b400000;
}

static float upper_root(double sum_of_squares) {
    return (float)(sqrt(sum_of_squares) * (1.0 + 0x1p-20));
}

float akin_encode_row(const float *values, size_t n, size_t length, uint8_t *codes, float *residual) {
    float scale = step(values, n);
    float inverse = scale > 0 ? 1.0f / scale : 0.0f;
    for (size_t i = 0; i < n; i++) {
        float steps = values[i] * inverse;
        codes[i] = (uint8_t)(rounded(steps) + 128);
    }
    memset(codes + n, 128, length - n);
    double error = 0;
    for (size_t i = 0; i < n; i++) {
        double difference = (double)values[i] - (double)scale * (codes[i] - 128);
        error += difference * difference;
    }
    *residual = upper_root(error);
    return scale;
}

float akin_encode_query(const float *values, size_t n, size_t length, int8_t *codes, int32_t *sum, float *residual) {
    float scale = akin_encode_row(values, n, length, (uint8_t *)codes, residual);
    *sum = akin_signed_codes((const uint8_t *)codes, length, codes);
    return scale;
}

void akin_halves_from_floats(const float *values, size_t n, uint16_t *halves) {
    for (size_t i = 0; i < n; i++) {
        uint32_t bits = bits_of(values[i]);
        uint32_t sign = bits >> 16 & 0x8000u;
        uint32_t magnitude = bits & 0x7fffffffu;
        uint32_t half;
        if (magnitude >= 0x47800000u) {            // 65536 and beyond, infinity, NaN
            half = magnitude > 0x7f800000u ? 0x7e00u : 0x7c00u;
        } else if (magnitude < 0x38800000u) {      // below 2^-14: the sum with 0.5 rounds to multiples of 2^-24
            half = bits_of(float_of(magnitude) + 0.5f) - 0x3f000000u;
        } else {
            uint32_t odd = magnitude >> 13 & 1;
            half = (magnitude - 0x38000000u + 0xfffu + odd) >> 13;
        }
        halves[i] = (uint16_t)(sign | half);
    }
}

void akin_floats_from_halves(const uint16_t *halves, size_t n, float *values) {
    for (size_t i = 0; i < n; i++) values[i] = akin_float_of_half(halves[i]);
}

double akin_sum_of_products(const float *a, const float *b, size_t n) {
    double sums[4] = {0, 0, 0, 0};
    size_t i = 0;
    for (; i + 4 <= n; i += 4) {
        for (size_t j = 0; j < 4; j++) sums[j] += (double)a[i + j] * (double)b[i + j];
    }
    for (; i < n; i++) sums[0] += (double)a[i] * (double)b[i];
    return (sums[0] + sums[1]) + (sums[2] + sums[3]);
}

double akin_sum_of_squares(const float *values, size_t n) {
    return akin_sum_of_products(values, values, n);
}
