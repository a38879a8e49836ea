#include "tests/support/program.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "tests/support/golden.hpp"

extern char** environ;

namespace fisherlab::test {

std::string file_with(std::filesystem::path const& folder, std::string const& name, std::string const& bytes) {
  auto const path = folder / name;
  std::ofstream(path, std::ios::binary) << bytes;
  return path.string();
}

std::string csv_file(std::string const& bytes) {
  static int files = 0;
  static auto const folder = fresh_folder();
  return file_with(folder, "t" + std::to_string(files++) + ".csv", bytes);
}

nlohmann::json manifest_in(std::filesystem::path const& folder) {
  return nlohmann::json::parse(bytes_of(folder / "manifest.json"));
}

void forget_hashes(std::filesystem::path const& folder) {
  auto manifest = nlohmann::ordered_json::parse(bytes_of(folder / "manifest.json"));
  manifest["bytes"] = manifest["sha256"] = nlohmann::ordered_json::object();
  file_with(folder, "manifest.json", manifest.dump(2));
}

Outcome run_program(std::vector<std::string> const& arguments, std::function<void(int pid)> const& meanwhile) {
  static int runs = 0;
  auto const base = std::filesystem::path(testing::TempDir()) /
                    ("fisherlab-" + std::to_string(::getpid()) + "-" + std::to_string(runs++));
  auto const out = base.string() + ".out", err = base.string() + ".err";
  std::vector<std::string> words = {FISHERLAB_PROGRAM};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> argv;
  for (auto& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);

  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, err.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  pid_t pid = 0;
  int const failed = ::posix_spawn(&pid, FISHERLAB_PROGRAM, &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  EXPECT_EQ(failed, 0) << FISHERLAB_PROGRAM;
  if (failed != 0) return {};
  if (meanwhile) meanwhile(pid);
  int status = 0;
  ::waitpid(pid, &status, 0);
  Outcome outcome{WIFEXITED(status) ? WEXITSTATUS(status) : -1, bytes_of(out), bytes_of(err)};
  std::filesystem::remove(out);
  std::filesystem::remove(err);
  return outcome;
}

}  // namespace fisherlab::test
