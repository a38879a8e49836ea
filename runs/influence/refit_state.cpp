#include "runs/influence/refit_state.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "runs/folder/sha256.hpp"
#include "runs/resume/packing.hpp"

namespace fisherlab::runs {
namespace {

namespace est = estimators::influence;

void pack(Packer& packer, est::Vector const& values) {
  packer.put(std::vector<double>(values.data(), values.data() + values.size()));
}

est::Vector vector_in(Unpacker& unpacker) {
  auto const values = unpacker.get<std::vector<double>>();
  return Eigen::Map<est::Vector const>(values.data(), std::ssize(values));
}

void pack(Packer& packer, std::vector<est::Refit> const& refits) {
  packer.put(std::ssize(refits));
  for (auto const& refit : refits) {
    packer.put(refit.rows);
    pack(packer, refit.change);
    auto const& trained = refit.trained;
    pack(packer, trained.theta);
    packer.put(static_cast<int>(trained.status));
    packer.put(trained.iterations);
    for (double const number : {trained.risk, trained.gradient_norm, trained.smallest_eigenvalue, trained.newton_step,
                                trained.relative_gradient})
      packer.put(number);
  }
}

std::vector<est::Refit> refits_in(Unpacker& unpacker, est::Analysis const& analysis) {
  std::vector<est::Refit> refits;
  auto const p = analysis.minimum.theta.size();
  for (auto left = unpacker.get<std::int64_t>(); left > 0; --left) {
    auto& refit = refits.emplace_back();
    unpacker.take(refit.rows);
    Unpacker::expect(!refit.rows.empty());
    refit.change = vector_in(unpacker);
    Unpacker::expect(refit.change.size() == p);
    auto& trained = refit.trained;
    trained.theta = vector_in(unpacker);
    trained.status = static_cast<est::TrainStatus>(unpacker.get<int>());
    unpacker.take(trained.iterations);
    for (double* const number : {&trained.risk, &trained.gradient_norm, &trained.smallest_eigenvalue,
                                 &trained.newton_step, &trained.relative_gradient})
      unpacker.take(*number);
  }
  return refits;
}

void pack(Packer& packer, est::Data const& data) {
  packer.put(static_cast<std::int64_t>(data.rows()));
  pack(packer, data.targets);
  packer.put(data.columns);
  packer.put(data.classes);
  pack(packer, data.weights);
  pack(packer, data.offset);
  packer.put(data.has_intercept);
}

}  // namespace

std::string RefitState::packed() const {
  Packer packer;
  packer.put(is_chosen);
  packer.put(rows);
  pack(packer, of_groups);
  pack(packer, of_rows);
  return std::move(packer).take();
}

void RefitState::unpack(std::string_view bytes, InfluenceRun const& run) {
  Unpacker unpacker(bytes);
  int const n = run.data->train.rows();
  auto const is_row = [n](int row) { return row >= 0 && row < n; };
  unpacker.take(is_chosen);
  unpacker.take(rows);
  Unpacker::expect(std::ranges::all_of(rows, is_row));
  of_groups = refits_in(unpacker, run.analysis);
  of_rows = refits_in(unpacker, run.analysis);
  Unpacker::expect(unpacker.is_at_end() && of_groups.size() <= run.data->groups.size() &&
                   of_rows.size() <= rows.size());
  for (std::size_t k = 0; k < of_rows.size(); ++k) Unpacker::expect(of_rows[k].rows == std::vector{rows[k]});
}

std::string digest_of(InfluenceData const& data) {
  Packer packer;
  for (auto const* const rows : {&data.train, &data.test}) {
    pack(packer, *rows);
    for (auto const& column : rows->inputs.colwise())  // one by one, since together they are as large as the data
      packer.put(sha256(
          {reinterpret_cast<char const*>(column.data()), sizeof(double) * static_cast<std::size_t>(column.size())}));
  }
  packer.put(data.train_rows);
  packer.put(data.test_rows);
  for (auto const& group : data.groups) packer.put(group.rows);
  return sha256(std::move(packer).take());
}

}  // namespace fisherlab::runs
