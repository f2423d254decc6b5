// zlib (https://www.zlib.net/manual.html). Its starters are macros, which Swift does not import.
#include <zlib.h>

// 32 and 16 ask for gzip: found by itself in reading, written in writing.
static inline int czlib_begin_reading(z_stream *stream) { return inflateInit2(stream, 15 + 32); }
static inline int czlib_begin_writing(z_stream *stream, int level) {
    return deflateInit2(stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
}
