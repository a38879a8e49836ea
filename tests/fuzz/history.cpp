// A history file.
#include "reports/nights/history.hpp"

#include "reports/nights/trend.hpp"
#include "tests/fuzz/fuzz.hpp"

int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace fisherlab;
  auto const file = fuzz::file_with("nights.db", fuzz::text_of(data, size));
  return fuzz::expect_read_or_refused([&] {
    auto const runs = reports::read_history(file);
    for (auto const& trend : reports::trends(runs)) reports::trend_text(trend, {}, {});
  });
}
