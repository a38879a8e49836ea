#pragma once

#include <bit>
#include <cmath>
#include <cstdint>
#include <type_traits>

#include "base/api.hpp"

#if defined(__AVX512F__) && defined(__AVX512DQ__)
#include <immintrin.h>
#define FISHERLAB_NATIVE_WIDTH 8
#elif defined(__AVX2__)
#include <immintrin.h>
#define FISHERLAB_NATIVE_WIDTH 4
#else
#if defined(__SSE2__)
#include <emmintrin.h>
#endif
#define FISHERLAB_NATIVE_WIDTH 2
#endif

// FISHERLAB_EACH_PART(statement): the statement for every native part, `i` its number. Written out, because g++ 12
// takes four times as long over files full of unrolled loops of so few trips; a fold over an index sequence takes 1.25
// times.
#define FISHERLAB_PART(k, ...) \
  {                            \
    constexpr int i = k;       \
    __VA_ARGS__;               \
  }
#if FISHERLAB_NATIVE_WIDTH == 8
#define FISHERLAB_EACH_PART(...) FISHERLAB_PART(0, __VA_ARGS__)
#elif FISHERLAB_NATIVE_WIDTH == 4
#define FISHERLAB_EACH_PART(...) FISHERLAB_PART(0, __VA_ARGS__) FISHERLAB_PART(1, __VA_ARGS__)
#else
#define FISHERLAB_EACH_PART(...) \
  FISHERLAB_PART(0, __VA_ARGS__) \
  FISHERLAB_PART(1, __VA_ARGS__) FISHERLAB_PART(2, __VA_ARGS__) FISHERLAB_PART(3, __VA_ARGS__)
#endif

namespace fisherlab::sim {

/// Number of replicates that advance side by side. It is a constant of the file formats and of the random streams,
/// and does not depend on the machine.
inline constexpr int lane_count = 8;

inline constexpr int native_width = FISHERLAB_NATIVE_WIDTH;
inline constexpr int native_parts = lane_count / native_width;

using NativeDoubles = double __attribute__((vector_size(8 * native_width)));
using NativeBits = std::uint64_t __attribute__((vector_size(8 * native_width)));
using NativeSigned = std::int64_t __attribute__((vector_size(8 * native_width)));

/// Eight doubles, one for each lane, held as native vectors of the level this file is compiled for. The layout in
/// memory is that of `double[8]` at every level, so libraries of different levels can hand it on by reference.
struct alignas(64) Lanes {
  NativeDoubles part[native_parts];

  Lanes() = default;
  // Not trivial, so that every level returns Lanes through memory: a trivial class of one 64-byte vector would come
  // back in a register from a library of x86-64-v4, where a caller of a lower level does not look.
  FISHERLAB_INLINE Lanes(Lanes const& other){FISHERLAB_EACH_PART(part[i] = other.part[i])} FISHERLAB_INLINE Lanes&
  operator=(Lanes const& other) {  // NOLINT(bugprone-unhandled-self-assignment): values are copied
    FISHERLAB_EACH_PART(part[i] = other.part[i])
    return *this;
  }
  FISHERLAB_INLINE Lanes(double x){// NOLINT(google-explicit-constructor): formulas mix constants and lanes
                                   FISHERLAB_EACH_PART(part[i] = NativeDoubles{} + x)} FISHERLAB_INLINE double
  operator[](int lane) const {
    return part[lane / native_width][lane % native_width];
  }
  FISHERLAB_INLINE void set(int lane, double x) { part[lane / native_width][lane % native_width] = x; }
};

/// Eight 64-bit words, one for each lane.
struct alignas(64) LaneBits {
  NativeBits part[native_parts];

