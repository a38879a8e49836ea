#pragma once

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <initializer_list>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/expects.hpp"
#include "claims/catalogue.hpp"
#include "claims/experiment.hpp"
#include "runs/run.hpp"
#include "tests/support/cases.hpp"
#include "tests/support/influence_tables.hpp"
#include "tests/support/problem_data.hpp"

namespace fisherlab::test {

using DataPointer = std::shared_ptr<estimators::influence::Data const>;

inline DataPointer shared_data(estimators::influence::Data data) {
  return std::make_shared<estimators::influence::Data const>(std::move(data));
}

/// Each input less its mean, over its standard deviation (divisor n).
inline void standardise(estimators::influence::Data& data) {
  for (int j = 0; j < data.dimension(); ++j) {
    auto column = data.inputs.col(j).array();
    column -= column.mean();
    column /= std::sqrt(column.square().mean());
  }
}

/// Classes `a` and `b` of iris as 0 and 1, standardised.
inline DataPointer iris_pair(int a = 1, int b = 2) {
  auto const all = standardised_iris();
  std::vector<int> rows;
  for (int i = 0; i < all.rows(); ++i)
    if (all.targets[i] == a || all.targets[i] == b) rows.push_back(i);
  auto data = estimators::influence::rows_of(all, rows);
  for (int i = 0; i < data.rows(); ++i) data.targets[i] = data.targets[i] == a ? 0 : 1;
  data.classes = {all.classes[static_cast<std::size_t>(a)], all.classes[static_cast<std::size_t>(b)]};
  standardise(data);
  return shared_data(std::move(data));
}

/// The 3 and 8 of the digits as 0 and 1, pixels/16.
inline DataPointer digits_3_8() {
  auto const all = digits();
  std::vector<int> rows;
  for (int i = 0; i < all.rows(); ++i)
    if (all.targets[i] == 3 || all.targets[i] == 8) rows.push_back(i);
  auto data = estimators::influence::rows_of(all, rows);
  for (auto& target : data.targets) target = target == 3 ? 0 : 1;
  data.classes = {"3", "8"};
  return shared_data(std::move(data));
}

inline DataPointer whole_iris() { return shared_data(standardised_iris()); }

/// A shipped data set of numbers alone, its last column the target.
inline estimators::influence::Data number_data(std::string const& name) {
  auto const table = numbers_in(FISHERLAB_SOURCE_DIR "/data/" + name + ".csv");
  auto const columns = static_cast<Eigen::Index>(table.front().size());
  estimators::influence::Data data;
  data.inputs.resize(static_cast<Eigen::Index>(table.size()), columns - 1);
  data.targets.resize(data.inputs.rows());
  for (Eigen::Index i = 0; i < data.inputs.rows(); ++i) {
    auto const& row = table[static_cast<std::size_t>(i)];
    for (Eigen::Index j = 0; j + 1 < columns; ++j) data.inputs(i, j) = row[static_cast<std::size_t>(j)];
    data.targets[i] = row.back();
  }
  return data;
}

inline DataPointer stack_loss() {
  auto data = number_data("stack_loss");
  standardise(data);
  return shared_data(std::move(data));
}

inline DataPointer warp_breaks() { return shared_data(number_data("warp_breaks")); }

/// A claim put to a data set, as a study would.
struct DataTrial {
  std::string claim;
  std::string problem;
  DataPointer data;
  double l2 = 0;
  int rows = 0;
  std::map<std::string, std::string> options = {};
};

inline DataTrial trial(std::string const& claim, std::string const& problem, DataPointer data, double l2,
                       int rows = 0) {
  return {claim, problem, std::move(data), l2, rows};
}

inline claims::Question question_of(DataTrial const& trial, Expectation expected = Expectation::verified) {
  auto const* const claim = claims::find_claim(trial.claim);
  expects(claim != nullptr, "no such claim: " + trial.claim);
  claims::DataCase the_case;
  the_case.name = "data";
  the_case.data = trial.data;
  the_case.problem = trial.problem;
  the_case.l2 = trial.l2;
  the_case.rows = trial.rows;
  the_case.expected = expected;
  the_case.options = trial.options;
  return claims::ask(*claim, the_case);
}

inline std::string refusal(DataTrial const& trial) {
  try {
    question_of(trial);
  } catch (InputError const& error) {
    return error.what();
  }
  return {};
}

/// The run of one trial with a seed.
inline runs::RunResult run_of(DataTrial const& trial, std::uint64_t seed = 1, int threads = 1) {
  auto settings = small_budget();
  settings.seed = seed;
  settings.threads = threads;
  return runs::run({question_of(trial, Expectation::report)}, settings, {});
}

/// All findings of a trial end with one verdict, at each of seeds 1 to `seeds`.
inline void expect_all(Verdict verdict, DataTrial const& trial, int seeds) {
  for (int seed = 1; seed <= seeds; ++seed) {
    auto const result = run_of(trial, static_cast<std::uint64_t>(seed));
    EXPECT_FALSE(result.findings.empty());
    for (auto const& note : result.notes) ADD_FAILURE() << note;
    for (auto const& finding : result.findings)
      EXPECT_EQ(finding.verdict, verdict) << "seed " << seed << ": " << text_of(finding);
  }
}

inline void expect_verified(DataTrial const& trial, int seeds = 1) { expect_all(Verdict::verified, trial, seeds); }
inline void expect_refuted(DataTrial const& trial, int seeds = 1) { expect_all(Verdict::refuted, trial, seeds); }

/// The trial with one option set.
inline DataTrial with(DataTrial trial, std::string const& option, std::string const& value) {
  trial.options[option] = value;
  return trial;
}

/// The value found, and that its interval holds it.
inline double value_of(runs::RunResult const& result, std::size_t k = 0) {
  auto const& measurement = result.findings.at(k).measurement;
  EXPECT_LE(measurement.lower, measurement.estimate);
  EXPECT_GE(measurement.upper, measurement.estimate);
  return measurement.estimate;
}

}  // namespace fisherlab::test
