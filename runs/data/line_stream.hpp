#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace fisherlab::runs {

/// Gives each line of a file to `take`, without its end, for as long as that is true; false where it was not, and for a
/// line of more than a megabyte. `progress` is told, after each megabyte, how many bytes were read; it may be empty.
bool for_each_line(std::string const& path, std::function<bool(std::string_view)> const& take,
                   std::function<void(double bytes)> const& progress = {});

/// Splits a line into cells, quotes taken away; false where a quote is not closed, or stands inside an unquoted cell,
/// or is doubled, or the line has a carriage return or a zero byte. `separator` '\0': the line is one cell.
bool split_line(std::string_view line, char separator, std::vector<std::string_view>& cells);

}  // namespace fisherlab::runs
