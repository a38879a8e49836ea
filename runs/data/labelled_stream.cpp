#include "runs/data/labelled_stream.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numeric>
#include <string_view>
#include <system_error>
#include <utility>

#include "base/dense/keep_rows.hpp"
#include "base/expects.hpp"
#include "base/text/display_text.hpp"
#include "runs/data/cell.hpp"
#include "runs/data/class_names.hpp"
#include "runs/data/magnitudes.hpp"

namespace fisherlab::runs {
namespace {

using Cells = std::vector<std::string_view>;
using Eigen::Index;

/// Which columns are read, by their places among the names.
struct Places {
  std::vector<std::size_t> inputs;
  std::size_t label = 0;
  std::optional<std::size_t> group = {};
  bool classification = true;  ///< the label is a word

  std::vector<std::size_t> of_words() const {
    std::vector<std::size_t> result;
    if (classification) result.push_back(label);
    if (group) result.push_back(*group);
    return result;
  }
  std::vector<std::size_t> all() const {
    auto result = inputs;
    result.push_back(label);
    if (group) result.push_back(*group);
    return result;
  }
};

/// What a look at a cell says.
enum class Found { value, missing, other };

Found number_in(std::string_view raw, double& value) {
  auto const text = trimmed(raw);
  auto const [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (!text.empty() && end == text.data() + text.size() && problem == std::errc() && std::isfinite(value))
    return Found::value;
  auto const cell = parse_cell(text);
  value = cell.value;
  return cell.is_missing ? Found::missing : cell.problem.empty() ? Found::value : Found::other;
}

/// Whether the text may be a number with a decimal comma, which says how the whole file is written.
bool may_tell_decimals(std::string_view text) {
  if (text.find(',') == std::string_view::npos) return false;
  auto const how = written(text);
  return how == Written::with_comma || how == Written::with_groups;
}

class Reader {
 public:
  Reader(PlainFile const& file, std::vector<std::string> names, Places places, Reading const& reading)
      : names_(std::move(names)),
        places_(std::move(places)),
        all_(places_.all()),
        shift_(file.header().has_row_names ? 1 : 0),
        skips_missing_(reading.skips_missing),
        labels_(places_.classification ? file.rows() : 0),
        groups_(places_.group ? file.rows() : 0) {
    for (std::size_t k = 0; k < names_.size(); ++k)
      if (std::ranges::find(all_, k) == all_.end()) unread_.push_back(k);
    auto const n = static_cast<Index>(file.rows());
    inputs_.resize(n, static_cast<Index>(places_.inputs.size()));
    if (!places_.classification) targets_.resize(n);
    result.rows.reserve(file.rows());
  }

  LabelledData result = {};

  /// False for a row that is left to the reader of the whole.
  bool take(Cells const& cells) {
    bool const has_room = row_ < inputs_.rows();  // unless the file grows
    if (!has_room || (shift_ == 1 && !count_.is_next(cells[0]))) return false;
    ++seen_;
    for (auto const k : unread_)
      if (may_tell_decimals(cells[k + shift_])) return false;
    switch (numbers_of(cells)) {
      case Found::value:
        break;
      case Found::missing:
        return may_be_skipped(cells);
      case Found::other:
        return misses(cells) && may_be_skipped(cells);
    }
    for (auto const k : places_.of_words())
      if (is_missing(cells[k + shift_])) return may_be_skipped(cells);
    if (places_.classification && !add_word(labels_, cells, places_.label)) return false;
    if (places_.group && !add_word(groups_, cells, *places_.group)) return false;
    result.rows.push_back(static_cast<int>(seen_));
    ++row_;
    return true;
  }

  /// Gives the numbers back that no row has taken, and brings the notes in the order of the reader of the whole.
  void end(PlainFile const& file) {
    std::vector<int> kept(static_cast<std::size_t>(row_));
    std::iota(kept.begin(), kept.end(), 0);
    keep_rows(inputs_, kept);
    result.data.inputs = std::move(inputs_);
    for (auto const k : places_.inputs) result.data.columns.push_back(names_[k]);
    result.label = names_[places_.label];
    if (!places_.classification) result.data.targets = targets_.head(row_);
    if (places_.group)
      for (auto const k : groups_.found().of_row) result.groups.push_back(groups_.found().words[k]);
    if (auto note = file.separator_note()) result.notes.push_back(std::move(*note));
    if (shift_ == 1) result.notes.push_back(count_.note());
    auto const rows = static_cast<std::size_t>(row_);
    if (rows < seen_)
      result.notes.push_back(fmt::format("{} of {} rows miss a value and are left out.", seen_ - rows, seen_));
    check_numbers();
  }

  ColumnWords const& labels() const { return labels_.found(); }

 private:
  /// Writes the numbers of a row where they stay, if it does.
  Found numbers_of(Cells const& cells) {
    for (std::size_t j = 0; j < places_.inputs.size(); ++j)
      if (auto const found = number_in(cells[places_.inputs[j] + shift_], inputs_(row_, static_cast<Index>(j)));
          found != Found::value)
        return found;
    return places_.classification ? Found::value : number_in(cells[places_.label + shift_], targets_[row_]);
  }
  bool misses(Cells const& cells) const {
    return std::ranges::any_of(all_, [&](std::size_t k) { return is_missing(cells[k + shift_]); });
  }
  /// Whether a row that misses a value says nothing of the file that the whole of it would not be read without.
  bool may_be_skipped(Cells const& cells) const {
    if (!skips_missing_) return false;
    return std::ranges::none_of(all_, [&](std::size_t k) {
      auto const text = trimmed(cells[k + shift_]);
      return may_tell_decimals(text) || text == names_[k];
    });
  }
  /// False for a word that comes from a header, or may tell how the file is written.
  bool add_word(WordList& list, Cells const& cells, std::size_t place) {
    auto const text = trimmed(cells[place + shift_]);
    bool const is_new = list.add(printable(text));
    return !is_new || (text != names_[place] && !may_tell_decimals(text));
  }
  /// @throws InputError where squares of a column leave the range of a double.
  void check_numbers() const {
    auto const& data = result.data;
    auto const check = [](auto const& column) {
      check_magnitudes({column.data(), static_cast<std::size_t>(column.size())}, "a column");
    };
    for (Index j = 0; j < data.inputs.cols(); ++j) check(data.inputs.col(j));
    if (!places_.classification) check(data.targets);
  }

  std::vector<std::string> names_;
  Places places_;
  std::vector<std::size_t> all_, unread_;
  std::size_t shift_;  ///< of columns behind the row names
  bool skips_missing_;
  RowCount count_;
  std::size_t seen_ = 0;
  Index row_ = 0;
  Eigen::MatrixXd inputs_;
  Eigen::VectorXd targets_;
  WordList labels_, groups_;
};

std::optional<std::size_t> place_of(std::vector<std::string> const& names, std::string const& wanted) {
  auto const found = std::ranges::find(names, printable(wanted));
  return found == names.end() ? std::nullopt : std::optional(static_cast<std::size_t>(found - names.begin()));
}

std::optional<Places> places_in(std::vector<std::string> const& names, LabelledOptions const& options) {
  auto const label = label_place(names, options.label);
  auto const group = options.group ? place_of(names, *options.group) : std::nullopt;
  if (!label || (options.group && !group) || group == label) return {};
  Places places{{}, *label, group, options.classification};
  for (std::size_t k = 0; k < names.size(); ++k)
    if (k != *label && k != group) places.inputs.push_back(k);
  return places.inputs.empty() ? std::nullopt : std::optional(std::move(places));
}

std::optional<Places> places_in(std::vector<std::string> const& names, LabelledData const& like, bool classification) {
  auto const label = place_of(names, like.label);
  if (!label) return {};
  Places places{{}, *label, {}, classification};
  for (auto const& name : like.data.columns) {
    auto const place = place_of(names, name);
    if (!place) return {};
    places.inputs.push_back(*place);
  }
  return places;
}

/// Reads the rows; `like`: the training rows, where these are test rows.
std::optional<LabelledData> streamed(PlainFile const& file, std::vector<std::string> names, Places const& places,
                                     Reading const& reading, LabelledData const* like) {
  Reader reader(file, std::move(names), places, reading);
  bool const is_whole = file.for_each_row([&](Cells const& cells) { return reader.take(cells); });
  std::size_t const fewest = like != nullptr ? 1 : 3;
  if (!is_whole || reader.result.rows.size() < fewest) return {};
  reader.end(file);
  auto& data = reader.result.data;
  if (like != nullptr) data.classes = like->data.classes;
  if (places.classification) {
    if (like == nullptr) {
      auto found = class_names(reader.labels(), [](std::size_t row) { return row; });
      if (!found.problem.empty()) return {};
      data.classes = std::move(found.names);
    }
    data.targets = class_numbers(reader.labels(), data.classes);
    if (data.targets.minCoeff() < 0) return {};
  }
  return std::move(reader.result);
}

}  // namespace

std::optional<std::size_t> label_place(std::vector<std::string> const& names, std::optional<std::string> const& label) {
  if (label) return std::ranges::count(names, printable(*label)) == 1 ? place_of(names, *label) : std::nullopt;
  auto const is = [](std::string const& name, std::string_view usual) {
    return std::ranges::equal(name, usual, [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a + 32 : a) == b; });
  };
  for (std::string_view const usual : {"label", "target", "class", "species", "y"})
    for (std::size_t k = 0; k < names.size(); ++k)
      if (is(names[k], usual)) return k;
  return names.size() - 1;
}

std::optional<LabelledData> stream_labelled(LabelledOptions const& options, std::int64_t least) {
  auto const file = PlainFile::open(options.file, options.reading, least);
  auto names = file ? certain_names(file->header()) : std::nullopt;
  auto const places = names && names->size() > 1 ? places_in(*names, options) : std::nullopt;
  if (!places) return {};
  try {
    return streamed(*file, std::move(*names), *places, options.reading, nullptr);
  } catch (InputError const&) {
    return {};  // the reader of the whole has the message
  }
}

std::optional<LabelledData> stream_tests(LabelledOptions const& options, LabelledData const& like, std::int64_t least) {
  auto const file = PlainFile::open(options.file, options.reading, least);
  auto names = file ? certain_names(file->header()) : std::nullopt;
  auto const places = names ? places_in(*names, like, options.classification) : std::nullopt;
  if (!places) return {};
  try {
    return streamed(*file, std::move(*names), *places, options.reading, &like);
  } catch (InputError const&) {
    return {};
  }
}

}  // namespace fisherlab::runs
