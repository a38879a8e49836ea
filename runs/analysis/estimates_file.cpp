#include "runs/analysis/estimates_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "base/expects.hpp"
#include "base/special/distributions.hpp"
#include "base/text/number.hpp"
#include "runs/analysis/estimate_columns.hpp"
#include "runs/data/csv_table.hpp"
#include "runs/data/magnitudes.hpp"
#include "runs/folder/sha256.hpp"

namespace fisherlab::runs {
namespace {

class Reader {
 public:
  Reader(std::string const& path, EstimateColumns const& columns, Reading const& reading, double level)
      : columns_(columns), table_(path, reading, wanted(columns)), level_(level), stem_(stem_of(path)) {
    find_columns();
    treat_missing();
  }

  Estimates read() {
    for (std::size_t row = 0; row < table_.rows(); ++row)
      for (std::size_t k = 0; k < methods_.size(); ++k) add(row, k);
    for (auto const& [column, largest] : largest_)
      check_magnitudes({&largest, 1}, fmt::format("'{}': column {}", stem_, table_.names()[column]));
    Estimates result;
    result.name = stem_;
    result.groups = ordered();
    result.notes = table_.notes();
    result.are_paired = columns_.estimates.size() > 1 || (method_ && replicate_);
    result.have_std_errors = !columns_.std_errors.empty();
    result.have_intervals = result.have_std_errors || !columns_.lower.empty();
    if (partial_ > 0)
      result.notes.push_back(
          fmt::format("{} replicate{} an estimate and miss{} another number that is asked for: counted as failed.",
                      partial_, partial_ == 1 ? " has" : "s have", partial_ == 1 ? "es" : ""));
    result.digest = digest_of(result.groups);
    return result;
  }

 private:
  static std::vector<std::string> wanted(EstimateColumns const& c) {
    auto names = c.estimates;
    for (auto const* list : {&c.std_errors, &c.lower, &c.upper, &c.by})
      names.insert(names.end(), list->begin(), list->end());
    return names;
  }

  std::optional<std::size_t> place(std::vector<std::string> const& list, std::size_t k) const {
    if (list.empty()) return std::nullopt;
    return table_.column(list[k]);
  }

  NumberOrColumn number_or_column(std::string const& text) const {
    if (auto const number = as_number(text)) return {number, 0};
    return {std::nullopt, table_.column(text)};
  }

  bool has_column(std::string const& name) const { return std::ranges::count(table_.names(), name) == 1; }

  void find_columns() {
    for (std::size_t k = 0; k < columns_.estimates.size(); ++k) {
      MethodPlaces places{table_.column(columns_.estimates[k]), place(columns_.std_errors, k), place(columns_.lower, k),
                          place(columns_.upper, k), std::nullopt};
      if (!columns_.degrees.empty()) places.degrees = number_or_column(columns_.degrees[k]);
      if (places.degrees && places.degrees->number)
        expects(*places.degrees->number > 0, "--df is not above 0 (these are degrees of freedom), correct it");
      methods_.push_back(places);
    }
    truth_ = number_or_column(columns_.truth);
    for (auto const& name : columns_.by) by_.push_back(table_.column(name));
    find_method();
    if (columns_.replicate)
      replicate_ = table_.column(*columns_.replicate);
    else if (has_column("replicate") && !std::ranges::count(columns_.by, "replicate"))
      replicate_ = table_.column("replicate");
  }

  void find_method() {
    auto name = columns_.method;
    for (auto const* usual : {"estimator", "method"})
      if (!name && std::ranges::count(columns_.by, usual) == 1) name = usual;
    if (!name) return;
    expects(columns_.estimates.size() == 1,
            "--method names a column of methods, and --estimate several columns (one a method), give one of them");
    method_ = table_.column(*name);
    if (std::ranges::find(by_, *method_) == by_.end()) by_.push_back(*method_);
  }

  void treat_missing() {
    auto needed = by_;
    if (!truth_.number) needed.push_back(truth_.column);
    if (replicate_) needed.push_back(*replicate_);
    if (table_.rows() == 0) table_.fail("has a header line and no data rows, add a row for each replicate");
    table_.treat_missing(needed);
  }

  /// NaN for a cell that is missing or not finite.
  double number_at(std::size_t row, std::size_t column) const {
    auto const cell = table_.cell(row, column);
    if (cell.is_text) table_.fail_at(table_.line(row), cell.problem);
    return cell.problem.empty() ? cell.value : std::numeric_limits<double>::quiet_NaN();
  }

  double truth_at(std::size_t row) const {
    if (truth_.number) return *truth_.number;
    auto const cell = table_.cell(row, truth_.column);
    if (!cell.problem.empty()) table_.fail_at(table_.line(row), cell.problem);
    return cell.value;
  }

  double critical_at(std::size_t row, MethodPlaces const& places) const {
    double const p = 0.5 + level_ / 2;
    if (!places.degrees) return normal_quantile(p);
    double const degrees = places.degrees->number ? *places.degrees->number : number_at(row, places.degrees->column);
    if (degrees <= 0) table_.fail_at(table_.line(row), "the degrees of freedom are not above 0, correct them");
    return std::isnan(degrees) ? degrees : student_quantile(p, {degrees});
  }

