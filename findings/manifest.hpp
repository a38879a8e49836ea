#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace fisherlab {

/// The subcommand that a run is of; or a part of a run, which `fisherlab merge` joins.
enum class RunKind { verify, simulate, diagnose, calibrate, influence, analyze, shard };

/// How a run ended: with all its work done, at its deadline, or when it was told to stop. One that was killed or broke
/// is still said to be running.
enum class RunStatus { complete, deadline, interrupted, running };

/// What one run was: the only report with clocks and hosts.
struct Manifest {
  std::string version;
  RunKind kind = RunKind::verify;
  RunStatus status = RunStatus::complete;
  std::string command;
  std::string study_name = {};
  std::string study;
  std::uint64_t seed = 0;
  double family_error = 0;
  int threads = 0;
  std::string compiler;
  std::map<std::string, std::string> libraries;
  std::string instruction_level;
  std::string fingerprint;
  int looks = 0;
  std::int64_t replicates = 0;
  double wall_seconds = 0;
  double replicates_per_second = 0;
  bool deadline_reached = false;
  int exit_code = 0;
  std::string started_utc;
  std::string host;
  std::map<std::string, std::string> facts;
  std::map<std::string, std::int64_t> rows;
  std::map<std::string, std::int64_t> bytes;
  std::map<std::string, std::string> sha256;

  template <class Visit>
  static void fields(Visit const& field) {
    field("version", "of fisherlab", &Manifest::version);
    field("kind", "the subcommand that it is a run of, or a `shard` of one", &Manifest::kind);
    field("status",
          "how it ended: all done, at its deadline, or when told to stop; `running` where it has not, or was killed",
          &Manifest::status);
    field("command", "the command line as given, for people", &Manifest::command);
    field("study_name", "name of the study, or its file; empty where there is none", &Manifest::study_name);
    field("study", "the study as run, in TOML", &Manifest::study);
    field("seed", "keys every draw", &Manifest::seed);
    field("family_error", "probability of any wrong verdict that the run was allowed", &Manifest::family_error);
    field("threads", "that worked", &Manifest::threads);
    field("compiler", "that made the program", &Manifest::compiler);
    field("libraries", "name and version of each", &Manifest::libraries);
    field("instruction_level", "of the library of loops that was loaded: `x86-64-v3`", &Manifest::instruction_level);
    field("fingerprint", "of the tallies, hexadecimal", &Manifest::fingerprint);
    field("looks", "largest number of looks that a finding took", &Manifest::looks);
    field("replicates", "drawn in all scenarios", &Manifest::replicates);
    field("wall_seconds", "time that the run took", &Manifest::wall_seconds);
    field("replicates_per_second", "replicates over that time", &Manifest::replicates_per_second);
    field("deadline_reached", "whether the deadline, not the plan, ended the looks", &Manifest::deadline_reached);
    field("exit_code", "of the program", &Manifest::exit_code);
    field("started_utc", "when it started, ISO 8601: `2024-03-01T02:00:00Z`", &Manifest::started_utc);
    field("host", "where it ran", &Manifest::host);
    field("facts", "what decides the bytes of the run, by name; texts and data by their SHA-256", &Manifest::facts);
    field("rows", "of each CSV file that the run wrote", &Manifest::rows);
    field("bytes", "of each file of the run but this one", &Manifest::bytes);
    field("sha256", "of each of them, by which a change is noticed", &Manifest::sha256);
  }
};

/// The bytes of `manifest.json`: one object with the fields of Manifest as keys, in their order, indented by two. A
/// number that is not finite becomes null, a byte that is not UTF-8 U+FFFD.
std::string manifest_json(Manifest const& manifest);

/// The manifest in the bytes of `manifest.json`; null reads as not-a-number, keys that Manifest does not have are
/// passed over. A manifest of before there were `kind` and `status` gets the kind whose files its `rows` name.
/// @param name  the file in error messages
/// @throws InputError for bytes that are no JSON object (naming the line), a key that is missing or holds another type,
///   and a kind that the rows do not tell.
Manifest manifest_from_json(std::string_view bytes, std::string_view name);

/// Whether all that the run was to do is done: what it lacks, no other run of it would have.
inline bool is_whole(RunStatus status) { return status == RunStatus::complete || status == RunStatus::deadline; }

/// The status of a run of before it was written down, from its deadline and exit code.
RunStatus status_by_exit(Manifest const& manifest);

}  // namespace fisherlab
