#include <benchmark/benchmark.h>

#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "bench/ratios.hpp"

namespace {

#ifdef NDEBUG
constexpr bool optimised = true;
#else
constexpr bool optimised = false;
#endif

/// Medians of five interleaved rounds, unless the caller's options, which come later, say otherwise.
std::vector<char*> with_defaults(int argc, char** argv) {
  static char repetitions[] = "--benchmark_repetitions=5";
  static char interleaved[] = "--benchmark_enable_random_interleaving=true";
  static char short_rounds[] = "--benchmark_min_time=0.05";
  std::vector<char*> arguments = {argv[0], repetitions, interleaved, short_rounds};
  arguments.insert(arguments.end(), argv + 1, argv + argc);
  return arguments;
}

}  // namespace

int main(int argc, char** argv) {
  if (!optimised) {
    std::fputs("this is a debug build, whose times mean nothing: build the preset `release`, as `make bench` does\n",
               stderr);
    return 2;
  }
  std::string_view constexpr option = "--markdown=";
  std::string markdown;
  if (argc > 1 && std::string_view(argv[1]).starts_with(option)) {  // ours, and first; the others are the library's
    markdown = argv[1] + option.size();
    argv[1] = argv[0];
    ++argv;
    --argc;
  }
  auto arguments = with_defaults(argc, argv);
  int count = static_cast<int>(arguments.size());
  benchmark::Initialize(&count, arguments.data());
  if (benchmark::ReportUnrecognizedArguments(count, arguments.data())) return 2;
  fisherlab::bench::RatioReporter reporter(markdown);
  benchmark::RunSpecifiedBenchmarks(&reporter);
  return 0;
}
