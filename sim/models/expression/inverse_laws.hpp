#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "sim/models/expression/inverse.hpp"

namespace fisherlab::sim {

/// Inverse laws that were made, by theta; the oldest give way. What it hands out does not depend on what it holds.
class InverseLaws {
 public:
  using Made = std::shared_ptr<InverseLaw const>;

  template <class Make>
  Made at(std::vector<double> const& theta, Make const& make) {
    {
      std::lock_guard const lock(mutex_);
      if (auto const known = laws_.find(theta); known != laws_.end()) return known->second;
    }
    Made made = make();
    std::lock_guard const lock(mutex_);
    if (laws_.size() >= most) laws_.clear();
    return laws_[theta] = std::move(made);
  }

 private:
  static constexpr std::size_t most = 64;

  std::mutex mutex_;
  std::map<std::vector<double>, Made> laws_;
};

}  // namespace fisherlab::sim
