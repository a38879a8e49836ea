#include "cli/app.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <exception>
#include <new>
#include <string>
#include <vector>

#include "cli/commands.hpp"
#include "cli/environment.hpp"
#include "cli/exit_codes.hpp"
#include "cli/nearest.hpp"
#include "reports/display_text.hpp"
#include "sim/engine/engine.hpp"
#include "sim/expects.hpp"

namespace fisherlab::cli {
namespace {

/// The command line as CLI11 fills it. Numbers stay text, so that every one is read by cli/numbers.hpp with its
/// messages.
struct CommandLine {
  CLI::App app{"Puts the theory of maximum likelihood to the test by simulation."};
  VerifyOptions verify;
  CalibrateOptions calibrate;
  SimulateOptions simulate;
  DiagnoseOptions diagnose;
  ReportOptions report;
  CompareOptions compare;
  HistoryOptions history;
  std::optional<std::string> list;
  std::optional<std::string> show;
};

CLI::App* subcommand(CommandLine& line, std::string const& name, std::string const& description,
                     std::string const& footer) {
  CLI::App* const sub = line.app.add_subcommand(name, description);
  sub->footer(footer);
  sub->allow_extras();  // told apart below, with a suggestion
  return sub;
}

void add_run_options(CLI::App* sub, RunOptions& run) {
  sub->add_option("--out", run.out, "Folder of the reports")->type_name("DIR")->capture_default_str();
  sub->add_option("--seed", run.seed, "Whole number that decides every random number")->type_name("N");
  sub->add_option("--threads", run.threads, "Threads, one a core unless set; results do not depend on it")
      ->type_name("N");
  sub->add_flag("--quiet", run.quiet, "No progress bar");
}

void add_verify(CommandLine& line) {
  auto* const sub =
      subcommand(line, "verify", "Put the claims of a study to the test",
                 "Exit code: 0 all as expected, 1 a finding contradicts what was expected, 2 bad input,\n"
                 "3 broken or interrupted, 4 some finding stayed inconclusive.\n\n"
                 "  fisherlab verify\n  fisherlab verify smoke --seed 7\n  fisherlab verify my_study.toml --out mine");
  sub->add_option("STUDY", line.verify.study,
                  "A shipped study (`fisherlab list studies`) or the path of a TOML file; notes unless given")
      ->type_name("");
  sub->add_option("--max-replicates", line.verify.max_replicates, "Most replicates of a scenario")->type_name("N");
  sub->add_option("--deadline", line.verify.deadline, "No look starts that would end later, as 90s, 30min or 2h")
      ->type_name("D");
  sub->add_flag("--keep-estimates", line.verify.keep_estimates, "Also write every estimate of the first look");
  sub->add_option("--history", line.verify.history, "Also add the run to this file (`fisherlab history`)")
      ->type_name("DB");
  add_run_options(sub, line.verify.run);
}

void add_calibrate(CommandLine& line) {
  auto& options = line.calibrate;
  auto* const sub =
      subcommand(line, "calibrate", "Measure how often verdicts are wrong, and the smallest defects they find",
                 "Exit code: 0 no claim is wrong oftener than declared, 1 one is, 2 bad input, 3 broken or\n"
                 "interrupted.\n\n"
                 "  fisherlab calibrate\n  fisherlab calibrate my_study.toml --runs 1000\n"
                 "  fisherlab calibrate --far notes");
  sub->add_option("STUDY", options.study,
                  "A shipped study (`fisherlab list studies`) or the path of a TOML file; calibration unless given")
      ->type_name("");
  sub->add_option("--runs", options.runs, "Verdicts for each planted truth and each size of defect")
      ->type_name("N")
      ->capture_default_str();
  sub->add_option("--far", options.far,
                  "Also check the intervals at the far level at which this study judges its first look")
      ->type_name("STUDY");
  sub->add_option("--far-runs", options.far_runs, "Intervals for each finding of --far")
      ->type_name("N")
      ->capture_default_str();
  sub->add_option("--deadline", options.deadline, "No row starts that would end later, as 90s, 30min or 2h")
      ->type_name("D");
  add_run_options(sub, options.run);
}

void add_diagnose(CommandLine& line) {
  auto& options = line.diagnose;
  auto* const sub =
      subcommand(line, "diagnose", "Fit real data and say what its standard errors and intervals are worth",
                 "  fisherlab diagnose weibull data/ball_bearings.csv\n"
                 "  fisherlab diagnose normal_mean lengths.csv --set sd=2 --column length");
  sub->add_option("MODEL", options.model, "A regular model (`fisherlab list models`)")->type_name("");
  sub->add_option("DATA", options.data, "A CSV file, one observation a line")->type_name("");
  sub->add_option("--column", options.column, "The column to read, where there are several")->type_name("NAME");
  sub->add_option("--set", options.constants, "Known constants of the model, as sd=2")->type_name("NAME=X");
  sub->add_option("--level", options.level, "Confidence level of the intervals")->type_name("P")->capture_default_str();
  sub->add_option("--replicates", options.replicates, "Simulated samples")->type_name("N")->capture_default_str();
  add_run_options(sub, options.run);
}

void add_simulate(CommandLine& line) {
  auto& options = line.simulate;
  auto* const sub =
      subcommand(line, "simulate", "A plain Monte Carlo study of estimators, without verdicts",
                 "  fisherlab simulate gamma --theta shape=2.5,rate=1.3 --n 100 --replicates 1e6\n"
                 "  fisherlab simulate logistic --theta location=2,scale=3 --n 20,80 --estimator mle,moments");
  sub->add_option("MODEL", options.model, "A model (`fisherlab list models`)")->type_name("");
  sub->add_option("--theta", options.theta, "Parameters and known constants")->type_name("NAME=X,...");
  sub->add_option("--n", options.n, "Sample sizes")->type_name("N,...");
  sub->add_option("--replicates", options.replicates, "Replicates of each")->type_name("N")->capture_default_str();
  sub->add_option("--estimator", options.estimators, "Estimators (`fisherlab list estimators`)")
      ->type_name("NAME,...")
      ->capture_default_str();
  sub->add_option("--level", options.level, "Level of the Wald interval")->type_name("P")->capture_default_str();
  add_run_options(sub, options.run);
}

void add_report(CommandLine& line) {
  auto& options = line.report;
  auto* const sub = subcommand(
      line, "report", "Write a run's findings and tables as Markdown, LaTeX or JUnit XML",
      "  fisherlab report reports-out\n  fisherlab report reports-out --format junit\n"
      "  fisherlab report reports-out --format latex --table performance --columns n,estimator,bias,coverage");
  sub->add_option("DIR", options.folder, "The folder of a run")->type_name("");
  sub->add_option("--format", options.formats, "markdown, latex, junit, html; all that apply unless given")
      ->type_name("NAME,...");
  sub->add_option("--table", options.table, "Only this table: findings, performance or convergence")->type_name("NAME");
  sub->add_option("--columns", options.columns, "The columns of --table, in this order")->type_name("NAME,...");
  sub->add_option("--out", options.out, "Folder of the files; that of the run unless given")->type_name("DIR");
}

void add_compare(CommandLine& line) {
  auto* const sub = subcommand(line, "compare", "Say what differs between two runs of `fisherlab verify`",
                               "Exit code: 0 no verdict got worse, 1 one did, 2 bad input.\n\n"
                               "  fisherlab compare nights/monday nights/tuesday");
  sub->add_option("OLD", line.compare.before, "Folder of the older run")->type_name("");
  sub->add_option("NEW", line.compare.after, "Folder of the newer run")->type_name("");
  sub->add_flag("--all", line.compare.all, "Show every row of long tables");
}

void add_history(CommandLine& line) {
  auto* const sub = subcommand(line, "history", "Show the trend of the runs that `fisherlab verify --history` kept",
                               "Exit code: 0 no finding drifts, 1 one does, 2 bad input.\n\n"
                               "  fisherlab history nights.db\n  fisherlab history nights.db --claim coverage");
  sub->add_option("DB", line.history.file, "The history file")->type_name("");
  sub->add_option("--claim", line.history.claim, "Show the findings of this claim night by night")->type_name("ID");
  sub->add_option("--model", line.history.model, "Show the findings of this model night by night")->type_name("NAME");
}

void add_catalogues(CommandLine& line) {
  auto* const list = subcommand(line, "list", "List models, claims, estimators or studies", "  fisherlab list models");
  list->add_option("WHAT", line.list, "models, claims, estimators or studies; all unless given")->type_name("");
  auto* const show = subcommand(line, "show", "Show the card of a model, claim, estimator or study",
                                "  fisherlab show gamma\n  fisherlab show coverage\n  fisherlab show notes");
  show->add_option("NAME", line.show, "As `fisherlab list` has it")->type_name("");
}

/// Refuses the first argument that nobody asked for, and suggests what was meant.
void refuse_extras(CLI::App const& app) {
  auto const extras = app.remaining();
  if (extras.empty()) return;
  bool const is_root = app.get_parent() == nullptr;
  auto const word = extras.front().substr(0, extras.front().find('='));
  auto const where = is_root ? std::string() : " of " + app.get_name();
  auto const shown = reports::clipped(reports::printable(word), 40);
  std::vector<std::string> names;
  if (word.starts_with('-')) {
    for (auto const* const sub : app.get_subcommands({}))
      expects(sub->get_option_no_throw(word) == nullptr,
              fmt::format("option {} belongs to a subcommand, put it after one such as {}", shown, sub->get_name()));
    for (auto const* const option : app.get_options())
      for (auto const& name : option->get_lnames()) names.push_back("--" + name);
    throw InputError(fmt::format("there is no option {}{}, {}", shown, where, suggestion(word, names)));
  }
  expects(is_root,
          fmt::format("argument '{}'{} is one too many, see `fisherlab {} --help`", shown, where, app.get_name()));
  for (auto const* const sub : app.get_subcommands({})) names.push_back(sub->get_name());
  throw InputError(fmt::format("there is no subcommand '{}', {}", shown, suggestion(word, names)));
}

/// CLI11's complaint in our words: "--seed: 1 required TEXT missing", "--seed: At Most 1 required but received 2".
std::string complaint(CLI::ArgumentMismatch const& error) {
  std::string what = error.what();
  auto const name = what.substr(0, what.find(':'));
  if (what.find("At Most") != std::string::npos) return "option " + name + " is given more than once, give it once";
  if (what.find("missing") != std::string::npos) return "option " + name + " needs a value, give one";
  return what;
}

std::string command_text(int argc, char const* const* argv) {
  std::string text = "fisherlab";
  for (int k = 1; k < argc; ++k) (text += ' ') += argv[k];
  return text;
}

int dispatch(CommandLine& line, std::string const& command) {
  refuse_extras(line.app);
  auto const chosen = line.app.get_subcommands();
  if (chosen.empty()) {
    std::fputs(line.app.help().c_str(), stdout);
    return exit_success;
  }
  refuse_extras(*chosen.front());
  for (RunOptions* run : {&line.verify.run, &line.calibrate.run, &line.simulate.run, &line.diagnose.run})
    run->command = command;
  auto const name = chosen.front()->get_name();
  if (name == "verify") return verify(line.verify);
  if (name == "calibrate") return calibrate(line.calibrate);
  if (name == "diagnose") return diagnose(line.diagnose);
  if (name == "simulate") return simulate(line.simulate);
  if (name == "report") return report(line.report);
  if (name == "compare") return compare(line.compare);
  if (name == "history") return history(line.history);
  if (name == "list") return list(line.list);
  return show(line.show);
}

int parse_and_run(int argc, char const* const* argv) {
  CommandLine line;
  line.app.name("fisherlab");
  line.app.set_version_flag("--version", "fisherlab " + version());
  line.app.require_subcommand(0, 1);
  line.app.allow_extras();
  line.app.footer("`fisherlab SUBCOMMAND --help` tells more.");
  add_verify(line);
  add_calibrate(line);
  add_diagnose(line);
  add_simulate(line);
  add_report(line);
  add_compare(line);
  add_history(line);
  add_catalogues(line);
  try {
    line.app.parse(argc, argv);
  } catch (CLI::Success const& success) {
    return line.app.exit(success);  // --help, --version
  } catch (CLI::ArgumentMismatch const& error) {
    throw InputError(complaint(error));
  } catch (CLI::ParseError const& error) {
    throw InputError(error.what());
  }
  return dispatch(line, command_text(argc, argv));
}

int fail(std::string const& what, int code) {
  std::fputs(("fisherlab: " + reports::printable(what) + '\n').c_str(), stderr);
  return code;
}

}  // namespace

int run_app(int argc, char const* const* argv) {
  try {
    return parse_and_run(argc, argv);
  } catch (InputError const& error) {
    return fail(error.what(), exit_bad_input);
  } catch (sim::Interrupted const& error) {
    return fail(error.what(), exit_broken);
  } catch (std::bad_alloc const&) {
    return fail("the memory does not suffice, give a smaller n or fewer --threads", exit_broken);
  } catch (std::exception const& error) {
    return fail(error.what(), exit_broken);
  }
}

}  // namespace fisherlab::cli
