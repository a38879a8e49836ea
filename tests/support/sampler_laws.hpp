#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <random>
#include <span>
#include <vector>

#include "sim/models/interface/any_model.hpp"
#include "sim/models/interface/erased.hpp"
#include "sim/models/interface/model.hpp"
#include "tests/support/law.hpp"
#include "tests/support/reference_law.hpp"
#include "tests/support/uniformity.hpp"

namespace fisherlab::test {

inline constexpr sim::StreamKey sampler_key{.seed = 20240611, .scenario = 6, .replicate = 4096};

/// Draws against the reference law, brought to uniform numbers: each coordinate by the distance of the distribution
/// functions and by 64 cells, pairs by 8 x 8 cells too. Each check rejects a correct sampler with probability 1e-6.
/// 32 batches of 8 samples of 257: odd, and longer than two chunks of the rejection samplers. Of dependent samples only
/// the last observation counts.
template <std::size_t dimension>
void check_draws(sim::AnyModel const& model, std::span<double const> theta, ReferenceLaw<dimension> const& law,
                 std::vector<Breach>& breaches) {
  std::int64_t const n = law.independent ? 257 : 5;
  int const batches = law.independent ? 32 : 4096;
  std::array<std::vector<double>, dimension> u;
  std::mt19937_64 bits(257);
  int outside = 0;
  sim::Sample sample(n, static_cast<int>(dimension));
  for (int batch = 0; batch < batches; ++batch) {
    auto key = sampler_key;
    key.replicate += static_cast<std::uint64_t>(batch * sim::lane_count);
    model->draw(theta, key, sample);
    for (std::int64_t i = law.independent ? 0 : n - 1; i < n; ++i)
      for (int lane = 0; lane < sim::lane_count; ++lane) {
        std::array<double, dimension> x;
        for (std::size_t d = 0; d < dimension; ++d) x[d] = sample(i, static_cast<int>(d))[lane];
        if (!model->in_support(x)) {
          ++outside;
          continue;
        }
        auto const point = to_uniform(law, x, bits);
        for (std::size_t d = 0; d < dimension; ++d) u[d].push_back(point[d]);
      }
  }
  record_unless(outside == 0, breaches, Law::draws_lie_in_support, outside, " draws");
  if (u[0].empty()) return;
  auto const record = [&](Check const& check, Law broken) {
    record_unless(check.passed(), breaches, broken, check.statistic, " above ", check.critical, ", ", u[0].size(),
                  " draws");
  };
  for (auto const& coordinate : u) record(distance_to_uniform(coordinate), Law::draws_follow_distribution);
  for (auto const& coordinate : u) record(cells_of_uniform(coordinate), Law::draws_fill_cells);
  if constexpr (dimension == 2) record(cells_of_square(u[0], u[1]), Law::draws_fill_cells);
}

/// Log density, score and Hessian at one observation; with `products` score, score score' and Hessian.
template <class M>
std::vector<double> terms_at(M const& model, sim::ObservationOf<M, double> const& x,
                             sim::ThetaOf<M, double> const& theta, bool products) {
  auto const score = model.score(x, theta);
  auto const hessian = model.hessian(x, theta);
  std::vector<double> terms;
  if (!products) terms.push_back(model.log_density(x, theta));
  terms.insert(terms.end(), score.begin(), score.end());
  if (products)
    for (std::size_t a = 0; a < score.size(); ++a)
      for (std::size_t b = 0; b <= a; ++b) terms.push_back(score[a] * score[b]);
  terms.insert(terms.end(), hessian.begin(), hessian.end());
  return terms;
}

/// The same summed over a batch by the model behind its batch interface.
template <class M>
std::vector<sim::Lanes> batch_sums(sim::AnyModel const& model, sim::Sample const& sample,
                                   sim::ThetaOf<M, double> const& theta, bool products) {
  constexpr std::size_t p = M::parameter_count, q = sim::packed_size(p);
  std::array<sim::Lanes, p> t;
  for (std::size_t a = 0; a < p; ++a) t[a] = theta[a];
  std::vector<sim::Lanes> sums(products ? p + q + q : 1 + p + q);
  if (products)
    model->score_products(sample, t.data(), &sums[0], &sums[p], &sums[p + q]);
  else
    sums[0] = model->derivatives(sample, t.data(), &sums[1], &sums[1 + p]);
  return sums;
}

/// Replicate r drawn in lane j, beside other neighbours, has the bits that it has in lane 0, and so have its sums, for
/// every j; and where a
/// model draws from one replicate's stream, the same again.
template <class M>
void check_lone_lanes(M const& model, sim::AnyModel const& erased, sim::ThetaOf<M, double> const& theta,
                      std::vector<Breach>& breaches) {
  constexpr int width = static_cast<int>(M::dimension);
  constexpr std::int64_t n = 300;
  sim::Sample first(n, width), shifted(n, width);
  erased->draw(theta, sampler_key, first);
  auto const first_sums = batch_sums<M>(erased, first, theta, false);
  for (int lane = 1; lane < sim::lane_count; ++lane) {
    auto key = sampler_key;
    key.replicate -= static_cast<std::uint64_t>(lane);
    erased->draw(theta, key, shifted);
    int different = 0;
    for (std::int64_t i = 0; i < n; ++i)
      for (int d = 0; d < width; ++d) different += sim::to_bits(first(i, d)[0]) != sim::to_bits(shifted(i, d)[lane]);
    auto const sums = batch_sums<M>(erased, shifted, theta, false);
    for (std::size_t k = 0; k < sums.size(); ++k)
      different += sim::to_bits(first_sums[k][0]) != sim::to_bits(sums[k][lane]);
    record_unless(different == 0, breaches, Law::lanes_stand_alone, different, " numbers differ in lane ", lane);
  }
  sim::ScalarStream stream(sampler_key);
  if constexpr (M::dimension == 1 && requires { model.draw(theta, stream); }) {
    int different = 0;
    for (std::int64_t i = 0; i < n; ++i)
      different += sim::to_bits(model.draw(theta, stream)) != sim::to_bits(first(i)[0]);
    record_unless(different == 0, breaches, Law::lanes_equal_scalars, different, " draws differ");
  }
}

/// Sums of log density, score and Hessian over a batch have in each lane the bits of the scalar formulas; those of a
/// model that sums by itself agree to 1e-8 of the sum of the sizes of the terms, plus their number in standard units.
template <class M>
void check_batch_sums(M const& model, sim::AnyModel const& erased, sim::ThetaOf<M, double> const& theta,
                      std::vector<Breach>& breaches) {
  auto const information = model.information(theta);
  std::vector<double> units = {1.0};
  for (std::size_t a = 0; a < theta.size(); ++a) units.push_back(std::sqrt(information[sim::packed_index(a, a)]));
  for (std::size_t a = 0; a < theta.size(); ++a)
    for (std::size_t b = 0; b <= a; ++b) units.push_back(units[1 + a] * units[1 + b]);

  sim::Sample sample(7, static_cast<int>(M::dimension));
  erased->draw(theta, sampler_key, sample);
  for (bool const products : {false, true}) {
    bool const exact = products || !sim::SumsItself<M>;
    auto const sums = batch_sums<M>(erased, sample, theta, products);
    for (int lane = 0; lane < sim::lane_count; ++lane) {
      std::vector<double> expected(sums.size()), sizes(sums.size());
      for (std::int64_t i = 0; i < sample.n(); ++i) {
        std::array<double, M::dimension> point;
        for (std::size_t d = 0; d < M::dimension; ++d) point[d] = sample(i, static_cast<int>(d))[lane];
        auto const terms = terms_at(model, observation_of<M>(point), theta, products);
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

template <class M>
void check_lanes(M const& model, sim::ThetaOf<M, double> const& theta, std::vector<Breach>& breaches) {
  auto const erased = sim::erase(model);
  check_lone_lanes(model, erased, theta, breaches);
  check_batch_sums(model, erased, theta, breaches);
}

}  // namespace fisherlab::test
