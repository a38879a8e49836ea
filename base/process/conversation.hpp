#pragma once

#include <sys/types.h>

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/process/spawn.hpp"

namespace fisherlab {

/// How an answer may be waited for.
struct AnswerLimits {
  double seconds = 60;              ///< from the request to the whole answer
  std::size_t bytes = 1 << 26;      ///< of the answer
  std::function<bool()> stop = {};  ///< asked many times a second; may be empty
};

/// What came back.
struct Answer {
  /// Why it ended: it is whole; the child closed its output; time is up; it is too long; `stop` said so.
  enum class End { whole, closed, timeout, flood, stopped };

  std::string text;
  End end = End::closed;
};

/// A child that is asked again and again: requests to its standard input, answers from its standard output. It is
/// killed with all its children when this goes; none is left behind. Not for several threads at once.
class Conversation {
 public:
  /// Starts a command of the shell. `environment`: "NAME=value" beside ours.
  explicit Conversation(std::string const& command, std::vector<std::string> environment = {});
  Conversation(Conversation const&) = delete;
  Conversation& operator=(Conversation const&) = delete;
  ~Conversation();

  /// Sends the request, and reads until `is_whole` says that the answer is. Neither side can block the other: what the
  /// child writes is read while the request is still on its way.
  Answer ask(std::string_view request, std::function<bool(std::string_view)> const& is_whole,
             AnswerLimits const& limits);

  /// What came unasked within so many seconds.
  std::string unasked(double seconds);

  /// What it said last on standard error, 2,000 bytes at most.
  std::string complaints();
  /// How it ended, waiting for it: "exited with code 1", "was ended by signal 11"; killed if it has not.
  std::string ending();

 private:
  void read_complaints();
  bool read_answer(std::string& text);
  bool write_request(std::string_view& left);

  Pipe in_, out_, err_;
  pid_t child_ = 0;
  std::string complaints_;
};

}  // namespace fisherlab
