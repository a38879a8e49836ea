#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/expects.hpp"
#include "base/text/display_text.hpp"
#include "base/text/nearest.hpp"
#include "base/text/number.hpp"
#include "base/text/parse.hpp"
#include "claims/evidence/judge.hpp"
#include "cli/command_line/command.hpp"
#include "cli/run/data_options.hpp"
#include "cli/run/run_frame.hpp"
#include "cli/terminal/terminal.hpp"
#include "reports/tables/performance_text.hpp"
#include "reports/tables/summary.hpp"
#include "reports/tables/summary_md.hpp"
#include "reports/tables/terminal_table.hpp"
#include "runs/analysis/analysis.hpp"
#include "runs/folder/environment.hpp"
#include "runs/folder/sha256.hpp"

namespace fisherlab::cli {
namespace {

struct Options {
  std::optional<std::string> data, truth, estimate, std_error, by, lower, upper, degrees, method, replicate, claims;
  std::string level = "0.95";
  std::string null = "0";
  std::string errors = "jackknife";
  std::string family_error = "0.01";
  runs::ReadingWords reading;
  RunOptions run;
};

std::vector<std::string> kinds_of_error() { return {"jackknife", "morris"}; }

void add(Arguments& arguments, Options& options) {
  auto const column = values::plain("COL"), columns = values::list_of(values::plain("COL"));
  arguments.place(values::file("ESTIMATES"), options.data, "A CSV file with a replicate a line; - for standard input")
      .is_needed = true;
  arguments.option("--truth", values::plain("X|COL"), options.truth, "The truth, or the column that holds it")
      .is_needed = true;
  arguments.option("--estimate", columns, options.estimate, "The column of the estimates, or one for each method")
      .is_needed = true;
  arguments.option("--se", columns, options.std_error, "Their standard errors, as many columns");
  arguments.option("--by", columns, options.by, "Columns whose values make groups");
  arguments.option("--method", column, options.method,
                   "The column that names the method; estimator or method of --by unless set");
  arguments.option("--replicate", column, options.replicate,
                   "The column that says which sample it was; replicate unless set");
  arguments.option("--lower", columns, options.lower, "Lower ends of intervals; estimate and SE make them unless set");
  arguments.option("--upper", columns, options.upper, "Upper ends of intervals");
  arguments.option("--df", values::list_of(values::plain("X|COL")), options.degrees,
                   "Student's degrees of freedom of the intervals; normal unless set");
  arguments.option("--level", values::plain("P"), options.level, "Level of the intervals");
  arguments.option("--null", values::plain("X"), options.null, "The value that power is to reject");
  arguments.option("--errors", values::one_of("KIND", kinds_of_error()), options.errors,
                   "Monte Carlo errors: jackknife, or morris as in Morris, White and Crowther (2019)");
  arguments.option("--claim", values::list_of(values::plain("MEASURE=MARGIN")), options.claims,
                   "What must hold, as bias=2%,coverage=0.01,se=0.05; coverage and SE are shown unless set");
  arguments.option("--family-error", values::plain("P"), options.family_error, "Chance of any wrong verdict");
  add_data_options(arguments, options.reading);
  add_folder_options(arguments, options.run);
  arguments.flag("--quiet", options.run.quiet, "No progress bar, as in other commands");
}

std::vector<std::string> list_of(std::optional<std::string> const& text, char const* name) {
  return text ? split_list(*text, name) : std::vector<std::string>();
}

double parse_margin(std::string const& text, std::string const& name) {
  double const margin = parse_number(text, name);
  expects(margin >= 0, fmt::format("{} is {} (a margin must not be negative), correct it", name, exact_text(margin)));
  return margin;
}

runs::AnalysisMargins parse_claims(std::string const& text) {
  runs::AnalysisMargins margins;
  std::vector<std::string> const known{"bias", "coverage", "se"};
  for (auto const& claim : split_list(text, "--claim")) {
    auto const equals = std::min(claim.find('='), claim.size());
    auto const measure = claim.substr(0, equals);
    expects(std::ranges::count(known, measure) == 1,
            fmt::format("--claim: there is no measure '{}', {}", clipped(printable(measure), 40),
                        suggestion(measure, known)));
    auto margin = claim.substr(std::min(equals + 1, claim.size()));
    auto const name = "--claim " + measure;
    bool const is_percent = margin.ends_with('%');
    if (is_percent) margin.pop_back();
    double const value = parse_margin(margin, name) / (is_percent ? 100 : 1);
    auto& place = measure == "bias" ? margins.bias : measure == "se" ? margins.std_error : margins.coverage;
    expects(!place, fmt::format("--claim has {} twice, give it once", measure));
    place = value;
    if (measure == "bias") margins.bias_is_relative = is_percent;
  }
  expects(!margins.std_error || *margins.std_error < 1,
          "--claim se is not below 1 (nothing would be refuted), correct it");
  return margins;
}

runs::AnalysisSettings read_settings(Options const& options) {
  runs::AnalysisSettings settings;
  settings.level = parse_level(options.level);
  settings.null = parse_number(options.null, "--null");
  auto const kinds = kinds_of_error();
  expects(std::ranges::count(kinds, options.errors) == 1,
          fmt::format("there are no errors '{}', {}", clipped(printable(options.errors), 40),
                      suggestion(options.errors, kinds)));
  settings.errors = options.errors == "morris" ? runs::ErrorsBy::normal : runs::ErrorsBy::jackknife;
  settings.margins = options.claims ? parse_claims(*options.claims) : parse_claims("coverage=0.01,se=0.05");
  settings.expected = options.claims ? Expectation::verified : Expectation::report;
  settings.family_error = parse_number(options.family_error, "--family-error");
  expects(settings.family_error > 0 && settings.family_error < 1,
          "--family-error does not lie between 0 and 1 (it is a probability), correct it");
  return settings;
}

runs::EstimateColumns read_columns(Options const& options) {
  return {.truth = *options.truth,
          .estimates = list_of(options.estimate, "--estimate"),
          .std_errors = list_of(options.std_error, "--se"),
          .lower = list_of(options.lower, "--lower"),
          .upper = list_of(options.upper, "--upper"),
          .degrees = list_of(options.degrees, "--df"),
          .by = list_of(options.by, "--by"),
          .method = options.method,
          .replicate = options.replicate};
}

/// A TOML string.
std::string quoted(std::string const& text) {
  std::string result = "\"";
  for (char const c : printable(text)) {
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result + '"';
}

/// The analysis as it was asked for, in TOML.
std::string study_of(Options const& options, std::string const& data) {
  auto text = "data = " + quoted(data) + '\n';
  auto const add = [&text](char const* name, std::optional<std::string> const& value) {
    if (value) text += fmt::format("{} = {}\n", name, quoted(*value));
  };
  add("truth", options.truth);
  add("estimate", options.estimate);
  add("se", options.std_error);
  add("by", options.by);
  add("method", options.method);
  add("replicate", options.replicate);
  add("lower", options.lower);
  add("upper", options.upper);
  add("df", options.degrees);
  add("claim", options.claims);
  return text + fmt::format("level = {}\nnull = {}\nerrors = {}\nfamily-error = {}\n", options.level, options.null,
                            quoted(options.errors), options.family_error);
}

/// Of findings that decide nothing, what is refuted.
std::string refuted_text(std::vector<Finding> const& findings, int width) {
  std::string text;
  for (auto const& finding : findings)
    if (finding.verdict == Verdict::refuted)
      text += bullet_text(
          fmt::format("{} ({}{}) is {}, interval {}, and lies outside {}.", printable(finding.measurement.statistic),
                      printable(finding.parameters), finding.n == "0" ? "" : ", n = " + finding.n,
                      rounded_text(finding.measurement.estimate, 4), reports::ends_text(finding.measurement),
                      reports::region_text(finding.region)),
          width);
  return text.empty() ? text : "\nOff what they should be:\n" + text;
}

std::string text_of(runs::Estimates const& estimates, RunTables const& tables, bool decides) {
  auto const style = standard_output();
  auto text = notes_text(estimates.notes, style.width);
  if (!text.empty()) text += '\n';
  text += reports::performance_text(tables.performance, style.width);
  if (!decides) return text + refuted_text(tables.findings, style.width);
  return text + '\n' + reports::findings_table(tables.findings, {style.width, style.colour});
}

int run(Options const& options) {
  expects(options.data && options.truth && options.estimate,
          "analyze needs a CSV file, --truth and --estimate, as in `fisherlab analyze estimates.csv --truth 0.5 "
          "--estimate b --se se_b --by n,method`");
  auto const settings = read_settings(options);
  auto const estimates =
      runs::read_estimates(*options.data, read_columns(options), runs::parse_reading(options.reading), settings.level);
  auto const tables = runs::analyse(estimates, settings);
  RunFrame frame(RunKind::analyze, options.run, 1);
  auto const study = study_of(options, estimates.name);
  frame.is_of({{"version", runs::version()}, {"the settings", runs::sha256(study)}, {"the data", estimates.digest}});
  std::int64_t replicates = 0;
  for (auto const& row : tables.performance) replicates += row.replicates;
  auto manifest = frame.manifest(RunStatus::complete, replicates, claims::exit_code(tables.findings));
  manifest.study = study;
  manifest.family_error = settings.family_error;
  manifest.fingerprint = estimates.digest.substr(0, 16);
  manifest.looks = 1;
  frame.write_and_say(
      [&] {
        frame.write_tables(tables);
        if (!tables.findings.empty())
          frame.folder().write("summary.md", reports::summary_markdown(tables.findings, manifest.status, {}));
        frame.folder().write_manifest(manifest);
      },
      text_of(estimates, tables, options.claims.has_value()) + '\n');
  return manifest.exit_code;
}

}  // namespace

Command analyze_command() {
  return make_command<Options>(
      {.name = "analyze",
       .meaning = "Performance measures of estimates that were made elsewhere",
       .footer =
           "Exit code: 0 done, 1 a claim of --claim is refuted, 2 bad input, 3 broken, 4 a claim stayed open.\n\n"
           "  fisherlab analyze estimates.csv --truth 0.5 --estimate b --se se_b --by n,method\n"
           "  fisherlab analyze wide.csv --truth beta --estimate ols,lad --se se_ols,se_lad --by beta\n"
           "  fisherlab analyze estimates.csv --truth 0.5 --estimate b --lower lo --upper hi --claim coverage=0.01"},
      add, run);
}

}  // namespace fisherlab::cli
