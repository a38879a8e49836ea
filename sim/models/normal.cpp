#include "sim/models/normal.hpp"

#include "base/special/distributions.hpp"
#include "sim/models/interface/instantiate.hpp"

namespace fisherlab::sim {

std::optional<LawOfEstimate> Normal::law_of_estimate(Theta<double, 2> const&, std::size_t a, std::int64_t count) const {
  auto const n = static_cast<double>(count);
  if (count < 2) return std::nullopt;
  if (a == 0) return LocatedEstimate{.degrees = n - 1};
  return ScaledEstimate{
      .cdf = [n](double g) { return chi_squared_cdf(g, Degrees{n - 1}); }, .mean = n, .power = -2, .v = std::sqrt(0.5)};
}

std::vector<ParameterMap> Normal::maps() {
  using Vector = ParameterMap::Vector;
  return {
      {.name = "mean-log-sd",
       .phi = "(mean, log sd)",
       .forward = [](Vector const& t) -> Vector {
         return {t[0], log(t[1])};
       },
       .inverse = [](Vector const& f) -> Vector {
         return {f[0], exp(f[1])};
       }},
      {.name = "standardised",
       .phi = "(mean/sd, sd)",
       .forward = [](Vector const& t) -> Vector {
         return {t[0] / t[1], t[1]};
       },
       .inverse = [](Vector const& f) -> Vector {
         return {f[0] * f[1], f[1]};
       }},
      {.name = "effect-size",
       .phi = "mean/sd",
       .forward = [](Vector const& t) -> Vector {
         return {t[0] / t[1], t[1]};
       },
       .inverse = [](Vector const& f) -> Vector {
         return {f[0] * f[1], f[1]};
       },
       .first_alone = true},
  };
}

template AnyModel make<Normal>(std::span<double const>);

}  // namespace fisherlab::sim
