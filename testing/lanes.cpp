#include "sim/lanes.hpp"

#include <cmath>
#include <cstddef>
#include <cstdint>

#include "sim/models/interface/theta.hpp"
#include "sim/sample.hpp"
#include "testing/model_laws.hpp"

namespace fisherlab::laws {
namespace {

/// Log density, score and Hessian at one observation; with `products` score, score score' and Hessian.
std::vector<double> terms_at(Formulas const& formulas, std::vector<double> const& x, std::span<double const> theta,
                             bool products) {
  std::size_t const p = theta.size();
  std::vector<double> score(p), hessian(sim::packed_size(p)), terms;
  formulas.score(x.data(), theta.data(), score.data());
  formulas.hessian(x.data(), theta.data(), hessian.data());
  if (!products) terms.push_back(formulas.log_density(x.data(), theta.data()));
  terms.insert(terms.end(), score.begin(), score.end());
  if (products)
    for (std::size_t a = 0; a < p; ++a)
      for (std::size_t b = 0; b <= a; ++b) terms.push_back(score[a] * score[b]);
  terms.insert(terms.end(), hessian.begin(), hessian.end());
  return terms;
}

/// The same summed over a batch by the model behind its batch interface.
std::vector<sim::Lanes> batch_sums(sim::BatchModel const& model, sim::Sample const& sample,
                                   std::span<double const> theta, bool products) {
  std::size_t const p = theta.size(), q = sim::packed_size(p);
  std::vector<sim::Lanes> const t(theta.begin(), theta.end());
  std::vector<sim::Lanes> sums(products ? p + q + q : 1 + p + q);
  if (products)
    model.score_products(sample, t.data(), &sums[0], &sums[p], &sums[p + q]);
  else
    sums[0] = model.derivatives(sample, t.data(), &sums[1], &sums[1 + p]);
  return sums;
}

/// Replicate r drawn in lane j, beside other neighbours, has the bits that it has in lane 0, and so have its sums, for
/// every j; and where a model draws from one replicate's stream, the same again.
void check_lone_lanes(TestedModel const& tested, std::span<double const> theta, std::vector<Breach>& breaches) {
  auto const& model = *tested.model;
  int const width = model.dimension();
  constexpr std::int64_t n = 300;
  sim::Sample first(n, width), shifted(n, width);
  model.draw(theta, sampler_key, first);
  auto const first_sums = batch_sums(model, first, theta, false);
  for (int lane = 1; lane < sim::lane_count; ++lane) {
    auto key = sampler_key;
    key.replicate -= static_cast<std::uint64_t>(lane);
    model.draw(theta, key, shifted);
    int different = 0;
    for (std::int64_t i = 0; i < n; ++i)
      for (int d = 0; d < width; ++d) different += sim::to_bits(first(i, d)[0]) != sim::to_bits(shifted(i, d)[lane]);
    auto const sums = batch_sums(model, shifted, theta, false);
    for (std::size_t k = 0; k < sums.size(); ++k)
      different += sim::to_bits(first_sums[k][0]) != sim::to_bits(sums[k][lane]);
    record_unless(different == 0, breaches, Law::lanes_stand_alone, different, " numbers differ in lane ", lane);
  }
  if (!tested.formulas.draws) return;
  auto const draws = tested.formulas.draws(theta.data(), sampler_key, n);
  int different = 0;
  for (std::int64_t i = 0; i < n; ++i)
    different += sim::to_bits(draws[static_cast<std::size_t>(i)]) != sim::to_bits(first(i)[0]);
  record_unless(different == 0, breaches, Law::lanes_equal_scalars, different, " draws differ");
}

/// Standard units of log density, score and packed Hessian, in which sums may differ.
std::vector<double> units_of(sim::BatchModel const& model, std::span<double const> theta) {
  std::vector<double> information(sim::packed_size(theta.size())), units = {1.0};
  model.information(theta, information.data());
  for (std::size_t a = 0; a < theta.size(); ++a) units.push_back(std::sqrt(information[sim::packed_index(a, a)]));
  for (std::size_t a = 0; a < theta.size(); ++a)
    for (std::size_t b = 0; b <= a; ++b) units.push_back(units[1 + a] * units[1 + b]);
  return units;
}

/// Sums of log density, score and Hessian over a batch have in each lane the bits of the scalar formulas, or are near.
void check_batch_sums(TestedModel const& tested, std::span<double const> theta, std::vector<Breach>& breaches) {
  auto const& model = *tested.model;
  auto const units = units_of(model, theta);
  auto const width = static_cast<std::size_t>(model.dimension());
  std::vector<double> point(width);
  sim::Sample sample(7, model.dimension());
  model.draw(theta, sampler_key, sample);
  for (bool const products : {false, true}) {
    bool const exact = products || !tested.formulas.sums_itself;
    auto const sums = batch_sums(model, sample, theta, products);
    for (int lane = 0; lane < sim::lane_count; ++lane) {
      std::vector<double> expected(sums.size()), sizes(sums.size());
      for (std::int64_t i = 0; i < sample.n(); ++i) {
        for (std::size_t d = 0; d < width; ++d) point[d] = sample(i, static_cast<int>(d))[lane];
        auto const terms = terms_at(tested.formulas, point, theta, products);
        for (std::size_t k = 0; k < terms.size(); ++k) expected[k] += terms[k], sizes[k] += std::abs(terms[k]);
      }
      for (std::size_t k = 0; k < sums.size(); ++k) {
        bool const same = exact ? sim::to_bits(sums[k][lane]) == sim::to_bits(expected[k])
                                : std::abs(sums[k][lane] - expected[k]) <=
                                      1e-8 * (sizes[k] + static_cast<double>(sample.n()) * units[k]);
        record_unless(same, breaches, Law::lanes_equal_scalars, products ? "product " : "sum ", k, " of lane ", lane,
                      ": ", sums[k][lane], " in place of ", expected[k]);
      }
    }
  }
}

}  // namespace

void check_lanes(TestedModel const& tested, std::span<double const> theta, std::vector<Breach>& breaches) {
  check_lone_lanes(tested, theta, breaches);
  check_batch_sums(tested, theta, breaches);
}

}  // namespace fisherlab::laws
