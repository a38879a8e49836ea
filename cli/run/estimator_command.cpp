#include "cli/run/estimator_command.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/expects.hpp"
#include "base/text/display_text.hpp"
#include "base/text/nearest.hpp"
#include "base/text/parse.hpp"
#include "cli/run/interrupt.hpp"

namespace fisherlab::cli {
namespace {

std::vector<std::string> answer_kinds() { return {"estimates", "std-errors", "intervals"}; }

}  // namespace
void add_estimator_options(Arguments& arguments, EstimatorCommand& options) {
  arguments.option("--estimator-command", values::plain("CMD"), options.command,
                   "A program that estimates, named command among estimators (docs/external.md)");
  arguments.option("--protocol", values::one_of("PROTOCOL", {"text", "binary"}), options.protocol,
                   "How samples and estimates are written for it; text unless set");
  arguments.option("--timeout", values::plain("D"), options.timeout,
                   "How long it may take over 8 samples; 60s unless set");
  arguments.option("--children", values::plain("N"), options.children,
                   "Most of it that run at once; one a thread unless set");
  arguments.option("--answers", values::one_of("PARTS", answer_kinds()), options.answers,
                   "estimates alone, std-errors behind them, or intervals behind both; std-errors unless set");
}

std::string estimator_toml(EstimatorCommand const& options) {
  expects(
      options.command || (!options.protocol && !options.timeout && !options.children && !options.answers),
      "--protocol, --timeout, --children and --answers are of a program, give --estimator-command or leave them out");
  if (!options.command) return {};
  expects(std::ranges::none_of(*options.command, [](unsigned char c) { return c < ' '; }) && !options.command->empty(),
          "--estimator-command is empty or has a line break, give a command of one line");
  runs::ExternalCommand command{.name = own_estimator, .command = *options.command};
  if (options.protocol) command.protocol = runs::parse_protocol(*options.protocol);
  if (options.answers) {
    auto const kinds = answer_kinds();
    expects(std::ranges::count(kinds, *options.answers) == 1,
            fmt::format("--answers cannot be '{}', {}", clipped(printable(*options.answers), 40),
                        suggestion(*options.answers, kinds)));
    command.std_errors = *options.answers != kinds.front();
    command.intervals = *options.answers == kinds.back();
  }
  if (options.timeout) command.timeout = parse_duration(*options.timeout, "--timeout");
  if (options.children) command.children = static_cast<int>(parse_count(*options.children, {"--children", 1, 1000}));
  return runs::estimator_toml(command);
}

void try_programs(runs::Study const& study, EstimatorCommand const& options) {
  auto const uses = runs::external_uses(study);
  bool const is_used =
      std::ranges::any_of(uses, [](auto const& use) { return use.estimator->name() == own_estimator; });
  expects(
      is_used || !options.command,
      fmt::format("the study '{}' does not ask the program of --estimator-command, write estimator = \"{}\" into the "
                  "cases that it is to answer",
                  study.name, own_estimator));
  try_out(uses);
}

void try_out(std::vector<runs::ExternalUse> const& uses) {
  for (auto const& use : uses) {
    use.estimator->stop_when([] { return StopSignal::told(); });
    use.estimator->try_out(use.data, use.n);
  }
}

std::vector<std::string> troubles_of(std::vector<runs::ExternalUse> const& uses) {
  std::vector<std::string> sentences;
  for (auto const& use : uses) {
    auto const trouble = use.estimator->trouble();
    if (trouble.fits > 0)
      sentences.push_back(
          fmt::format("The estimator '{}' gave no answer for {} sample{}, which count as failed fits; "
                      "at the first it {}.",
                      use.estimator->name(), trouble.fits, trouble.fits == 1 ? "" : "s", trouble.first));
  }
  return sentences;
}

}  // namespace fisherlab::cli