  /// Nothing where a number that is asked for is missing.
  std::optional<ReplicateEstimate> replicate_at(std::size_t row, MethodPlaces const& places) {
    ReplicateEstimate r;
    r.estimate = number_at(row, places.estimate);
    bool is_whole = true;
    if (places.std_error) {
      r.std_error = number_at(row, *places.std_error);
      if (r.std_error < 0) table_.fail_at(table_.line(row), "the standard error is negative, correct it");
      is_whole = !std::isnan(r.std_error);
    }
    if (places.lower) {
      r.lower = number_at(row, *places.lower);
      r.upper = number_at(row, *places.upper);
      if (r.lower > r.upper) table_.fail_at(table_.line(row), "the interval's lower end is above its upper one");
      is_whole = is_whole && !std::isnan(r.lower) && !std::isnan(r.upper);
    } else if (places.std_error) {
      double const reach = critical_at(row, places) * r.std_error;
      r.lower = r.estimate - reach;
      r.upper = r.estimate + reach;
      is_whole = is_whole && !std::isnan(reach);
    }
    if (std::isnan(r.estimate)) return std::nullopt;
    auto& largest = largest_[places.estimate];
    largest = std::max(largest, std::fabs(r.estimate));
    partial_ += !is_whole;
    return is_whole ? std::optional(r) : std::nullopt;
  }

  /// The number of a replicate: its text's, or that of its row.
  std::int64_t number_of(std::size_t row) {
    if (!replicate_) return static_cast<std::int64_t>(row);
    auto const next = static_cast<std::int64_t>(numbers_.size());
    return numbers_.emplace(trimmed(table_.text(row, *replicate_)), next).first->second;
  }

  void add(std::size_t row, std::size_t k) {
    std::vector<std::string> key;
    for (auto const column : by_) key.emplace_back(trimmed(table_.text(row, column)));
    key.push_back(columns_.estimates[k]);
    auto const [found, is_new] = places_.emplace(key, groups_.size());
    if (is_new) groups_.push_back(labelled(key));
    auto& [group, seen] = groups_[found->second];
    double const truth = truth_at(row);
    if (is_new) group.truth = truth;
    if (group.parameters.empty()) group.parameters = "truth=" + exact_text(truth);
    if (group.truth != truth)
      table_.fail_at(table_.line(row), fmt::format("the truth is {} where it was {} before in the same group, name the "
                                                   "column that tells the groups apart with --by",
                                                   exact_text(truth), exact_text(group.truth)));
    auto const number = number_of(row);
    if (replicate_ && !seen.insert(number).second)
      table_.fail_at(table_.line(row), fmt::format("replicate '{}' is there twice in one group, name the column that "
                                                   "tells them apart with --by or --method",
                                                   shown(table_.text(row, *replicate_))));
    auto replicate = replicate_at(row, methods_[k]);
    if (!replicate) {
      ++group.failed;
      return;
    }
    replicate->replicate = number;
    group.replicates.push_back(*replicate);
  }

  struct Growing {
    EstimateGroup group;
    std::set<std::int64_t> seen;
  };

  Growing labelled(std::vector<std::string> const& key) const {
    EstimateGroup group;
    group.model = stem_;
    group.estimator = key.back();
    group.component = "estimand";
    for (std::size_t k = 0; k < by_.size(); ++k) {
      auto const& name = table_.names()[by_[k]];
      auto const size = name == "n" ? as_size(key[k]) : 0;
      if (by_[k] == method_)
        group.estimator = key[k];
      else if (name == "model")
        group.model = key[k];
      else if (name == "component")
        group.component = key[k];
      else if (size > 0)
        group.n = size;
      else
        group.parameters += (group.parameters.empty() ? "" : ";") +
                            (name == "parameters" ? key[k] : fmt::format("{}={}", name, key[k]));
    }
    return {std::move(group), {}};
  }

  /// The methods of a group behind each other.
  std::vector<EstimateGroup> ordered() {
    using Key = std::tuple<std::string, std::string, std::int64_t, std::string>;
    std::map<Key, std::size_t> order;
    std::vector<std::vector<EstimateGroup>> sets;
    for (auto& [group, seen] : groups_) {
      auto const [found, is_new] =
          order.emplace(Key{group.model, group.parameters, group.n, group.component}, sets.size());
      if (is_new) sets.emplace_back();
      sets[found->second].push_back(std::move(group));
    }
    std::vector<EstimateGroup> result;
    for (auto& set : sets)
      for (auto& group : set) result.push_back(std::move(group));
    return result;
  }

  static std::string digest_of(std::vector<EstimateGroup> const& groups) {
    std::string bytes;
    for (auto const& g : groups) {
      bytes += fmt::format("{} {} {} {} {} {} {}\n", g.model, g.parameters, g.n, g.estimator, g.component,
                           exact_text(g.truth), g.failed);
      for (auto const& r : g.replicates)
        bytes += fmt::format("{} {} {} {} {}\n", r.replicate, exact_text(r.estimate), exact_text(r.std_error),
                             exact_text(r.lower), exact_text(r.upper));
    }
    return sha256(bytes);
  }

  EstimateColumns const& columns_;
  CsvTable table_;
  double level_;
  std::string stem_;  ///< of the file: no CSV holds a path
  std::vector<MethodPlaces> methods_;
  NumberOrColumn truth_;
  std::vector<std::size_t> by_;
  std::optional<std::size_t> method_, replicate_;
  std::map<std::vector<std::string>, std::size_t> places_;
  std::vector<Growing> groups_;
  std::unordered_map<std::string, std::int64_t> numbers_;
  std::int64_t partial_ = 0;
  std::map<std::size_t, double> largest_;  ///< estimate of each column of estimates, by size
};

}  // namespace

Estimates read_estimates(std::string const& path, EstimateColumns const& columns, Reading const& reading,
                         double level) {
  check_columns(columns);
  return Reader(path, columns, reading, level).read();
}

}  // namespace fisherlab::runs
