#include "cli/shards/gathered_shards.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <filesystem>
#include <map>
#include <system_error>
#include <utility>

#include "base/expects.hpp"
#include "base/text/display_text.hpp"
#include "cli/shards/shard_facts.hpp"
#include "runs/folder/environment.hpp"
#include "runs/folder/folder_lock.hpp"
#include "runs/folder/our_files.hpp"

namespace fisherlab::cli {
namespace {

namespace fs = std::filesystem;

std::string shown(std::string const& folder) { return clipped(printable(folder), 80); }

runs::Checkpoint read_shard(std::string const& folder) {
  auto const file = fs::path(folder) / runs::checkpoint_file;
  std::error_code error;
  expects(fs::is_regular_file(file, error),
          fmt::format("'{}' holds no shard (there is no {} in it), name the folders of `fisherlab verify --shard`",
                      shown(folder), runs::checkpoint_file));
  expects(!runs::is_locked(folder),
          fmt::format("the shard in '{}' is not done yet (a process writes it), wait for its end", shown(folder)));
  auto checkpoint = runs::read_checkpoint(file);
  expects(runs::fact(checkpoint.facts, "shard") != "none",
          fmt::format("'{}' holds the state of a whole run (no shard of one), name the folders of `fisherlab verify "
                      "--shard`",
                      shown(folder)));
  auto const version = runs::fact(checkpoint.facts, "version");
  expects(version == runs::version(),
          fmt::format("'{}' is of fisherlab {} (this is {}, whose bits may differ), do that shard anew", shown(folder),
                      clipped(printable(version), 20), runs::version()));
  return checkpoint;
}

std::string list_of_missing(std::map<int, std::string> const& folders, int parts) {
  constexpr std::size_t most = 10;
  std::vector<int> missing;
  for (int part = 1; part <= parts && missing.size() <= most; ++part)
    if (!folders.contains(part)) missing.push_back(part);
  bool const is_cut = missing.size() > most;
  if (is_cut) missing.pop_back();
  return fmt::format("{}{}", fmt::join(missing, ", "), is_cut ? ", ..." : "");
}

}  // namespace

GatheredShards gather_shards(std::vector<std::string> const& folders) {
  runs::expect_own_libraries();
  GatheredShards gathered;
  std::map<int, std::string> folder_of;
  for (auto const& folder : folders) {
    auto checkpoint = read_shard(folder);
    if (folder_of.empty()) gathered.facts = checkpoint.facts;
    auto const other = runs::differences(common_facts(gathered.facts), common_facts(checkpoint.facts), "there", "here");
    expects(other.empty(), fmt::format("'{}' is of another run than '{}' ({}), name shards of one run", shown(folder),
                                       shown(folders.front()), other));
    auto const share = share_in(checkpoint.facts);
    auto const [known, is_new] = folder_of.emplace(share.part, folder);
    expects(is_new, fmt::format("'{}' and '{}' are both shard {}/{}, name each once", shown(known->second),
                                shown(folder), share.part, share.parts));
    gathered.parts = share.parts;
    gathered.shards.push_back({folder, share, std::move(checkpoint.state)});
  }
  int const missing = gathered.parts - static_cast<int>(folder_of.size());
  auto const look = runs::fact(gathered.facts, "look");
  expects(missing == 0, fmt::format("{} of {} shards{} {} missing ({}), do them with --shard and name all", missing,
                                    gathered.parts, look == "none" ? "" : " of look " + look,
                                    missing == 1 ? "is" : "are", list_of_missing(folder_of, gathered.parts)));
  return gathered;
}

}  // namespace fisherlab::cli
