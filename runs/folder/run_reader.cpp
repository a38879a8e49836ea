#include "runs/folder/run_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <initializer_list>
#include <optional>
#include <span>
#include <string_view>
#include <system_error>
#include <utility>

#include "base/expects.hpp"
#include "base/files/csv_reader.hpp"
#include "base/text/display_text.hpp"
#include "findings/csv/attack_csv.hpp"
#include "findings/csv/influence_csv.hpp"
#include "findings/csv/run_columns.hpp"
#include "findings/names.hpp"

namespace fisherlab::runs {
namespace {

namespace fs = std::filesystem;

std::string shown(std::string_view text) { return clipped(printable(text), 40); }

/// The cells of one record, taken from left to right in the type of what they fill.
class Row {
 public:
  Row(std::string const& file, std::span<std::string_view const> columns, CsvRecord record)
      : file_(file), columns_(columns), record_(std::move(record)) {}

  void take(std::string& text) { text = next(); }
  void take(double& number) { number = number_in<double>(next()); }
  void take(std::int64_t& number) { number = number_in<std::int64_t>(next()); }
  void take(int& number) { number = number_in<int>(next()); }
  void take(Estimated& number) { (take(number.value), take(number.mcse)); }

  void take(std::optional<double>& number) {
    auto const& cell = next();
    number = cell.empty() ? std::nullopt : std::optional(number_in<double>(cell));
  }

  void take(std::optional<Estimated>& number) {
    std::optional<double> value, mcse;
    take(value);
    take(mcse);
    if (value.has_value() != mcse.has_value()) fail("stands without the cell beside it");
    number = value ? std::optional(Estimated{*value, *mcse}) : std::nullopt;
  }

  template <class Enum>
  void take_word(Enum& word, std::initializer_list<Enum> words) {
    auto const& cell = next();
    auto const found = std::find_if(words.begin(), words.end(), [&](Enum w) { return to_string(w) == cell; });
    if (found == words.end()) fail("is no known word");
    word = *found;
  }

 private:
  std::string const& next() { return record_.cells[index_++]; }

  template <class Number>
  Number number_in(std::string const& cell) const {
    Number number{};
    char const* const last = cell.data() + cell.size();
    auto const [end, error] = std::from_chars(cell.data(), last, number);
    if (error != std::errc() || end != last) fail("is no number");
    return number;
  }

  /// The cell taken last is to blame.
  [[noreturn]] void fail(std::string_view what) const {
    throw InputError(fmt::format("'{}', line {}: {} '{}' {} (the file is damaged), repeat the run", file_, record_.line,
                                 columns_[index_ - 1], shown(record_.cells[index_ - 1]), what));
  }

