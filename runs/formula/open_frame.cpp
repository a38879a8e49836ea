#include "runs/formula/open_frame.hpp"

#include <algorithm>
#include <functional>
#include <utility>

#include "base/expects.hpp"
#include "base/files/data_bytes.hpp"
#include "base/text/display_text.hpp"
#include "runs/formula/streamed_table.hpp"

namespace fisherlab::runs {
namespace {

SideColumns side_columns(FrameSource const& source, std::function<std::size_t(std::string const&)> const& place_of) {
  auto const place = [&](std::optional<std::string> const& name) {
    return name ? std::optional(place_of(*name)) : std::nullopt;
  };
  return {place(source.weights), place(source.count), place(source.group)};
}

/// No table where the file is not plain.
OpenedFrame open_large(FrameSource const& source, std::int64_t least) {
  auto const file = PlainFile::open(source.file, source.reading, least);
  auto const names = file ? certain_names(file->header()) : std::nullopt;
  if (!names) return {};
  try {
    auto const side = side_columns(source, [&names](std::string const& name) {
      auto const found = std::ranges::find(*names, printable(name));
      expects(found != names->end(), "no such column");
      return static_cast<std::size_t>(found - names->begin());
    });
    auto formula = parse_formula(source.formula, *names, side.all());
    auto table =
        streamed_table(*file, data_name(source.file), used_columns(formula, side, source.response), source.reading);
    return {std::move(table), std::move(formula), side};
  } catch (InputError const&) {
    return {};  // the reader of the whole has the message
  }
}

/// The whole table.
CsvTable read_table(FrameSource const& source) {
  std::vector<std::string> wanted;
  for (auto const* name : {&source.weights, &source.count, &source.group})
    if (*name) wanted.push_back(**name);
  CsvTable table(source.file, source.reading, wanted);
  if (!table.has_header() && !table.is_told_of_header())
    table.fail_at(table.first_line(), "holds data where a header line should be (a formula names columns), add one");
  if (table.rows() == 0) table.fail("has a header line and no data rows, add some");
  return table;
}

}  // namespace

OpenedFrame open_frame(FrameSource const& source, std::int64_t least) {
  auto opened = open_large(source, least);
  return opened.table ? std::move(opened) : open_whole_frame(source);
}

OpenedFrame open_whole_frame(FrameSource const& source) {
  auto table = read_table(source);
  auto const side = side_columns(source, [&table](std::string const& name) { return table.column(name); });
  auto formula = parse_formula(source.formula, table.names(), side.all());
  std::vector<std::size_t> places;
  for (auto const& use : used_columns(formula, side, source.response)) places.push_back(use.place);
  table.treat_missing(places);
  return {std::make_unique<WholeTable>(std::move(table)), std::move(formula), side};
}

}  // namespace fisherlab::runs
