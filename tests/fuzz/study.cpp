// The text of a study.
#include "runs/studies/study.hpp"

#include "tests/fuzz/fuzz.hpp"

int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace fisherlab;
  return fuzz::expect_read_or_refused([&] {
    auto const study = runs::parse_study(fuzz::text_of(data, size), "s.toml", "nonexistent");
    runs::check_workload(study, study.settings.first_replicates);
  });
}
