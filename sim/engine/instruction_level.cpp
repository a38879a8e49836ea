#include "sim/engine/engine.hpp"

namespace fisherlab::sim {

char const* instruction_level() { return FISHERLAB_LEVEL; }

}  // namespace fisherlab::sim
