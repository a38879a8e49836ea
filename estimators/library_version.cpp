#include "estimators/library_version.hpp"

namespace fisherlab::estimators {

char const* library_version() { return FISHERLAB_VERSION; }

}  // namespace fisherlab::estimators
