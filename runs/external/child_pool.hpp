#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "base/process/conversation.hpp"
#include "runs/external/external_estimator.hpp"

namespace fisherlab::runs {

/// Children of one program, lent to threads.
class ChildPool {
 public:
  ChildPool(ExternalCommand const& command, std::vector<std::string> environment)
      : command_(command), environment_(std::move(environment)) {}

  /// What a batch came to: the answer, or what went wrong in words.
  ReadAnswer ask(sim::Sample const& sample, LaneList const& lanes, AnswerShape const& shape);
  /// The same, and that nothing more comes unasked.
  ReadAnswer ask_strictly(sim::Sample const& sample, LaneList const& lanes, AnswerShape const& shape);

  /// Before any thread asks.
  void stop_when(std::function<bool()> stop) { stop_ = std::move(stop); }

  void note(std::string const& trouble);
  ExternalTrouble trouble() const;

 private:
  using Child = std::unique_ptr<Conversation>;

  Child take();
  void give_back(Child child);
  ReadAnswer answer_of(Conversation& child, sim::Sample const& sample, LaneList const& lanes, AnswerShape const& shape);
  static std::string with_complaints(std::string what, Conversation& child);

  ExternalCommand const& command_;
  std::vector<std::string> environment_;
  std::function<bool()> stop_;
  mutable std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<Child> idle_;
  int lent_ = 0;
  ExternalTrouble trouble_;
};

}  // namespace fisherlab::runs
