// A study run from a program of one's own: a statement that holds, and a planted defect that must be refuted.
#include <exception>
#include <fisherlab/claims/evidence/judge.hpp>
#include <fisherlab/findings/names.hpp>
#include <fisherlab/runs/run.hpp>
#include <fisherlab/runs/studies/study.hpp>
#include <iostream>

namespace {

constexpr char const* study_text = R"(
seed = 1
max_replicates = 262144

[[case]]
claims = ["score-mean", "information-equality"]
model = "gamma"
theta = {shape = 2.5, rate = 1.3}
n = 10
options = {margin = 0.05}

[[case]]  # the score has a constant too much, so its mean is not zero
claim = "score-mean"
model = "exponential"
theta = {rate = 0.4}
n = 10
plant = {score = 0.05}
expect = "refuted"
)";

}  // namespace

int main() {
  try {
    auto const study = fisherlab::runs::parse_study(study_text, "minimal");
    auto const result = fisherlab::runs::run(study.questions, study.settings, {});
    for (auto const& finding : result.findings)
      std::cout << finding.claim << " on " << finding.model << ": " << finding.measurement.statistic << " in ["
                << finding.measurement.lower << ", " << finding.measurement.upper << "], " << to_string(finding.verdict)
                << ", " << to_string(finding.outcome) << '\n';
    return fisherlab::claims::exit_code(result.findings);
  } catch (std::exception const& error) {
    std::cerr << error.what() << '\n';
    return 3;
  }
}
