// A model of one's own: put to the laws that every model is held to, then to claims of the theory.
#include <cmath>
#include <exception>
#include <fisherlab/claims/catalogue.hpp>
#include <fisherlab/claims/evidence/judge.hpp>
#include <fisherlab/findings/names.hpp>
#include <fisherlab/runs/run.hpp>
#include <fisherlab/testing/own_model.hpp>
#include <iostream>

#include "maxwell.hpp"

namespace {

namespace laws = fisherlab::laws;

/// The law from another source than the model: its distribution function, and its quartiles from tables.
laws::ReferenceLaw reference(double scale) {
  auto const cdf = [scale](double x) {
    double const z = x / scale;
    return std::erf(z / std::sqrt(2.0)) - std::sqrt(2 / std::acos(-1.0)) * z * std::exp(-z * z / 2);
  };
  return {{laws::continuous(laws::Axis::Kind::positive, {1.1012 * scale, 1.5382 * scale, 2.0269 * scale}, cdf)}};
}

/// The laws that the model breaks, told on standard output.
std::size_t broken_laws() {
  std::size_t broken = 0;
  for (double const scale : {0.02, 1.7, 300.0})
    for (auto const& breach : laws::broken_laws(mine::Maxwell{}, std::vector{scale}, reference(scale))) {
      std::cout << "at scale " << scale << ": " << breach << '\n';
      ++broken;
    }
  std::cout << "maxwell: " << broken << " laws broken at three scales\n";
  return broken;
}

/// Puts claims to the model at scale 1.7.
int verify() {
  namespace claims = fisherlab::claims;
  claims::Law const law{fisherlab::sim::erase(mine::Maxwell{}), {1.7}};
  std::vector<claims::Question> questions;
  for (auto const* const id : {"score-mean", "information-equality"}) {
    claims::Case the_case;
    the_case.setting = {law, law, {}};
    the_case.sizes = {10};
    the_case.options = {{"margin", "0.05"}};
    questions.push_back(claims::ask(*claims::find_claim(id), the_case));
  }
  auto const result = fisherlab::runs::run(questions, {.seed = 3, .max_replicates = 262'144}, {});
  for (auto const& finding : result.findings)
    std::cout << finding.claim << " at n = " << finding.n << ": " << finding.measurement.statistic << ", "
              << to_string(finding.verdict) << '\n';
  return claims::exit_code(result.findings);
}

}  // namespace

int main() {
  try {
    return broken_laws() > 0 ? 1 : verify();
  } catch (std::exception const& error) {
    std::cerr << error.what() << '\n';
    return 3;
  }
}
