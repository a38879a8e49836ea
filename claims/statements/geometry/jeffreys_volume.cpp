#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "base/dense/inverse.hpp"
#include "base/dense/symmetric.hpp"
#include "base/expects.hpp"
#include "claims/asking.hpp"
#include "claims/claim.hpp"
#include "claims/instruments/exact/law_expectation.hpp"
#include "claims/instruments/exact/offered.hpp"
#include "claims/instruments/maps/directions.hpp"
#include "claims/instruments/maps/mapped_model.hpp"
#include "claims/options.hpp"
#include "claims/statements/null_laws.hpp"
#include "claims/statements/statements.hpp"
#include "sim/autodiff/dual.hpp"

namespace fisherlab::claims {
namespace {

using sim::Lanes;
using Vector = std::vector<double>;
using Dual = sim::Dual<double>;

/// A box of parameters, one range a component.
struct Box {
  Vector lower, upper;
};

/// theta -+ half a standard error of one observation, less where the space ends before.
Box box_about(Law const& law) {
  auto const information = information_matrix(law);
  Box box{law.theta, law.theta};
  for (std::size_t a = 0; a < law.theta.size(); ++a) {
    auto const i = static_cast<Eigen::Index>(a);
    double half = 0.5 / std::sqrt(information(i, i));
    auto const fits = [&] {
      for (double const sign : {-2.0, 2.0}) {
        auto theta = law.theta;
        theta[a] += sign * half;
        if (!law.model->in_space(theta)) return false;
      }
      return true;
    };
    for (int k = 0; k < 20 && !fits(); ++k) half /= 2;
    box.lower[a] -= half;
    box.upper[a] += half;
  }
  return box;
}

/// The integral over a box by Gauss-Legendre with `count` nodes a side.
/// Source: Golub and Welsch (1969), Math. Comp. 23, 221-230: nodes and weights from a tridiagonal matrix.
template <class F>
double integral(Box const& box, int count, F const& f) {
  Eigen::VectorXd off(count - 1);
  for (int k = 1; k < count; ++k) off(k - 1) = k / std::sqrt(4.0 * k * k - 1);
  auto const rule = tridiagonal_eigensystem(Eigen::VectorXd::Zero(count), off);
  auto const p = box.lower.size();
  double sum = 0;
  std::vector<int> index(p);
  for (bool more = true; more;) {
    Vector at(p);
    double weight = 1;
    for (std::size_t a = 0; a < p; ++a) {
      double const half = 0.5 * (box.upper[a] - box.lower[a]);
      at[a] = box.lower[a] + half * (1 + rule.values(index[a]));
      double const first = rule.vectors(0, index[a]);
      weight *= half * 2 * first * first;
    }
    sum += weight * f(at);
    more = false;
    for (std::size_t a = 0; a < p && !more; ++a) {
      more = ++index[a] < count;
      if (!more) index[a] = 0;
    }
  }
  return sum;
}

double root_determinant(Law const& law) { return std::sqrt(determinant(information_matrix(law))); }

/// sqrt det of E (dl/dphi)(dl/dphi)', by quadrature of the log density differentiated through the inverse map.
double root_determinant_in_phi(Law const& law, Vector const& slopes) {
  auto const p = law.theta.size();
  std::vector<Lanes> score(p);
  auto const values = expectation_of(law, p * (p + 1) / 2, [&](sim::Sample const& one, Lanes* out) {
    for (std::size_t a = 0; a < p; ++a) {
      Vector tangent(p);
      tangent[a] = slopes[a];
      Lanes squares;
      law.model->offers().directional_scores(one, law.theta, tangent, score[a], squares);
    }
    std::size_t k = 0;
    for (std::size_t a = 0; a < p; ++a)
      for (std::size_t b = 0; b <= a; ++b) out[k++] = score[a] * score[b];
  });
  auto const order = static_cast<Eigen::Index>(p);
  Eigen::MatrixXd matrix(order, order);
  std::size_t k = 0;
  for (Eigen::Index a = 0; a < order; ++a)
    for (Eigen::Index b = 0; b <= a; ++b) matrix(a, b) = matrix(b, a) = values[k++];
  return std::sqrt(determinant(matrix));
}

/// The parameters with phi_a = f(theta_a) for the components that are mapped.
struct Mapped {
  Law law;
  ScalarMap map;
  std::vector<bool> is_mapped;

