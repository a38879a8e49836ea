#include "claims/instruments/maps/mapped_model.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <memory>
#include <span>
#include <utility>

#include "sim/autodiff/dual.hpp"
#include "sim/models/interface/theta.hpp"

namespace fisherlab::claims {
namespace {

using sim::Lanes;
using sim::Sample;

/// One parameter, and its derivatives in the one that it is mapped to.
template <class Real>
struct Place {
  Real theta, first, second;
};

template <class Real>
Place<Real> place_of(ScalarMap map, Real const& phi) {
  Real const theta = unmapped(map, phi, 1.0);
  auto const slope = map_slope(map, sim::Dual<Real>(theta, Real(1.0)));
  Real const first = 1.0 / slope.value;
  return {theta, first, -slope.derivative * first * first * first};
}

template <class Real>
using Places = std::vector<Place<Real>>;

template <class Real>
std::vector<Real> thetas(Places<Real> const& places) {
  std::vector<Real> theta;
  for (auto const& place : places) theta.push_back(place.theta);
  return theta;
}

/// Entry (a, b) times d_a d_b.
template <class Real>
void scale_packed(Places<Real> const& places, Real* packed) {
  for (std::size_t a = 0; a < places.size(); ++a)
    for (std::size_t b = 0; b <= a; ++b) {
      Real& entry = packed[sim::packed_index(a, b)];
      entry = entry * places[a].first * places[b].first;
    }
}

/// Score and Hessian in theta become those in phi.
void chain(Places<Lanes> const& places, Lanes* score, Lanes* hessian) {
  scale_packed(places, hessian);
  for (std::size_t a = 0; a < places.size(); ++a) {
    hessian[sim::packed_index(a, a)] += score[a] * places[a].second;
    score[a] = score[a] * places[a].first;
  }
}

/// The maps of all parameters; the identity where f is not for one.
using Maps = std::vector<ScalarMap>;

template <class Real>
Places<Real> places_at(Maps const& maps, Real const* phi) {
  Places<Real> places;
  for (std::size_t a = 0; a < maps.size(); ++a) places.push_back(place_of(maps[a], phi[a]));
  return places;
}

/// Maps estimates where they are; gives the lanes in which phi is a number.
sim::LaneSet map_estimates(Maps const& maps, Lanes* theta) {
  auto finite = sim::all_lanes;
  for (std::size_t a = 0; a < maps.size(); ++a) {
    theta[a] = mapped(maps[a], theta[a]);
    finite = static_cast<sim::LaneSet>(finite & to_set(abs(theta[a]) < Lanes(HUGE_VAL)));
  }
  return finite;
}

sim::Offers mapped_offers(sim::Offers const& of, Maps const& maps) {
  sim::Offers offers;
  offers.start_count = of.start_count;
  if (of.fit)
    offers.fit = [fit = of.fit, maps](Sample const& sample, Lanes* phi) {
      auto const found = fit(sample, phi);
      return static_cast<sim::LaneSet>(found & map_estimates(maps, phi));
    };
  if (of.start)
    offers.start = [start = of.start, maps](Sample const& sample, int which, Lanes* phi) {
      start(sample, which, phi);
      map_estimates(maps, phi);
    };
  if (of.settle)
    offers.settle = [settle = of.settle, maps](Sample const& sample, Lanes* phi) {
      auto theta = thetas(places_at(maps, phi));
      auto const found = settle(sample, theta.data());
      std::copy(theta.begin(), theta.end(), phi);
      return static_cast<sim::LaneSet>(found & map_estimates(maps, phi));
    };
  return offers;
}

class Mapped final : public sim::BatchModel {
 public:
  Mapped(sim::AnyModel inner, ScalarMap map) : inner_(std::move(inner)), card_(inner_->card()) {
    for (std::size_t a = 0; a < card_.domains.size(); ++a) {
      auto const domain = mapped_domain(map, card_.domains[a]);
      maps_.push_back(domain ? map : ScalarMap::identity);
      if (!domain) continue;
      card_.domains[a] = *domain;
      card_.parameters[a] = scalar_map_name(map) + "(" + card_.parameters[a] + ")";
    }
    card_.maps.clear();
    card_.draw_problem = nullptr;
    offers_ = mapped_offers(inner_->offers(), maps_);
  }