  std::string const& file_;
  std::span<std::string_view const> columns_;
  CsvRecord record_;
  std::size_t index_ = 0;
};

Finding finding_of(Row& row) {
  Finding f;
  for (auto* text : {&f.claim, &f.statement, &f.model, &f.parameters, &f.n, &f.measurement.statistic}) row.take(*text);
  row.take_word(f.region.kind, {RegionKind::equal, RegionKind::at_least, RegionKind::at_most});
  auto& m = f.measurement;
  for (auto* number : {&m.estimate, &m.std_error, &m.lower, &m.upper, &f.region.target, &f.region.margin})
    row.take(*number);
  row.take(m.replicates);
  row.take(m.dropped);
  row.take(f.level);
  row.take_word(f.verdict, {Verdict::verified, Verdict::refuted, Verdict::inconclusive});
  row.take_word(f.expected, {Expectation::verified, Expectation::refuted, Expectation::report});
  row.take_word(f.outcome, {Outcome::pass, Outcome::fail, Outcome::open, Outcome::report});
  return f;
}

PerformanceRow performance_of(Row& row) {
  PerformanceRow r;
  row.take(r.model);
  row.take(r.parameters);
  row.take(r.n);
  row.take(r.estimator);
  row.take(r.component);
  row.take(r.replicates);
  row.take(r.failed);
  row.take(r.truth);
  row.take(r.mean);
  for (auto* measure : {&r.bias, &r.emp_se, &r.mse}) row.take(*measure);
  for (auto* measure : {&r.model_se, &r.relative_se_error, &r.coverage, &r.be_coverage}) row.take(*measure);
  for (auto* number : {&r.bound, &r.efficiency, &r.efficiency_lower, &r.efficiency_upper}) row.take(*number);
  return r;
}

ConvergenceRow convergence_of(Row& row) {
  ConvergenceRow r;
  for (auto* text : {&r.claim, &r.model, &r.parameters, &r.statistic}) row.take(*text);
  row.take(r.n);
  row.take(r.replicates);
  for (auto* number : {&r.discrepancy, &r.lower, &r.upper}) row.take(*number);
  for (auto* rate : {&r.rate, &r.rate_lower, &r.rate_upper}) row.take(*rate);
  return r;
}

CurveRow curve_of(Row& row) {
  CurveRow r;
  for (auto* text : {&r.claim, &r.model, &r.parameters}) row.take(*text);
  row.take_word(r.quantity, {Quantity::covariance, Quantity::coverage});
  row.take(r.method);
  row.take(r.component);
  row.take(r.n);
  row.take(r.replicates);
  for (auto* number : {&r.value, &r.lower, &r.upper, &r.reference}) row.take(*number);
  return r;
}

DistributionRow distribution_of(Row& row) {
  DistributionRow r;
  for (auto* text : {&r.claim, &r.model, &r.parameters}) row.take(*text);
  row.take(r.n);
  row.take(r.estimator);
  row.take(r.component);
  row.take(r.replicates);
  for (auto* number : {&r.from, &r.quantile, &r.probability}) row.take(*number);
  row.take(r.reference);
  row.take(r.density);
  return r;
}

ReplicateInterval interval_of(Row& row) {
  ReplicateInterval r;
  for (auto* text : {&r.claim, &r.model, &r.parameters}) row.take(*text);
  row.take(r.n);
  row.take(r.component);
  row.take(r.interval);
  row.take(r.level);
  row.take(r.replicate);
  for (auto* number : {&r.truth, &r.estimate, &r.lower, &r.upper, &r.z}) row.take(*number);
  return r;
}

InfluenceRow influence_of(Row& row) {
  InfluenceRow r;
  for (auto* text : {&r.data, &r.model}) row.take(*text);
  for (auto* count : {&r.n, &r.p}) row.take(*count);
  row.take(r.l2);
  for (auto* text : {&r.convention, &r.solver}) row.take(*text);
  row.take(r.split);
  row.take(r.test_point);
  row.take(r.train_index);
  row.take(r.predicted);
  for (auto* number : {&r.second_order, &r.one_step, &r.actual, &r.reliability}) row.take(*number);
  row.take(r.iterations);
  row.take(r.residual);
  return r;
}

AttackRow attack_of(Row& row) {
  AttackRow r;
  for (auto* text : {&r.data, &r.model}) row.take(*text);
  for (auto* count : {&r.n, &r.p}) row.take(*count);
  row.take(r.l2);
  row.take(r.images);
  row.take(r.box);
  row.take(r.direction);
  for (auto* count : {&r.flipped, &r.trials}) row.take(*count);
  for (auto* bound : {&r.lower, &r.upper}) row.take(*bound);
  return r;
}

void check_header(CsvRecord const& header, std::span<std::string_view const> columns, std::string const& file) {
  for (std::size_t k = 0; k < std::max(columns.size(), header.cells.size()); ++k) {
    std::string const is = k < header.cells.size() ? header.cells[k] : "";
    std::string_view const should = k < columns.size() ? columns[k] : "";
    expects(is == should,
            fmt::format("'{}', line {}: column {} is '{}' where '{}' should be (another program or version wrote it), "
                        "repeat the run",
                        file, header.line, k + 1, shown(is), should));
  }
}

/// The rows of a file under a header of exactly these columns. The writers end every line, so a last line without its
/// end was cut.
template <class Value>
std::vector<Value> read_rows(fs::path const& path, std::span<std::string_view const> columns, Value (*value_of)(Row&)) {
  std::string const file = path.string(), bytes = read_bytes(path);
  expects(!bytes.empty(), fmt::format("'{}', line 1: the file is empty (it was cut short), repeat the run", file));
  expects(bytes.back() == '\n',
          fmt::format("'{}', line {}: the last line has no end (the file was cut short), repeat the run", file,
                      1 + std::count(bytes.begin(), bytes.end(), '\n')));
  auto records = parse_csv(bytes, file);
  expects(!records.empty(), fmt::format("'{}', line 1: holds no header (the file is damaged), repeat the run", file));
  check_header(records.front(), columns, file);
  std::vector<Value> values;
  for (std::size_t k = 1; k < records.size(); ++k) {
    expects(records[k].cells.size() == columns.size(),
            fmt::format("'{}', line {}: has {} cells where {} should be (the file is damaged), repeat the run", file,
                        records[k].line, records[k].cells.size(), columns.size()));
    Row row(file, columns, std::move(records[k]));
    values.push_back(value_of(row));
  }
  return values;
}

/// Whether a run of this command always writes the file: `verify` all of them but those that older versions did not
/// write or that only some studies have, `simulate` the performance.
bool is_always_written(std::string_view file, std::string_view command) {
  static constexpr auto may_lack = std::to_array<std::string_view>(
      {"curves.csv", "distributions.csv", "intervals.csv", "influence.csv", "attack.csv"});
  auto const runs = [command](std::string_view name) {
    return command == name || command.starts_with(std::string(name) + ' ');
  };
  if (runs("fisherlab verify")) return std::find(may_lack.begin(), may_lack.end(), file) == may_lack.end();
  return file == "performance.csv" && runs("fisherlab simulate");
}

/// A file that was cut at the end of a line looks whole; the manifest knows how many rows there were.
void check_rows(Manifest const& manifest, fs::path const& path, std::size_t rows) {
  auto const written = manifest.rows.find(path.filename().string());
  if (written == manifest.rows.end()) return;
  expects(std::cmp_equal(rows, written->second),
          fmt::format("'{}' has {} rows where the run wrote {} (the file was cut short or changed), repeat the run",
                      path.string(), rows, written->second));
}

}  // namespace

RecordedRun read_run(fs::path const& folder) {
  std::error_code error;
  auto const status = fs::status(folder, error);
  expects(fs::exists(status), fmt::format("'{}' does not exist, name the folder of a run", folder.string()));
  expects(fs::is_directory(status), fmt::format("'{}' is not a folder, name the folder of a run", folder.string()));
  auto const manifest = folder / "manifest.json";
  expects(fs::exists(manifest, error),
          fmt::format("'{}' does not exist (the folder holds no run), name the folder of a run", manifest.string()));

  RecordedRun run;
  run.manifest = manifest_from_json(read_bytes(manifest), manifest.string());
  auto const is_there = [&](std::string_view name) {
    bool const exists = fs::exists(folder / name, error);
    expects(
        exists || !(is_always_written(name, run.manifest.command) || run.manifest.rows.contains(std::string(name))),
        fmt::format("'{}' does not exist (the run wrote it), restore it or repeat the run", (folder / name).string()));
    return exists;
  };
  auto const read = [&](std::string_view name, auto& rows, auto const& columns, auto value_of) {
    if (!is_there(name)) return;
    rows = read_rows(folder / name, columns, value_of);
    check_rows(run.manifest, folder / name, rows.size());
  };
  read("findings.csv", run.findings, findings_columns, finding_of);
  read("performance.csv", run.performance, performance_columns, performance_of);
  read("convergence.csv", run.convergence, convergence_columns, convergence_of);
  read("curves.csv", run.pictures.curves, curves_columns, curve_of);
  read("distributions.csv", run.pictures.distributions, distributions_columns, distribution_of);
  read("intervals.csv", run.pictures.intervals, intervals_columns, interval_of);
  read("influence.csv", run.influence, influence_columns, influence_of);
  read("attack.csv", run.attack, attack_columns, attack_of);
  return run;
}

}  // namespace fisherlab::runs