  ScalarMap of(std::size_t a) const { return is_mapped[a] ? map : ScalarMap::identity; }
  Box image(Box const& box) const {
    Box result = box;
    for (std::size_t a = 0; a < is_mapped.size(); ++a) {
      result.lower[a] = mapped(of(a), box.lower[a]);
      result.upper[a] = mapped(of(a), box.upper[a]);
      if (result.lower[a] > result.upper[a]) std::swap(result.lower[a], result.upper[a]);
    }
    return result;
  }
  /// sqrt det I_phi at phi.
  double density(Vector const& phi) const {
    Law there = law;
    Vector slopes(phi.size());
    for (std::size_t a = 0; a < phi.size(); ++a) {
      auto const back = unmapped(of(a), Dual(phi[a], 1.0), law.theta[a]);
      there.theta[a] = back.value;
      slopes[a] = back.derivative;
    }
    return root_determinant_in_phi(there, slopes);
  }
};

/// The ratio of two volumes, each with `count` nodes a side.
double ratio_of_volumes(Mapped const& mapped, Box const& box, bool by_information, int count) {
  double const here = integral(box, count, [&](Vector const& theta) {
    return by_information ? root_determinant({mapped.law.model, theta}) : 1.0;
  });
  double const there =
      integral(mapped.image(box), count, [&](Vector const& phi) { return by_information ? mapped.density(phi) : 1.0; });
  return there / here;
}

void ask(Case const& the_case, Calculation& calculation) {
  auto const& law = the_case.setting.model;
  auto const& card = law.model->card();
  expects_offer(static_cast<bool>(law.model->offers().directional_scores), law,
                directional_scores_for("jeffreys-volume"));
  expects(law.theta.size() <= 2, "jeffreys-volume integrates over one or two parameters, and " + card.name +
                                     " has more; choose another model");
  auto const name = text_option(the_case, "map");
  Mapped mapped{law, scalar_map(name), std::vector<bool>(law.theta.size())};
  auto const places = mapped_components(*law.model, mapped.map);
  expects(!places.empty(), "the map " + name + " is for no parameter of " + card.name + ", choose another map");
  std::string changed;
  for (auto const a : places) {
    mapped.is_mapped[a] = true;
    changed += (changed.empty() ? "" : ", ") + name + "(" + card.parameters[a] + ")";
  }
  bool const by_information = text_option(the_case, "measure") == "jeffreys";
  add_calculated(calculation,
                 std::string(by_information ? "integral of sqrt det I" : "flat volume") + " of a box in " + changed +
                     " over that in theta",
                 exactly(RegionKind::equal, 1.0, number_option(the_case, "margin")));
  calculation.carry_out = [mapped, by_information, box = box_about(law)] {
    int const count = box.lower.size() == 1 ? 20 : 12;
    double const fine = ratio_of_volumes(mapped, box, by_information, count);
    double const coarse = ratio_of_volumes(mapped, box, by_information, count - 4);
    return std::vector{calculated(fine, std::fabs(fine - coarse) + 4 * quadrature_error * fine)};
  };
}

}  // namespace

Claim jeffreys_volume() {
  return {{.id = "jeffreys-volume",
           .statement = "beyond, geometry",
           .title = "Jeffreys' volume does not depend on the parameters",
           .formula = "integral of sqrt det I_phi dphi = integral of sqrt det I_theta dtheta, phi = f(theta)",
           .evidence = "both integrals over a box by Gauss-Legendre: in theta of the closed form, in phi of E of the "
                       "squared score by quadrature, differentiated through the inverse map; the change from fewer "
                       "nodes bounds the error; deterministic",
           .null_law = null_law::calculated,
           .margin = "1e-6: the rounding of the calculation",
           .control = "the flat volume, which does depend on them (measure = flat)",
           .options = {margin_option("1e-6"),
                       {"map", "f, of each parameter that it is for", "log", scalar_map_names()},
                       {"measure", "the volume: of Jeffreys, or flat", "jeffreys", {"jeffreys", "flat"}}},
           .source = "Jeffreys (1946), Proc. R. Soc. Lond. A 186, 453-461"},
          &ask};
}

}  // namespace fisherlab::claims
