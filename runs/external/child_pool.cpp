#include "runs/external/child_pool.hpp"

#include <fmt/format.h>

#include <utility>

#include "base/text/display_text.hpp"
#include "base/text/parse.hpp"
#include "sim/engine/engine.hpp"

namespace fisherlab::runs {

ChildPool::Child ChildPool::take() {
  std::unique_lock lock(mutex_);
  returned_.wait(lock, [this] { return command_.children == 0 || lent_ < command_.children; });
  ++lent_;
  if (idle_.empty()) return std::make_unique<Conversation>(command_.command, environment_);
  Child child = std::move(idle_.back());
  idle_.pop_back();
  return child;
}

/// A null one has failed.
void ChildPool::give_back(Child child) {
  {
    std::lock_guard const lock(mutex_);
    --lent_;
    if (child) idle_.push_back(std::move(child));
  }
  returned_.notify_one();
}

std::string ChildPool::with_complaints(std::string what, Conversation& child) {
  auto const said = printable(child.complaints());
  if (said.find_first_not_of(' ') == std::string::npos) return what;
  return what + ", and said: " + shortened(said, 200);
}

ReadAnswer ChildPool::answer_of(Conversation& child, sim::Sample const& sample, LaneList const& lanes,
                                AnswerShape const& shape) {
  using End = Answer::End;
  AnswerLimits const limits{.seconds = command_.timeout, .stop = stop_};
  auto const answer = child.ask(
      request_text(command_.protocol, sample, lanes), [&shape](std::string_view text) { return is_whole(shape, text); },
      limits);
  switch (answer.end) {
    case End::whole: {
      auto read = read_answer(shape, answer.text);
      if (!read.trouble.empty()) read.trouble = with_complaints("wrote " + read.trouble, child);
      return read;
    }
    case End::stopped:
      throw sim::Interrupted();
    case End::timeout:
      return {{}, with_complaints("gave no answer within " + duration_text(command_.timeout), child)};
    case End::flood:
      return {{}, with_complaints("wrote more than an answer can be", child)};
    case End::closed:
      break;
  }
  auto ending = child.ending();
  if (!answer.text.empty()) ending += fmt::format(", having written '{}'", clipped(printable(answer.text), 40));
  return {{}, with_complaints(std::move(ending), child)};
}

ReadAnswer ChildPool::ask(sim::Sample const& sample, LaneList const& lanes, AnswerShape const& shape) {
  /// Lends a child for as long as this lives; what is not well is not given back.
  struct Loan {
    ChildPool& pool;
    Child child;
    bool is_well = false;
    ~Loan() {
      if (!is_well) child.reset();
      pool.give_back(std::move(child));
    }
  };
  Loan loan{*this, take()};
  auto result = answer_of(*loan.child, sample, lanes, shape);
  loan.is_well = result.trouble.empty();
  return result;
}

ReadAnswer ChildPool::ask_strictly(sim::Sample const& sample, LaneList const& lanes, AnswerShape const& shape) {
  constexpr double wait_for_more = 0.05;
  Conversation child(command_.command, environment_);
  auto result = answer_of(child, sample, lanes, shape);
  if (!result.trouble.empty()) return result;
  auto const more = child.unasked(wait_for_more);
  if (!more.empty()) {  // said as where it comes with the answer
    auto const what = shape.protocol == Protocol::text ? "lines" : "answers";
    auto const line = more.substr(0, more.find('\n'));
    return {{},
            fmt::format("wrote more than {} {} for as many samples: '{}'", shape.samples, what,
                        clipped(printable(line), 40))};
  }
  return result;
}

void ChildPool::note(std::string const& trouble) {
  std::lock_guard const lock(mutex_);
  if (trouble_.fits++ == 0) trouble_.first = trouble;
}

ExternalTrouble ChildPool::trouble() const {
  std::lock_guard const lock(mutex_);
  return trouble_;
}

}  // namespace fisherlab::runs
