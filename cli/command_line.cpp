#include "cli/command_line.hpp"

#include <memory>
#include <string>

#include "runs/folder/environment.hpp"

namespace fisherlab::cli {
namespace {

/// A value's word, such as MODEL, says what stands there: completion goes by it (cli/value_words.hpp). What is marked
/// as required is shown so; its absence is told by the subcommand.
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
  sub->add_option("MODEL", options.model, "A regular model (`fisherlab list models`)")->type_name("")->required();
  sub->add_option("DATA", options.data, "A CSV file, one observation a line")->type_name("")->required();
  sub->add_option("--column", options.column, "The column to read, where there are several")->type_name("HEADER");
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
  sub->add_option("MODEL", options.model, "A model (`fisherlab list models`)")->type_name("")->required();
  sub->add_option("--theta", options.theta, "Parameters and known constants")->type_name("NAME=X,...")->required();
  sub->add_option("--n", options.n, "Sample sizes")->type_name("N,...")->required();
  sub->add_option("--replicates", options.replicates, "Replicates of each")->type_name("N")->capture_default_str();
  sub->add_option("--estimator", options.estimators, "Estimators (`fisherlab list estimators`)")
      ->type_name("ESTIMATOR,...")
      ->capture_default_str();
  sub->add_option("--level", options.level, "Level of the Wald interval")->type_name("P")->capture_default_str();
  add_run_options(sub, options.run);
}

void add_influence(CommandLine& line) {
  auto& options = line.influence;
  auto* const sub =
      subcommand(line, "influence", "Say which rows of a data set a fitted model hangs on, and prove it by refitting",
                 "Exit code: 0 done, 2 bad input or no minimum to start from, 3 broken or interrupted.\n\n"
                 "  fisherlab influence data/iris.csv --model softmax --holdout 0.2\n"
                 "  fisherlab influence data/digits.csv --model softmax --label label --l2 0.01 --refit all");
  sub->add_option("DATA", options.data, "A CSV file with a header line, one row a line")->type_name("")->required();
  sub->add_option("--model", options.model, "linear, logistic, softmax, poisson or mlp")
      ->type_name("PROBLEM")
      ->required();
  sub->add_option("--label", options.label,
                  "The column to predict; else label, target, class, species or y, else the last")
      ->type_name("HEADER");
  sub->add_option("--l2", options.l2, "Penalty; 0 for linear and poisson, 0.01 for the others unless given")
      ->type_name("X");
  sub->add_option("--depth", options.depth, "Hidden layers of mlp, 1 unless given")->type_name("N");
  sub->add_option("--width", options.width, "Units of a layer of mlp, 5 unless given")->type_name("N");
  sub->add_option("--test", options.test, "Test rows from this file")->type_name("FILE");
  sub->add_option("--holdout", options.holdout, "Hold this share of the rows out as test rows, as 0.2")->type_name("X");
  sub->add_option("--solver", options.solver, "cholesky, cg, lissa or lanczos")
      ->type_name("SOLVER")
      ->capture_default_str();
  sub->add_option("--damping", options.damping, "Solve with the Hessian plus this much of the identity")
      ->type_name("X");
  sub->add_option("--convention", options.convention, "A: mean over the rows left; B: the penalty of all rows is kept")
      ->type_name("CONVENTION")
      ->capture_default_str();
  sub->add_option("--refit", options.refit,
                  "all, top:K or none; all unless given, or top:20 where that takes over a minute")
      ->type_name("ROWS");
  sub->add_option("--group", options.group, "Also remove all rows of each value of this column together")
      ->type_name("HEADER");
  sub->add_flag("--standardise", options.standardise, "Fit to the z-scores of the inputs");
  add_run_options(sub, options.run);
}

void add_report(CommandLine& line) {
  auto& options = line.report;
  auto* const sub = subcommand(
      line, "report", "Write a run's page, and its tables as Markdown, LaTeX or JUnit XML",
      "  fisherlab report reports-out\n  fisherlab report reports-out --format junit\n"
      "  fisherlab report reports-out --format latex --table performance --columns n,estimator,bias,coverage");
  sub->add_option("DIR", options.folder, "The folder of a run")->type_name("")->required();
  sub->add_option("--format", options.formats, "markdown, latex, junit, html; all that apply unless given")
      ->type_name("FORMAT,...");
  sub->add_option("--table", options.table, "Only this table: findings, performance, convergence or influence")
      ->type_name("TABLE");
  sub->add_option("--columns", options.columns, "The columns of --table, in this order")->type_name("COLUMN,...");
  sub->add_option("--out", options.out, "Folder of the files; that of the run unless given")->type_name("DIR");
}

void add_compare(CommandLine& line) {
  auto* const sub = subcommand(line, "compare", "Say what differs between two runs of `fisherlab verify`",
                               "Exit code: 0 no verdict got worse, 1 one did, 2 bad input.\n\n"
                               "  fisherlab compare nights/monday nights/tuesday");
  sub->add_option("OLD", line.compare.before, "Folder of the older run")->type_name("")->required();
  sub->add_option("NEW", line.compare.after, "Folder of the newer run")->type_name("")->required();
  sub->add_flag("--all", line.compare.all, "Show every row of long tables");
}

void add_history(CommandLine& line) {
  auto* const sub = subcommand(line, "history", "Show the trend of the runs that `fisherlab verify --history` kept",
                               "Exit code: 0 no finding drifts, 1 one does, 2 bad input.\n\n"
                               "  fisherlab history nights.db\n  fisherlab history nights.db --claim coverage");
  sub->add_option("DB", line.history.file, "The history file")->type_name("")->required();
  sub->add_option("--claim", line.history.claim, "Show the findings of this claim night by night")->type_name("CLAIM");
  sub->add_option("--model", line.history.model, "Show the findings of this model night by night")->type_name("MODEL");
}

void add_catalogues(CommandLine& line) {
  auto* const list = subcommand(line, "list", "List models, claims, estimators or studies", "  fisherlab list models");
  list->add_option("WHAT", line.list, "models, claims, estimators or studies; all unless given")->type_name("");
  auto* const show = subcommand(line, "show", "Show the card of a model, claim, estimator or study",
                                "  fisherlab show gamma\n  fisherlab show coverage\n  fisherlab show notes");
  show->add_option("NAME", line.show, "As `fisherlab list` has it")->type_name("")->required();
}

void add_shell(CommandLine& line) {
  auto* const completion =
      subcommand(line, "completion", "Print what makes bash or zsh complete subcommands, options and names",
                 "  source <(fisherlab completion bash)");
  completion->add_option("SHELL", line.completion, "bash or zsh")->type_name("")->required();
  subcommand(line, "man", "Print the manual page", "  fisherlab man | man -l -");
}

}  // namespace

CommandLine::CommandLine() {
  app.name("fisherlab");
  auto const formatter = std::make_shared<CLI::Formatter>();
  formatter->label("REQUIRED", "(needed)");
  app.formatter(formatter);  // subcommands take it over, so it comes before them
  app.set_version_flag("--version", "fisherlab " + runs::version());
  app.require_subcommand(0, 1);
  app.allow_extras();
  app.footer("`fisherlab SUBCOMMAND --help` tells more.");
  add_verify(*this);
  add_calibrate(*this);
  add_diagnose(*this);
  add_simulate(*this);
  add_influence(*this);
  add_report(*this);
  add_compare(*this);
  add_history(*this);
  add_catalogues(*this);
  add_shell(*this);
}

}  // namespace fisherlab::cli
