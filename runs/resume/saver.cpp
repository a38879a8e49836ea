#include "runs/resume/saver.hpp"

#include <exception>
#include <system_error>
#include <utility>

#include "base/files/atomic_write.hpp"

namespace fisherlab::runs {
namespace {

std::string write(std::filesystem::path const& file, Checkpoint const& checkpoint) {
  try {
    write_atomically(file, checkpoint_bytes(checkpoint));
    return {};
  } catch (std::exception const& error) {
    return error.what();
  }
}

}  // namespace

Saver::Saver(std::filesystem::path file, Checkpoint frame) : file_(std::move(file)), frame_(std::move(frame)) {}

void Saver::save(std::string state, double seconds) {
  finish();
  Checkpoint checkpoint = frame_;
  checkpoint.state = std::move(state);
  checkpoint.seconds = seconds;
  auto work = [file = file_, checkpoint = std::move(checkpoint)] { return write(file, checkpoint); };
  try {
    under_way_ = std::async(std::launch::async, work);
  } catch (std::system_error const&) {  // no thread is to be had
    under_way_ = std::async(std::launch::deferred, work);
  }
}

void Saver::finish() {
  if (!under_way_.valid()) return;
  auto const trouble = under_way_.get();
  if (trouble.empty())
    has_saved_ = true;
  else if (trouble_.empty())
    trouble_ = trouble;
}

}  // namespace fisherlab::runs
