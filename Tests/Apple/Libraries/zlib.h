/* Stands in for zlib's header: what the package calls of it. */
#pragma once

#define ZLIB_VERSION "1.2.12"
#define Z_NO_FLUSH 0
#define Z_OK 0
#define Z_STREAM_END 1
#define Z_MEM_ERROR (-4)
#define Z_BUF_ERROR (-5)

typedef struct z_stream_s {
    unsigned char *next_in;
    unsigned int avail_in;
    unsigned long total_in;
    unsigned char *next_out;
    unsigned int avail_out;
    unsigned long total_out;
    char *msg;
    struct internal_state *state;
    void *(*zalloc)(void *, unsigned int, unsigned int);
    void (*zfree)(void *, void *);
    void *opaque;
    int data_type;
    unsigned long adler, reserved;
} z_stream;
typedef z_stream *z_streamp;

int inflate(z_streamp stream, int flush);
int inflateEnd(z_streamp stream);
int inflateInit2_(z_streamp stream, int windowBits, const char *version, int stream_size);
int inflateReset(z_streamp stream);
