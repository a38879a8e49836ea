#pragma once

/// Everything is compiled with hidden visibility, so that no inline function compiled for one instruction level can
/// replace the copy that another library compiled for its own level. What a library offers is marked with this macro.
#define FISHERLAB_API __attribute__((visibility("default")))

/// Lane arithmetic must be inlined: a call would pass 64-byte values through memory.
#define FISHERLAB_INLINE inline __attribute__((always_inline))
