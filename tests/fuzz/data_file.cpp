// A file of data, as `diagnose` and `influence` read it; the first byte says how it is to be read.
#include <optional>
#include <string>

#include "runs/data/labelled_data.hpp"
#include "runs/data/observations.hpp"
#include "tests/fuzz/fuzz.hpp"

int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace fisherlab;
  if (size == 0) return 0;
  unsigned const how = data[0];
  auto const file = fuzz::file_with("data.csv", fuzz::text_of(data + 1, size - 1));
  runs::Reading reading;
  reading.skips_missing = (how & 1) != 0;
  if ((how & 2) != 0) reading.has_header = (how & 4) != 0;
  if ((how & 8) != 0) reading.separator = ",;|\t"[how >> 4 & 3];
  if ((how & 64) != 0) reading.decimal = ',';
  fuzz::expect_read_or_refused([&] { runs::read_observations(file, {}, reading); });
  fuzz::expect_read_or_refused([&] { runs::read_observations(file, {.values = "x", .count = "k"}, reading); });
  runs::LabelledOptions options{.file = file, .classification = (how & 128) == 0, .reading = reading};
  return fuzz::expect_read_or_refused([&] { runs::read_test_table(options, runs::read_labelled_table(options)); });
}
