#include "sim/engine/engine.hpp"

namespace fisherlab::sim {

char const* library_version() { return FISHERLAB_VERSION; }

}  // namespace fisherlab::sim
