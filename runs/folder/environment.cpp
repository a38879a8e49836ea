#include "runs/folder/environment.hpp"

#include <Eigen/src/Core/util/Macros.h>
#include <fmt/chrono.h>
#include <fmt/core.h>
#include <toml++/impl/version.h>
#include <unistd.h>

#include <array>
#include <boost/version.hpp>
#include <nlohmann/detail/abi_macros.hpp>
#include <utility>
#ifndef FISHERLAB_JTHREAD_ENGINE
#include <oneapi/tbb/version.h>
#endif

#include "base/expects.hpp"
#include "estimators/library_version.hpp"
#include "sim/engine/engine.hpp"

namespace fisherlab::runs {
namespace {

std::string compiler() {
#if defined(__clang__)
  return fmt::format("clang++ {}.{}.{}", __clang_major__, __clang_minor__, __clang_patchlevel__);
#else
  return fmt::format("g++ {}.{}.{}", __GNUC__, __GNUC_MINOR__, __GNUC_PATCHLEVEL__);
#endif
}

std::map<std::string, std::string> own_libraries() {
  return {
      {"Boost", fmt::format("{}.{}.{}", BOOST_VERSION / 100000, BOOST_VERSION / 100 % 1000, BOOST_VERSION % 100)},
      {"Eigen", fmt::format("{}.{}.{}", EIGEN_WORLD_VERSION, EIGEN_MAJOR_VERSION, EIGEN_MINOR_VERSION)},
      {"fmt", fmt::format("{}.{}.{}", FMT_VERSION / 10000, FMT_VERSION / 100 % 100, FMT_VERSION % 100)},
      {"nlohmann-json",
       fmt::format("{}.{}.{}", NLOHMANN_JSON_VERSION_MAJOR, NLOHMANN_JSON_VERSION_MINOR, NLOHMANN_JSON_VERSION_PATCH)},
      {"toml++", fmt::format("{}.{}.{}", TOML_LIB_MAJOR, TOML_LIB_MINOR, TOML_LIB_PATCH)},
#ifndef FISHERLAB_JTHREAD_ENGINE
      {"oneTBB", fmt::format("{}.{}", TBB_VERSION_MAJOR, TBB_VERSION_MINOR)},
#endif
  };
}

std::string host() {
  std::array<char, 256> name{};
  if (::gethostname(name.data(), name.size() - 1) != 0) return "unknown";
  return name.data();
}

}  // namespace

std::string version() { return FISHERLAB_VERSION; }

void expect_own_libraries() {
  for (auto const& [name, found] : {std::pair("libfisherlab_sim.so", sim::library_version()),
                                    std::pair("libfisherlab_estimators.so", estimators::library_version())})
    expects(version() == found,
            fmt::format("{} is of fisherlab {} (this program is {}, whose bits may differ), install "
                        "both anew, and see LD_LIBRARY_PATH and LD_PRELOAD",
                        name, found, version()));
}

RunRecord::RunRecord(RunKind kind, std::string command, int threads, std::map<std::string, std::string> libraries,
                     std::chrono::steady_clock::time_point began)
    : kind_(kind),
      command_(std::move(command)),
      threads_(threads > 0 ? threads : sim::default_threads()),
      libraries_(std::move(libraries)),
      start_(began) {
  libraries_.merge(own_libraries());
}

double RunRecord::seconds() const {
  return seconds_before_ + std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
}

void RunRecord::continue_from(std::string started_utc, double seconds) {
  started_before_ = std::move(started_utc);
  seconds_before_ = seconds;
}

std::string RunRecord::started_utc() const {
  if (!started_before_.empty()) return started_before_;
  auto const started = std::chrono::time_point_cast<std::chrono::seconds>(started_);
  return fmt::format("{:%Y-%m-%dT%H:%M:%S}Z", fmt::gmtime(std::chrono::system_clock::to_time_t(started)));
}

Manifest RunRecord::manifest(RunStatus status) const {
  Manifest manifest;
  manifest.version = version();
  manifest.kind = kind_;
  manifest.status = status;
  manifest.command = command_;
  manifest.threads = threads_;
  manifest.compiler = compiler();
  manifest.libraries = libraries_;
  manifest.instruction_level = sim::instruction_level();
  manifest.wall_seconds = seconds();
  manifest.started_utc = started_utc();
  manifest.host = host();
  return manifest;
}

}  // namespace fisherlab::runs
