#include "sim/models/interface/prepared.hpp"

namespace fisherlab::sim {

std::unique_ptr<PreparedModel const> prepared(BatchModel const& model, Sample const& sample) {
  auto const* const preparable = dynamic_cast<Preparable const*>(&model);
  return preparable == nullptr ? nullptr : preparable->prepared(sample);
}

}  // namespace fisherlab::sim
