// Comparisons of 16 and 64 bytes at a time, as bits: bit i stands for byte i.
//
// Swift's SIMD types compile the step from a vector of comparisons to bits into a loop over its
// elements; the vector extensions of C, which name no processor, compile it into one instruction
// where there is one (https://clang.llvm.org/docs/LanguageExtensions.html#vectors-and-extended-vectors).
#ifndef CLUSTERATLAS_BYTES_H
#define CLUSTERATLAS_BYTES_H
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef uint8_t cbytes_v16 __attribute__((vector_size(16)));
typedef _Bool cbytes_b16 __attribute__((ext_vector_type(16)));

static inline cbytes_v16 cbytes_load(const uint8_t *at) {
    cbytes_v16 value;
    memcpy(&value, at, 16);
    return value;
}

static inline uint64_t cbytes_bits(cbytes_v16 comparison) {
    cbytes_b16 truth = __builtin_convertvector(comparison, cbytes_b16);
    uint16_t bits;
    memcpy(&bits, &truth, 2);
    return bits;
}

static inline cbytes_v16 cbytes_same(cbytes_v16 value, uint8_t byte) {
    return (cbytes_v16)(value == (cbytes_v16){} + byte);
}

/// The bytes that matter to the structure of JSON, in 64 bytes.
typedef struct {
    uint64_t quotes, escapes, opening, closing;
} cbytes_json;

static inline cbytes_json cbytes_json64(const uint8_t *at) {
    cbytes_json found = {0, 0, 0, 0};
    for (int part = 0; part < 4; part++) {
        cbytes_v16 value = cbytes_load(at + 16 * part);
        found.quotes |= cbytes_bits(cbytes_same(value, '"')) << 16 * part;
        found.escapes |= cbytes_bits(cbytes_same(value, '\\')) << 16 * part;
        found.opening |= cbytes_bits(cbytes_same(value, '{')) << 16 * part;
        found.closing |= cbytes_bits(cbytes_same(value, '}')) << 16 * part;
    }
    return found;
}

/// The bytes that matter to the rows of CSV, in 64 bytes.
typedef struct {
    uint64_t quotes, separators, breaks;
} cbytes_csv;

static inline cbytes_csv cbytes_csv64(const uint8_t *at, uint8_t separator) {
    cbytes_csv found = {0, 0, 0};
    for (int part = 0; part < 4; part++) {
        cbytes_v16 value = cbytes_load(at + 16 * part);
        found.quotes |= cbytes_bits(cbytes_same(value, '"')) << 16 * part;
        found.separators |= cbytes_bits(cbytes_same(value, separator)) << 16 * part;
        found.breaks |=
            cbytes_bits(cbytes_same(value, '\n') | cbytes_same(value, '\r')) << 16 * part;
    }
    return found;
}

/// Where one byte stands in 64.
static inline uint64_t cbytes_equal64(const uint8_t *at, uint8_t byte) {
    uint64_t found = 0;
    for (int part = 0; part < 4; part++)
        found |= cbytes_bits(cbytes_same(cbytes_load(at + 16 * part), byte)) << 16 * part;
    return found;
}

/// In 16 bytes, what ends the plain part of a JSON string (quotation marks, backslashes, control
/// characters; bits 0 to 15), and what is no ASCII (bits 16 to 31).
static inline uint32_t cbytes_text16(const uint8_t *at) {
    cbytes_v16 value = cbytes_load(at);
    cbytes_v16 ends = cbytes_same(value, '"') | cbytes_same(value, '\\') |
                      cbytes_same(value & 0xE0, 0);
    cbytes_v16 high = (cbytes_v16)((cbytes_v16)(value & 0x80) == (cbytes_v16){} + 0x80);
    return (uint32_t)(cbytes_bits(ends) | cbytes_bits(high) << 16);
}

/// Copies 16 bytes and says where in them escapes are needed.
static inline uint32_t cbytes_copy_text16(const uint8_t *from, uint8_t *to) {
    cbytes_v16 value = cbytes_load(from);
    memcpy(to, &value, 16);
    return (uint32_t)cbytes_bits(
        cbytes_same(value, '"') | cbytes_same(value, '\\') | cbytes_same(value & 0xE0, 0));
}

/// How often a byte stands in a text.
static inline size_t cbytes_count(const uint8_t *at, size_t length, uint8_t byte) {
    size_t total = 0;
    while (length >= 16) {
        // Each of the 16 sums may count to 255.
        size_t rounds = length / 16 < 255 ? length / 16 : 255;
        cbytes_v16 sums = {};
        for (size_t round = 0; round < rounds; round++, at += 16)
            sums -= cbytes_same(cbytes_load(at), byte);
        for (int i = 0; i < 16; i++) total += sums[i];
        length -= rounds * 16;
    }
    for (size_t i = 0; i < length; i++) total += at[i] == byte;
    return total;
}

#endif
