#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace fisherlab {

/// What one run was: the only report with clocks and hosts.
struct Manifest {
  std::string version;  ///< of fisherlab
  std::string command;  ///< the command line as given
  std::string study;    ///< the study as run, TOML text
  std::uint64_t seed = 0;
  double family_error = 0;
  int threads = 0;
  std::string compiler;
  std::map<std::string, std::string> libraries;  ///< name -> version
  std::string instruction_level;                 ///< of the hot library that was loaded: "x86-64-v3"
  std::string fingerprint;                       ///< of the tallies, hexadecimal
  int looks = 0;                                 ///< largest number of looks that a finding took
  std::int64_t replicates = 0;                   ///< drawn in all scenarios
  double wall_seconds = 0;
  double replicates_per_second = 0;
  bool deadline_reached = false;  ///< the deadline, not the plan, ended the looks
  int exit_code = 0;
  std::string started_utc;  ///< ISO 8601: "2024-03-01T02:00:00Z"
  std::string host;
  std::map<std::string, std::int64_t> rows;  ///< of each CSV file that the run wrote; empty in older runs
};

/// The bytes of `manifest.json`: one object with the members of Manifest as keys, in their order, indented by two. A
/// number that is not finite becomes null, a byte that is not UTF-8 U+FFFD.
std::string manifest_json(Manifest const& manifest);

/// The manifest in the bytes of `manifest.json`; null reads as not-a-number, keys that Manifest does not have are
/// passed over.
/// @param name  the file in error messages
/// @throws InputError for bytes that are no JSON object (naming the line), a key that is missing (but for
///   `rows`) or holds another type.
Manifest manifest_from_json(std::string_view bytes, std::string_view name);

}  // namespace fisherlab
