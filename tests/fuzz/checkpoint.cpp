// The state of a run: the file as it stands, and, since nobody guesses a SHA-256, what stands behind a right one, which
// is then taken up by a run that is told to stop at once.
#include "runs/resume/checkpoint.hpp"

#include <string>

#include "runs/folder/sha256.hpp"
#include "runs/run.hpp"
#include "runs/studies/study.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace {

constexpr char const* study_text =
    "replicates = 1024\nmax_replicates = 4096\n[[case]]\nclaims = [\"score-mean\", \"information-equality\"]\n"
    "model = \"exponential\"\ntheta = {rate = 0.4}\nn = [10, 20]\n";

}  // namespace

int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace fisherlab;
  static auto const study = runs::parse_study(study_text, "s.toml");
  auto const bytes = fuzz::text_of(data, size);
  fuzz::expect_read_or_refused([&] { runs::read_checkpoint(fuzz::file_with("checkpoint.bin", bytes)); });
  static auto const head = runs::checkpoint_bytes({}).substr(0, runs::checkpoint_bytes({}).find('\n') + 1);
  auto const right = head + runs::sha256(bytes) + '\n' + std::string(bytes);
  fuzz::expect_read_or_refused([&] { runs::read_checkpoint(fuzz::file_with("right.bin", right)); });
  return fuzz::expect_read_or_refused([&] {
    if (bytes.empty()) return;
    runs::RunHooks hooks;
    hooks.stop = [] { return true; };
    hooks.resumed = std::string(bytes);
    runs::run(study.questions, study.settings, hooks);
  });
}
