#include "findings/names.hpp"

#include "findings/words.hpp"

namespace fisherlab {
// No default branch: the compiler then warns when an enumerator is added
// without a name.
std::string_view to_string(RegionKind kind) {
  switch (kind) {
    case RegionKind::equal:
      return "equal";
    case RegionKind::at_least:
      return "at_least";
    case RegionKind::at_most:
      return "at_most";
  }
  return unnamed;
}

std::string_view to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::verified:
      return "verified";
    case Verdict::refuted:
      return "refuted";
    case Verdict::inconclusive:
      return "inconclusive";
  }
  return unnamed;
}

std::string_view to_string(Expectation expected) {
  switch (expected) {
    case Expectation::verified:
      return "verified";
    case Expectation::refuted:
      return "refuted";
    case Expectation::report:
      return "report";
  }
  return unnamed;
}

std::string_view to_string(Outcome outcome) {
  switch (outcome) {
    case Outcome::pass:
      return "pass";
    case Outcome::fail:
      return "fail";
    case Outcome::open:
      return "open";
    case Outcome::report:
      return "report";
  }
  return unnamed;
}

std::string_view to_string(Quantity quantity) {
  switch (quantity) {
    case Quantity::covariance:
      return "covariance";
    case Quantity::coverage:
      return "coverage";
  }
  return unnamed;
}

std::string_view to_string(RunKind kind) {
  switch (kind) {
    case RunKind::verify:
      return "verify";
    case RunKind::simulate:
      return "simulate";
    case RunKind::diagnose:
      return "diagnose";
    case RunKind::calibrate:
      return "calibrate";
    case RunKind::influence:
      return "influence";
    case RunKind::analyze:
      return "analyze";
    case RunKind::shard:
      return "shard";
  }
  return unnamed;
}

std::string_view to_string(RunStatus status) {
  switch (status) {
    case RunStatus::complete:
      return "complete";
    case RunStatus::deadline:
      return "deadline";
    case RunStatus::interrupted:
      return "interrupted";
    case RunStatus::running:
      return "running";
  }
  return unnamed;
}

std::string_view to_string(Noted why) {
  switch (why) {
    case Noted::failed:
      return "failed";
    case Noted::extreme:
      return "extreme";
  }
  return unnamed;
}

}  // namespace fisherlab
