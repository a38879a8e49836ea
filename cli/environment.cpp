#include "cli/environment.hpp"

#include <Eigen/src/Core/util/Macros.h>
#include <fmt/chrono.h>
#include <fmt/core.h>
#include <link.h>
#include <toml++/impl/version.h>
#include <unistd.h>

#include <CLI/Version.hpp>
#include <array>
#include <boost/version.hpp>
#include <nlohmann/detail/abi_macros.hpp>
#include <string_view>
#include <utility>
#ifndef FISHERLAB_JTHREAD_ENGINE
#include <oneapi/tbb/version.h>
#endif

#include "reports/gnuplot.hpp"
#include "reports/history.hpp"
#include "sim/engine/engine.hpp"

namespace fisherlab::cli {
namespace {

std::string compiler() {
#if defined(__clang__)
  return fmt::format("clang++ {}.{}.{}", __clang_major__, __clang_minor__, __clang_patchlevel__);
#else
  return fmt::format("g++ {}.{}.{}", __GNUC__, __GNUC_MINOR__, __GNUC_PATCHLEVEL__);
#endif
}

std::map<std::string, std::string> libraries() {
  std::map<std::string, std::string> versions = {
      {"Boost", fmt::format("{}.{}.{}", BOOST_VERSION / 100000, BOOST_VERSION / 100 % 1000, BOOST_VERSION % 100)},
      {"CLI11", CLI11_VERSION},
      {"Eigen", fmt::format("{}.{}.{}", EIGEN_WORLD_VERSION, EIGEN_MAJOR_VERSION, EIGEN_MINOR_VERSION)},
      {"fmt", fmt::format("{}.{}.{}", FMT_VERSION / 10000, FMT_VERSION / 100 % 100, FMT_VERSION % 100)},
      {"nlohmann-json",
       fmt::format("{}.{}.{}", NLOHMANN_JSON_VERSION_MAJOR, NLOHMANN_JSON_VERSION_MINOR, NLOHMANN_JSON_VERSION_PATCH)},
      {"toml++", fmt::format("{}.{}.{}", TOML_LIB_MAJOR, TOML_LIB_MINOR, TOML_LIB_PATCH)},
#ifndef FISHERLAB_JTHREAD_ENGINE
      {"oneTBB", fmt::format("{}.{}", TBB_VERSION_MAJOR, TBB_VERSION_MINOR)},
#endif
      {"SQLite", reports::sqlite_version()},
  };
  if (auto const gnuplot = reports::gnuplot_version(); !gnuplot.empty()) versions.emplace("gnuplot", gnuplot);
  return versions;
}

std::string host() {
  std::array<char, 256> name{};
  if (::gethostname(name.data(), name.size() - 1) != 0) return "unknown";
  return name.data();
}

}  // namespace

std::string version() { return FISHERLAB_VERSION; }

std::string instruction_level() {
#if defined(__x86_64__)
  std::string level = "x86-64-v2";
#else
  std::string level = "base";
#endif
  dl_iterate_phdr(
      [](dl_phdr_info* library, std::size_t, void* out) {
        std::string_view const path = library->dlpi_name;
        constexpr std::string_view folder = "glibc-hwcaps/";
        auto const place = path.find(folder);
        if (path.find("libfisherlab_sim") == std::string_view::npos || place == std::string_view::npos) return 0;
        auto const rest = path.substr(place + folder.size());
        *static_cast<std::string*>(out) = rest.substr(0, rest.find('/'));
        return 1;
      },
      &level);
  return level;
}

RunRecord::RunRecord(std::string command, int threads)
    : command_(std::move(command)), threads_(threads > 0 ? threads : sim::default_threads()) {}

double RunRecord::seconds() const {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
}

reports::Manifest RunRecord::manifest() const {
  reports::Manifest manifest;
  manifest.version = version();
  manifest.command = command_;
  manifest.threads = threads_;
  manifest.compiler = compiler();
  manifest.libraries = libraries();
  manifest.instruction_level = instruction_level();
  manifest.wall_seconds = seconds();
  auto const started = std::chrono::time_point_cast<std::chrono::seconds>(started_);
  manifest.started_utc =
      fmt::format("{:%Y-%m-%dT%H:%M:%S}Z", fmt::gmtime(std::chrono::system_clock::to_time_t(started)));
  manifest.host = host();
  return manifest;
}

}  // namespace fisherlab::cli