  sim::ModelCard const& card() const override { return card_; }
  sim::Offers const& offers() const override { return offers_; }
  int dimension() const override { return inner_->dimension(); }
  std::vector<double> constants() const override { return inner_->constants(); }
  bool in_space(std::span<double const> phi) const override { return inner_->in_space(theta_at(phi)); }
  bool in_support(std::span<double const> x) const override { return inner_->in_support(x); }
  void draw(std::span<double const> phi, sim::StreamKey const& key, Sample& sample) const override {
    inner_->draw(theta_at(phi), key, sample);
  }
  Lanes log_likelihood(Sample const& sample, Lanes const* phi) const override {
    auto const theta = thetas(places_at(maps_, phi));
    return inner_->log_likelihood(sample, theta.data());
  }
  Lanes derivatives(Sample const& sample, Lanes const* phi, Lanes* score, Lanes* hessian) const override {
    auto const places = places_at(maps_, phi);
    auto const theta = thetas(places);
    Lanes const log_likelihood = inner_->derivatives(sample, theta.data(), score, hessian);
    chain(places, score, hessian);
    return log_likelihood;
  }
  void score_products(Sample const& sample, Lanes const* phi, Lanes* score, Lanes* outer,
                      Lanes* hessian) const override {
    auto const places = places_at(maps_, phi);
    auto const theta = thetas(places);
    inner_->score_products(sample, theta.data(), score, outer, hessian);
    chain(places, score, hessian);
    scale_packed(places, outer);
  }
  void information(std::span<double const> phi, double* packed) const override {
    auto const places = places_at(maps_, phi.data());
    inner_->information(std::span<double const>(thetas(places)), packed);
    scale_packed(places, packed);
  }
  void information(Lanes const* phi, Lanes* packed) const override {
    auto const places = places_at(maps_, phi);
    auto const theta = thetas(places);
    inner_->information(theta.data(), packed);
    scale_packed(places, packed);
  }

 private:
  std::vector<double> theta_at(std::span<double const> phi) const { return thetas(places_at(maps_, phi.data())); }

  sim::AnyModel inner_;
  sim::ModelCard card_;
  Maps maps_;
  sim::Offers offers_;
};

}  // namespace

std::optional<sim::Domain> mapped_domain(ScalarMap map, sim::Domain domain) {
  switch (map) {
    case ScalarMap::log:
      return domain == sim::Domain::positive ? std::optional(sim::Domain::real) : std::nullopt;
    case ScalarMap::logit:
      return domain == sim::Domain::unit ? std::optional(sim::Domain::real) : std::nullopt;
    case ScalarMap::reciprocal:
      return domain == sim::Domain::positive ? std::optional(domain) : std::nullopt;
    case ScalarMap::sqrt:
    case ScalarMap::square:
    case ScalarMap::cube:
      return sim::has_ends(domain) ? std::optional(domain) : std::nullopt;
    case ScalarMap::identity:
      break;
  }
  return std::nullopt;
}

std::vector<std::size_t> mapped_components(sim::BatchModel const& model, ScalarMap map) {
  std::vector<std::size_t> components;
  auto const& domains = model.card().domains;
  for (std::size_t a = 0; a < domains.size(); ++a)
    if (mapped_domain(map, domains[a])) components.push_back(a);
  return components;
}

sim::AnyModel mapped_model(sim::AnyModel model, ScalarMap map) {
  return std::make_shared<Mapped>(std::move(model), map);
}

}  // namespace fisherlab::claims