  LaneBits() = default;
  FISHERLAB_INLINE LaneBits(std::uint64_t x){
      // NOLINT(google-explicit-constructor): as for Lanes
      FISHERLAB_EACH_PART(part[i] = NativeBits{} + x)} FISHERLAB_INLINE std::uint64_t
  operator[](int lane) const {
    return part[lane / native_width][lane % native_width];
  }
  FISHERLAB_INLINE void set(int lane, std::uint64_t x) { part[lane / native_width][lane % native_width] = x; }
};

static_assert(sizeof(Lanes) == 64 && sizeof(LaneBits) == 64 && !std::is_trivially_copyable_v<Lanes>);

/// One truth value a lane. Its representation differs by level, so it never crosses a library's boundary; `LaneSet`
/// does (one bit a lane).
struct LaneMask {
#if FISHERLAB_NATIVE_WIDTH == 8
  __mmask8 bits;
#else
  NativeSigned part[native_parts];
#endif
};

/// One bit a lane, lane 0 the lowest.
using LaneSet = std::uint8_t;
inline constexpr LaneSet all_lanes = 0xff;

// ---- arithmetic: + - * / and sqrt are exact roundings, hence the same bits at every level (no contraction) ----------

#define FISHERLAB_LANE_OPERATOR(T, op)                      \
  FISHERLAB_INLINE T operator op(T const& a, T const& b) {  \
    T r;                                                    \
    FISHERLAB_EACH_PART(r.part[i] = a.part[i] op b.part[i]) \
    return r;                                               \
  }                                                         \
  FISHERLAB_INLINE T& operator op##=(T& a, T const& b) { return a = a op b; }

FISHERLAB_LANE_OPERATOR(Lanes, +)
FISHERLAB_LANE_OPERATOR(Lanes, -)
FISHERLAB_LANE_OPERATOR(Lanes, *)
FISHERLAB_LANE_OPERATOR(Lanes, /)
FISHERLAB_LANE_OPERATOR(LaneBits, +)
FISHERLAB_LANE_OPERATOR(LaneBits, -)
FISHERLAB_LANE_OPERATOR(LaneBits, &)
FISHERLAB_LANE_OPERATOR(LaneBits, |)
FISHERLAB_LANE_OPERATOR(LaneBits, ^)
#undef FISHERLAB_LANE_OPERATOR

FISHERLAB_INLINE LaneBits operator<<(LaneBits const& a, int k) {
  LaneBits r;
  FISHERLAB_EACH_PART(r.part[i] = a.part[i] << k)
  return r;
}
FISHERLAB_INLINE LaneBits operator>>(LaneBits const& a, int k) {
  LaneBits r;
  FISHERLAB_EACH_PART(r.part[i] = a.part[i] >> k)
  return r;
}
FISHERLAB_INLINE LaneBits operator~(LaneBits const& a) {
  LaneBits r;
  FISHERLAB_EACH_PART(r.part[i] = ~a.part[i])
  return r;
}

/// The same 64 bits read as the other type; for `double` too, so that one formula serves both.
FISHERLAB_INLINE LaneBits to_bits(Lanes const& a) {
  LaneBits r;
  FISHERLAB_EACH_PART(r.part[i] = (NativeBits)a.part[i])
  return r;
}
FISHERLAB_INLINE Lanes from_bits(LaneBits const& a) {
  Lanes r;
  FISHERLAB_EACH_PART(r.part[i] = (NativeDoubles)a.part[i])
  return r;
}
FISHERLAB_INLINE std::uint64_t to_bits(double a) { return std::bit_cast<std::uint64_t>(a); }
FISHERLAB_INLINE double from_bits(std::uint64_t a) { return std::bit_cast<double>(a); }

FISHERLAB_INLINE Lanes operator-(Lanes const& a) { return from_bits(to_bits(a) ^ LaneBits(std::uint64_t{1} << 63)); }

FISHERLAB_INLINE Lanes abs(Lanes const& a) { return from_bits(to_bits(a) & LaneBits(~(std::uint64_t{1} << 63))); }
FISHERLAB_INLINE double abs(double a) { return std::fabs(a); }

FISHERLAB_INLINE Lanes sqrt(Lanes const& a) {
  Lanes r;
#if FISHERLAB_NATIVE_WIDTH == 8
  r.part[0] = (NativeDoubles)_mm512_maskz_sqrt_pd(0xff, (__m512d)a.part[0]);
#elif FISHERLAB_NATIVE_WIDTH == 4
  FISHERLAB_EACH_PART(r.part[i] = (NativeDoubles)_mm256_sqrt_pd((__m256d)a.part[i]))
#elif defined(__SSE2__)
  FISHERLAB_EACH_PART(r.part[i] = (NativeDoubles)_mm_sqrt_pd((__m128d)a.part[i]))
#else
  for (int lane = 0; lane < lane_count; ++lane) r.set(lane, std::sqrt(a[lane]));
#endif
  return r;
}
FISHERLAB_INLINE double sqrt(double a) { return std::sqrt(a); }

// ---- comparison and selection ---------------------------------------------------------------------------------------

#if FISHERLAB_NATIVE_WIDTH == 8
#define FISHERLAB_COMPARE(op, predicate)                                            \
  FISHERLAB_INLINE LaneMask operator op(Lanes const& a, Lanes const& b) {           \
    return {_mm512_cmp_pd_mask((__m512d)a.part[0], (__m512d)b.part[0], predicate)}; \
  }
FISHERLAB_COMPARE(<, _CMP_LT_OQ)
FISHERLAB_COMPARE(<=, _CMP_LE_OQ)
FISHERLAB_COMPARE(>, _CMP_GT_OQ)
FISHERLAB_COMPARE(>=, _CMP_GE_OQ)
FISHERLAB_COMPARE(==, _CMP_EQ_OQ)
FISHERLAB_COMPARE(!=, _CMP_NEQ_UQ)
#undef FISHERLAB_COMPARE

FISHERLAB_INLINE LaneMask equal_bits(LaneBits const& a, LaneBits const& b) {
  return {_mm512_cmpeq_epi64_mask((__m512i)a.part[0], (__m512i)b.part[0])};
}
FISHERLAB_INLINE LaneMask operator&(LaneMask a, LaneMask b) { return {(__mmask8)(a.bits & b.bits)}; }
FISHERLAB_INLINE LaneMask operator|(LaneMask a, LaneMask b) { return {(__mmask8)(a.bits | b.bits)}; }
FISHERLAB_INLINE LaneMask operator!(LaneMask a) { return {(__mmask8)~a.bits}; }
FISHERLAB_INLINE Lanes select(LaneMask m, Lanes const& a, Lanes const& b) {
  Lanes r;
  r.part[0] = (NativeDoubles)_mm512_mask_blend_pd(m.bits, (__m512d)b.part[0], (__m512d)a.part[0]);
  return r;
}
FISHERLAB_INLINE LaneBits select(LaneMask m, LaneBits const& a, LaneBits const& b) {
  LaneBits r;
  r.part[0] = (NativeBits)_mm512_mask_blend_epi64(m.bits, (__m512i)b.part[0], (__m512i)a.part[0]);
  return r;
}
FISHERLAB_INLINE LaneSet to_set(LaneMask m) { return m.bits; }
FISHERLAB_INLINE LaneMask to_mask(LaneSet s) { return {s}; }
#else
#define FISHERLAB_COMPARE(op)                                               \
  FISHERLAB_INLINE LaneMask operator op(Lanes const& a, Lanes const& b) {   \
    LaneMask r;                                                             \
    FISHERLAB_EACH_PART(r.part[i] = (NativeSigned)(a.part[i] op b.part[i])) \
    return r;                                                               \
  }
FISHERLAB_COMPARE(<)
FISHERLAB_COMPARE(<=)
FISHERLAB_COMPARE(>)
FISHERLAB_COMPARE(>=)
FISHERLAB_COMPARE(==)
FISHERLAB_COMPARE(!=)
#undef FISHERLAB_COMPARE

FISHERLAB_INLINE LaneMask equal_bits(LaneBits const& a, LaneBits const& b) {
  LaneMask r;
  FISHERLAB_EACH_PART(r.part[i] = (NativeSigned)(a.part[i] == b.part[i]))
  return r;
}
FISHERLAB_INLINE LaneMask operator&(LaneMask a, LaneMask const& b) {
  FISHERLAB_EACH_PART(a.part[i] &= b.part[i])
  return a;
}
FISHERLAB_INLINE LaneMask operator|(LaneMask a, LaneMask const& b) {
  FISHERLAB_EACH_PART(a.part[i] |= b.part[i])
  return a;
}
FISHERLAB_INLINE LaneMask operator!(LaneMask a) {
  FISHERLAB_EACH_PART(a.part[i] = ~a.part[i])
  return a;
}
FISHERLAB_INLINE LaneBits select(LaneMask const& m, LaneBits const& a, LaneBits const& b) {
  LaneBits r;
  FISHERLAB_EACH_PART(r.part[i] = (a.part[i] & (NativeBits)m.part[i]) | (b.part[i] & ~(NativeBits)m.part[i]))
  return r;
}
FISHERLAB_INLINE Lanes select(LaneMask const& m, Lanes const& a, Lanes const& b) {
  return from_bits(select(m, to_bits(a), to_bits(b)));
}
FISHERLAB_INLINE LaneSet to_set(LaneMask const& m) {
  unsigned s = 0;
#if FISHERLAB_NATIVE_WIDTH == 4
  FISHERLAB_EACH_PART(s |= static_cast<unsigned>(_mm256_movemask_pd((__m256d)m.part[i])) << (4 * i))
#elif defined(__SSE2__)
  FISHERLAB_EACH_PART(s |= static_cast<unsigned>(_mm_movemask_pd((__m128d)m.part[i])) << (2 * i))
#else
  for (int lane = 0; lane < lane_count; ++lane)
    s |= static_cast<unsigned>(m.part[lane / native_width][lane % native_width] & 1) << lane;
#endif
  return static_cast<LaneSet>(s);
}
FISHERLAB_INLINE LaneMask to_mask(LaneSet s) {
  LaneMask r;
  for (int lane = 0; lane < lane_count; ++lane)
    r.part[lane / native_width][lane % native_width] = -static_cast<std::int64_t>((s >> lane) & 1);
  return r;
}
#endif

FISHERLAB_INLINE bool any(LaneMask const& m) { return to_set(m) != 0; }
FISHERLAB_INLINE bool all(LaneMask const& m) { return to_set(m) == all_lanes; }

// The same vocabulary for one lane alone, so that templates on `Real` run on `double` with the same bits.
FISHERLAB_INLINE double select(bool m, double a, double b) { return m ? a : b; }
FISHERLAB_INLINE std::uint64_t select(bool m, std::uint64_t a, std::uint64_t b) { return m ? a : b; }
FISHERLAB_INLINE bool equal_bits(std::uint64_t a, std::uint64_t b) { return a == b; }
FISHERLAB_INLINE bool any(bool m) { return m; }
FISHERLAB_INLINE bool all(bool m) { return m; }

FISHERLAB_INLINE Lanes min(Lanes const& a, Lanes const& b) { return select(b < a, b, a); }
FISHERLAB_INLINE Lanes max(Lanes const& a, Lanes const& b) { return select(a < b, b, a); }
FISHERLAB_INLINE double min(double a, double b) { return b < a ? b : a; }
FISHERLAB_INLINE double max(double a, double b) { return a < b ? b : a; }

/// The lane-wise word type of a real type: `LaneBits` for `Lanes`, `std::uint64_t` for `double`.
template <class Real>
struct BitsOfReal;
template <>
struct BitsOfReal<double> {
  using type = std::uint64_t;
};
template <>
struct BitsOfReal<Lanes> {
  using type = LaneBits;
};
template <class Real>
using BitsOf = typename BitsOfReal<Real>::type;

}  // namespace fisherlab::sim
