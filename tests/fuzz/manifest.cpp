// The manifest of a run.
#include "findings/manifest.hpp"

#include "tests/fuzz/fuzz.hpp"

int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace fisherlab;
  return fuzz::expect_read_or_refused([&] {
    auto const manifest = manifest_from_json(fuzz::text_of(data, size), "manifest.json");
    auto const json = manifest_json(manifest);
    if (manifest_json(manifest_from_json(json, "again")) != json) std::abort();
  });
}
