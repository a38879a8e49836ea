#include "runs/pictures.hpp"

#include <algorithm>
#include <set>
#include <tuple>
#include <vector>

namespace fisherlab::runs {
namespace {

/// Names the question on every row.
void name_rows(claims::Question const& question, PictureRows& rows) {
  auto const model = model_text(question);
  auto const parameters = parameters_text(question);
  auto const name = [&](auto& some) {
    for (auto& row : some) {
      row.claim = question.claim;
      row.model = model;
      row.parameters = parameters;
    }
  };
  name(rows.curves);
  name(rows.distributions);
  name(rows.intervals);
}

/// Adds the rows whose key none of the earlier rows has; rows of one question
/// may share a key.
template <class Row, class Key>
void add_new(std::vector<Row>& all, std::vector<Row> const& more, Key key) {
  std::set<decltype(key(all.front()))> known;
  for (auto const& row : all) known.insert(key(row));
  for (auto const& row : more)
    if (!known.contains(key(row))) all.push_back(row);
}

}  // namespace

PictureRows pictures_of(claims::Question const& question, std::span<sim::Tally const> tallies, std::uint64_t seed,
                        Execution const& execution) {
  auto const* const sampled = question.sampled();
  if (sampled == nullptr || !sampled->pictures) return {};
  std::vector<sim::Tally> sketched;
  for (auto const& sketch : sampled->sketches) {
    sketched.emplace_back(sketch.probe.shape);
    fold_replicates(sampled->scenarios[sketch.probe.scenario], {&sketch.probe}, {seed, 0, sketch.replicates}, execution,
                    {&sketched.back()});
  }
  auto rows = sampled->pictures(tallies, sketched);
  name_rows(question, rows);
  return rows;
}

void add_pictures(PictureRows& all, PictureRows const& more) {
  auto const curve = [](CurveRow const& r) {
    return std::tie(r.claim, r.model, r.parameters, r.quantity, r.method, r.component, r.reference, r.n);
  };
  for (auto const& row : more.curves) {
    auto const same =
        std::find_if(all.curves.begin(), all.curves.end(), [&](auto const& r) { return curve(r) == curve(row); });
    if (same == all.curves.end())
      all.curves.push_back(row);
    else if (row.replicates > same->replicates)
      *same = row;
  }
  add_new(all.distributions, more.distributions, [](DistributionRow const& r) {
    return std::tuple(r.claim, r.model, r.parameters, r.n, r.estimator, r.component);
  });
  add_new(all.intervals, more.intervals, [](ReplicateInterval const& r) {
    return std::tuple(r.claim, r.model, r.parameters, r.n, r.component, r.interval, r.level);
  });
}

}  // namespace fisherlab::runs
