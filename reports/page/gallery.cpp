#include "reports/page/gallery.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

#include "base/text/display_text.hpp"
#include "reports/page/gnuplot.hpp"

namespace fisherlab::reports {

using kainjow::mustache::data;

namespace {

/// "rows 2-9;13", or their number where the list would be longer than the caption.
std::string data_words(std::string const& rows) {
  constexpr std::size_t most_letters = 24;
  if (rows.size() <= most_letters) return "rows " + rows;
  std::size_t count = 0, from = 0;
  while (from < rows.size()) {
    auto const end = std::min(rows.find(';', from), rows.size());
    auto const piece = rows.substr(from, end - from);
    auto const dash = piece.find('-');
    count += dash == std::string::npos ? 1 : std::stoul(piece.substr(dash + 1)) - std::stoul(piece.substr(0, dash)) + 1;
    from = end + 1;
  }
  return fmt::format("{} rows", count);
}

}  // namespace

data Gallery::add(std::vector<Figure> figures) {
  data shown{data::type::list};
  for (auto& figure : figures) {
    scripts_.push_back(std::move(figure.script));
    data entry;
    entry.set("title", printable(figure.title));
    entry.set("caption", printable(figure.caption));
    entry.set("alternative", printable(figure.alternative));
    entry.set("model", printable(figure.model));
    entry.set("has_data", !figure.data.empty());
    entry.set("has_link", beside_data_ && !figure.data.empty());
    entry.set("file", figure.file);
    entry.set("data", figure.data);
    entry.set("data_words", data_words(figure.data));
    entry.set("picture", fmt::format("\x01{}\x02", scripts_.size() - 1));
    shown.push_back(entry);
  }
  return shown;
}

bool Gallery::draw(std::string const& gnuplot, std::function<bool()> const& stop) {
  pictures_ = draw_svg(scripts_, gnuplot, stop);
  return pictures_.size() == scripts_.size();
}

std::string Gallery::hang(std::string const& page) const {
  std::string text;
  std::size_t from = 0;
  for (auto at = page.find('\x01'); at != std::string::npos; at = page.find('\x01', from)) {
    auto const end = page.find('\x02', at);
    text.append(page, from, at - from);
    auto const index = std::stoul(page.substr(at + 1, end - at - 1));
    text += pictures_[index].empty() ? "<p class=\"note\">This picture could not be drawn.</p>" : pictures_[index];
    from = end + 1;
  }
  return text.append(page, from, std::string::npos);
}

}  // namespace fisherlab::reports
