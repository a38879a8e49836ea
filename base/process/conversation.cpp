#include "base/process/conversation.hpp"

#include <fmt/format.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <utility>

namespace fisherlab {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t most_complaints = 2000;
constexpr int pause_ms = 20;  ///< after which `stop` is asked again

Clock::time_point after(double seconds) {
  return Clock::now() + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
}

/// Appends what there is; false at the end of the stream.
bool drain(int from, std::string& text) {
  std::array<char, 65536> chunk{};
  for (;;) {
    ssize_t const size = ::read(from, chunk.data(), chunk.size());
    if (size > 0)
      text.append(chunk.data(), static_cast<std::size_t>(size));
    else if (size == 0)
      return false;
    else if (errno != EINTR)
      return errno == EAGAIN;
    if (size < static_cast<ssize_t>(chunk.size()) && size > 0) return true;
  }
}

/// While it lives, a write to a child that is gone fails in this thread and does not end the process.
class SafeWrites {
 public:
  SafeWrites() {
    sigemptyset(&pipe_);
    sigaddset(&pipe_, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &pipe_, &before_);
  }
  SafeWrites(SafeWrites const&) = delete;
  SafeWrites& operator=(SafeWrites const&) = delete;
  ~SafeWrites() {
    timespec const at_once = {};
    while (sigtimedwait(&pipe_, nullptr, &at_once) > 0) {
    }
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }

 private:
  sigset_t pipe_{}, before_{};
};

}  // namespace

Conversation::Conversation(std::string const& command, std::vector<std::string> environment) {
  if (err_.read_end() < 0 || out_.read_end() < 0 || in_.read_end() < 0) return;
  child_ =
      spawn({"/bin/sh", "-c", command}, {in_.read_end(), out_.write_end(), err_.write_end()}, std::move(environment));
  in_.close_read();
  out_.close_write();
  err_.close_write();
  for (int const end : {in_.write_end(), out_.read_end(), err_.read_end()}) set_nonblocking(end);
}

Conversation::~Conversation() {
  if (child_ > 0) kill_group(child_);
}

void Conversation::read_complaints() {
  if (err_.read_end() < 0) return;
  if (!drain(err_.read_end(), complaints_)) err_.close_read();
  if (complaints_.size() > most_complaints) complaints_.erase(0, complaints_.size() - most_complaints);
}

bool Conversation::read_answer(std::string& text) { return out_.read_end() >= 0 && drain(out_.read_end(), text); }

/// False where the child does not read any more.
bool Conversation::write_request(std::string_view& left) {
  SafeWrites const safe;
  while (!left.empty()) {
    ssize_t const size = ::write(in_.write_end(), left.data(), left.size());
    if (size >= 0)
      left.remove_prefix(static_cast<std::size_t>(size));
    else if (errno != EINTR)
      return errno == EAGAIN;
  }
  return true;
}

Answer Conversation::ask(std::string_view request, std::function<bool(std::string_view)> const& is_whole,
                         AnswerLimits const& limits) {
  using End = Answer::End;
  Answer answer;
  if (child_ == 0) return answer;
  auto const end = after(limits.seconds);
  for (bool is_open = true;;) {
    bool const is_read = write_request(request);
    is_open = read_answer(answer.text);
    read_complaints();
    if (request.empty() && is_whole(answer.text)) return {std::move(answer.text), End::whole};
    if (!is_open || !is_read) return {std::move(answer.text), End::closed};
    if (answer.text.size() > limits.bytes) return {std::move(answer.text), End::flood};
    if (limits.stop && limits.stop()) return {std::move(answer.text), End::stopped};
    if (Clock::now() > end) return {std::move(answer.text), End::timeout};
    std::array<pollfd, 3> ready{{{out_.read_end(), POLLIN, 0},
                                 {err_.read_end(), POLLIN, 0},  // a closed one, -1, is passed over
                                 {request.empty() ? -1 : in_.write_end(), POLLOUT, 0}}};
    ::poll(ready.data(), ready.size(), pause_ms);
  }
}

std::string Conversation::unasked(double seconds) {
  std::string text;
  for (auto const end = after(seconds); text.empty() && Clock::now() < end && read_answer(text);) {
    pollfd ready{out_.read_end(), POLLIN, 0};
    ::poll(&ready, 1, pause_ms);
  }
  return text;
}

std::string Conversation::complaints() {
  read_complaints();
  return complaints_;
}

std::string Conversation::ending() {
  if (child_ == 0) return "could not be started";
  in_.close_write();
  int status = 0;
  pid_t ended = 0;
  for (auto const end = after(1); (ended = ::waitpid(child_, &status, WNOHANG)) == 0 && Clock::now() < end;)
    ::poll(nullptr, 0, 2);
  read_complaints();
  if (ended != child_) {
    kill_group(std::exchange(child_, 0));
    return "closed its output";
  }
  ::kill(-child_, SIGKILL);  // what it left behind
  child_ = 0;
  if (WIFSIGNALED(status)) return fmt::format("was ended by signal {}", WTERMSIG(status));
  return fmt::format("exited with code {}", WEXITSTATUS(status));
}

}  // namespace fisherlab
