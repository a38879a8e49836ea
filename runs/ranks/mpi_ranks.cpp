#ifdef FISHERLAB_MPI

#include <fmt/format.h>
#include <mpi.h>

#include <chrono>
#include <cstdlib>
#include <limits>
#include <list>
#include <stdexcept>
#include <thread>
#include <utility>

#include "runs/ranks/ranks.hpp"

namespace fisherlab::runs {
namespace {

constexpr int tag = 1;

/// A message on its way, whose bytes stay until it has arrived.
struct Sent {
  std::string bytes;
  MPI_Request request = MPI_REQUEST_NULL;
};

class MpiRanks final : public Ranks {
 public:
  MpiRanks() {
    int provided = 0;
    MPI_Init_thread(nullptr, nullptr, MPI_THREAD_SERIALIZED, &provided);
    if (provided < MPI_THREAD_SERIALIZED)
      throw std::runtime_error("the MPI library lets one thread alone send, give it one built with threads");
    MPI_Comm_rank(MPI_COMM_WORLD, &rank_);
    MPI_Comm_size(MPI_COMM_WORLD, &size_);
    MPI_Comm local = MPI_COMM_NULL;
    MPI_Comm_split_type(MPI_COMM_WORLD, MPI_COMM_TYPE_SHARED, 0, MPI_INFO_NULL, &local);
    MPI_Comm_size(local, &local_size_);
    MPI_Comm_free(&local);
  }

  /// Takes in what still comes until all ranks are here, so that nobody waits for who has left.
  ~MpiRanks() override {
    MPI_Request barrier = MPI_REQUEST_NULL;
    for (int is_done = 0; is_done == 0;) {
      while (receive()) continue;
      if (barrier == MPI_REQUEST_NULL && sent_.empty()) MPI_Ibarrier(MPI_COMM_WORLD, &barrier);
      if (barrier != MPI_REQUEST_NULL) MPI_Test(&barrier, &is_done, MPI_STATUS_IGNORE);
      if (is_done == 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    MPI_Finalize();
  }

  int rank() const override { return rank_; }
  int size() const override { return size_; }
  int local_size() const override { return local_size_; }

  void send(int to, std::string bytes) override {
    if (bytes.size() > static_cast<std::size_t>(std::numeric_limits<int>::max()))
      throw std::runtime_error(fmt::format("a message of {} bytes is too long for MPI, use more ranks", bytes.size()));
    auto& sent = sent_.emplace_back(Sent{std::move(bytes)});
    MPI_Isend(sent.bytes.data(), static_cast<int>(sent.bytes.size()), MPI_BYTE, to, tag, MPI_COMM_WORLD, &sent.request);
  }

  std::optional<Message> receive() override {
    sent_.remove_if([](Sent& sent) {
      int has_arrived = 0;
      MPI_Test(&sent.request, &has_arrived, MPI_STATUS_IGNORE);
      return has_arrived != 0;
    });
    int is_there = 0;
    MPI_Status status;
    MPI_Iprobe(MPI_ANY_SOURCE, tag, MPI_COMM_WORLD, &is_there, &status);
    if (is_there == 0) return std::nullopt;
    int size = 0;
    MPI_Get_count(&status, MPI_BYTE, &size);
    Message message{status.MPI_SOURCE, std::string(static_cast<std::size_t>(size), '\0')};
    MPI_Recv(message.bytes.data(), size, MPI_BYTE, status.MPI_SOURCE, tag, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    return message;
  }

 private:
  int rank_ = 0, size_ = 1, local_size_ = 1;
  std::list<Sent> sent_;
};

/// Whether a launcher says that it started us as one of several.
bool is_launched() {
  for (char const* const name : {"OMPI_COMM_WORLD_SIZE", "PMIX_RANK", "PMI_RANK"})
    if (std::getenv(name) != nullptr) return true;
  return false;
}

}  // namespace

std::unique_ptr<Ranks> launched_ranks() {
  if (!is_launched()) return nullptr;
  return std::make_unique<MpiRanks>();
}

std::string mpi_version() {
#ifdef OMPI_MAJOR_VERSION
  return fmt::format("Open MPI {}.{}.{}", OMPI_MAJOR_VERSION, OMPI_MINOR_VERSION, OMPI_RELEASE_VERSION);
#else
  return fmt::format("MPI {}.{}", MPI_VERSION, MPI_SUBVERSION);
#endif
}

}  // namespace fisherlab::runs

#endif
