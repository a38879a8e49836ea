#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <string>
#include <vector>

#include "base/expects.hpp"
#include "base/text/number.hpp"
#include "findings/csv/table_csv.hpp"
#include "tests/support/data_cases.hpp"
#include "tests/support/run_bytes.hpp"

namespace fisherlab::test {
namespace {

using claims::Piece;

/// Each experiment of rows, small.
std::vector<DataTrial> row_trials() {
  auto group = trial("group-attack", "mlp", shared_data(classified(260, 4, 2)), 1e-3);
  group.rows = 60;
  group.options = {{"network-rows", "40"}, {"width", "8"}, {"splits", "3"},           {"group", "margins"},
                   {"steps", "3"},         {"box", "0.5"}, {"state", "smallest-box"}, {"boxes", "0.1,0.5"}};
  auto flips = group;
  flips.options["state"] = "flips";
  auto attack = trial("training-input-attack", "mlp", whole_iris(), 0.01);
  attack.rows = 80;
  attack.options = {{"width", "6"}, {"images", "2"}, {"boxes", "0.3"}, {"points", "75"}};
  auto rate = trial("removal-rate", "logistic", shared_data(classified(120, 2, 2)), 0.05);
  rate.rows = 80;
  rate.options["splits"] = "2";
  return {group, flips, attack, rate, trial("leave-one-out", "logistic", iris_pair(), 0.1, 70)};
}

std::map<int, Piece> all_pieces(claims::Pieces const& pieces, std::uint64_t seed) {
  std::map<int, Piece> done;
  auto const work = pieces.begin(seed);
  for (int k = 0; k < pieces.count; ++k) done[k] = work(k);
  return done;
}

std::string bytes_of(claims::ExperimentResult const& result) {
  std::string bytes = table_csv(result.influence).bytes + table_csv(result.attack).bytes +
                      table_csv(result.convergence).bytes + table_csv(result.pixels).bytes;
  for (auto const& m : result.measurements) bytes += exact_text(m.estimate) + " " + exact_text(m.lower) + "\n";
  return bytes + result.failure;
}

TEST(RowPieces, DoneElsewhereGiveTheSameBits) {
  for (auto const& each : row_trials()) {
    auto const question = question_of(each);
    auto const& experiment = *question.experiment();
    ASSERT_NE(experiment.pieces, nullptr) << each.claim;
    EXPECT_GE(experiment.pieces->count, 3) << each.claim;
    auto done = all_pieces(*experiment.pieces, 5);
    for (auto const& [k, piece] : done) EXPECT_NO_THROW(experiment.pieces->check(piece)) << each.claim << k;
    claims::ExperimentRun run{5, 2, 0.01, {}, {}};
    auto const alone = bytes_of(experiment.carry_out(run));
    run.done = &done;
    EXPECT_EQ(bytes_of(experiment.carry_out(run)), alone) << each.claim;
    done.erase(1);  // which is done by who lacks it
    EXPECT_EQ(bytes_of(experiment.carry_out(run)), alone) << each.claim;
    run.seed = 6;
    run.done = nullptr;
    EXPECT_NE(bytes_of(experiment.carry_out(run)), alone) << each.claim;
  }
}

TEST(RowPieces, RefuseNumbersThatNoRowCameTo) {
  for (auto const& each : row_trials()) {
    auto const question = question_of(each);
    auto const& pieces = *question.experiment()->pieces;
    auto const good = pieces.begin(5)(1);
    auto const refuses = [&](auto const& spoil, std::string const& how) {
      auto bad = good;
      spoil(bad.numbers);
      EXPECT_THROW(pieces.check(bad), InputError) << each.claim << ", " << how;
    };
    using Numbers = std::vector<double>;
    refuses([](Numbers& numbers) { numbers.clear(); }, "nothing");
    refuses([](Numbers& numbers) { numbers.pop_back(); }, "cut");
    refuses([](Numbers& numbers) { numbers.push_back(0); }, "longer");
    refuses([](Numbers& numbers) { numbers[0] = 0.5; }, "between rows");
    refuses([](Numbers& numbers) { numbers[0] = 1e6; }, "past the last row");
    refuses([](Numbers& numbers) { numbers[0] = NAN; }, "no row");
  }
}

/// A row that has no outcome is the whole's failure, the same in whatever order rows are done.
TEST(RowPieces, FailAsTheFirstRowThatFails) {
  auto group = row_trials()[1];
  group.data = shared_data(classified(260, 5, 2));
  group.options["group"] = "poses";  // five inputs are no picture
  auto const question = question_of(group);
  auto const& experiment = *question.experiment();
  auto const done = all_pieces(*experiment.pieces, 5);
  EXPECT_FALSE(done.at(0).failure.empty());
  EXPECT_NO_THROW(experiment.pieces->check(done.at(0)));
  claims::ExperimentRun run{5, 2, 0.01, {}, {}};
  auto const alone = experiment.carry_out(run).failure;
  run.done = &done;
  EXPECT_EQ(experiment.carry_out(run).failure, alone);
  EXPECT_EQ(alone, done.at(0).failure);
}

}  // namespace
}  // namespace fisherlab::test
