#include "claims/instruments/vector_map.hpp"

#include <algorithm>
#include <array>

#include "base/expects.hpp"
#include "sim/autodiff/dual.hpp"

namespace fisherlab::claims {
namespace {

using D = sim::Dual<double>;
using Pair = std::array<D, 2>;

/// A map of two parameters, forward and inverse.
struct Entry {
  std::string name;
  std::string model;  ///< for which it is made; empty: any of two positive parameters
  std::string phi;
  bool first_alone;
  Pair (*forward)(Pair const& theta);
  Pair (*inverse)(Pair const& phi);
};

std::vector<Entry> const& entries() {
  static std::vector<Entry> const all = {
      {"mean-shape", "gamma", "(mean, shape)", false,
       [](Pair const& t) -> Pair {
         return {t[0] / t[1], t[0]};
       },
       [](Pair const& f) -> Pair {
         return {f[1], f[1] / f[0]};
       }},
      {"log-log", "", "the logs of both", false,
       [](Pair const& t) -> Pair {
         return {log(t[0]), log(t[1])};
       },
       [](Pair const& f) -> Pair {
         return {exp(f[0]), exp(f[1])};
       }},
      {"mean-log-sd", "normal", "(mean, log sd)", false,
       [](Pair const& t) -> Pair {
         return {t[0], log(t[1])};
       },
       [](Pair const& f) -> Pair {
         return {f[0], exp(f[1])};
       }},
      {"standardised", "normal", "(mean/sd, sd)", false,
       [](Pair const& t) -> Pair {
         return {t[0] / t[1], t[1]};
       },
       [](Pair const& f) -> Pair {
         return {f[0] * f[1], f[1]};
       }},
      {"log-scale-inverse-shape", "weibull", "(log scale, 1/shape)", false,
       [](Pair const& t) -> Pair {
         return {log(t[1]), 1.0 / t[0]};
       },
       [](Pair const& f) -> Pair {
         return {1.0 / f[1], exp(f[0])};
       }},
      {"effect-size", "normal", "mean/sd", true,
       [](Pair const& t) -> Pair {
         return {t[0] / t[1], t[1]};
       },
       [](Pair const& f) -> Pair {
         return {f[0] * f[1], f[1]};
       }},
  };
  return all;
}

Eigen::MatrixXd derivative(Pair (*f)(Pair const&), std::array<double, 2> const& at) {
  Eigen::MatrixXd result(2, 2);
  for (Eigen::Index b = 0; b < 2; ++b) {
    Pair const value = f({D(at[0], b == 0 ? 1.0 : 0.0), D(at[1], b == 1 ? 1.0 : 0.0)});
    for (Eigen::Index a = 0; a < 2; ++a) result(a, b) = value[static_cast<std::size_t>(a)].derivative;
  }
  return result;
}

}  // namespace

VectorMap vector_map(std::string const& name, Law const& law) {
  auto const& all = entries();
  auto const entry = std::find_if(all.begin(), all.end(), [&](Entry const& e) { return e.name == name; });
  auto const& card = law.model->card();
  bool const known = entry != all.end();
  expects(known, "a map of the parameter vector is missing, set map to one of: " + vector_map_list());
  bool const any = entry->model.empty() && card.domains == std::vector(2, sim::Domain::positive);
  expects(any || entry->model == card.name, "the map " + name + " is made for " +
                                                (entry->model.empty() ? "two positive parameters" : entry->model) +
                                                ", and not for " + card.name + "; choose another map or model");
  std::array<double, 2> const theta = {law.theta[0], law.theta[1]};
  Pair const phi = entry->forward({D(theta[0]), D(theta[1])});
  return {entry->phi, entry->first_alone, derivative(entry->forward, theta),
          derivative(entry->inverse, {phi[0].value, phi[1].value})};
}

std::vector<std::string> vector_map_names() {
  std::vector<std::string> names;
  for (auto const& entry : entries()) names.push_back(entry.name);
  return names;
}

std::string vector_map_list() {
  std::string list;
  for (auto const& name : vector_map_names()) list += (list.empty() ? "" : ", ") + name;
  return list;
}

}  // namespace fisherlab::claims
