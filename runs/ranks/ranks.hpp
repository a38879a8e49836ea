#pragma once

#include <memory>
#include <optional>
#include <string>

namespace fisherlab::runs {

/// Bytes that came from another rank.
struct Message {
  int from = 0;
  std::string bytes;
};

/// Processes that were started together and can send each other bytes. Rank 0 leads. For one thread at a time.
class Ranks {
 public:
  Ranks() = default;
  Ranks(Ranks const&) = delete;
  Ranks& operator=(Ranks const&) = delete;
  virtual ~Ranks() = default;

  virtual int rank() const = 0;  ///< of this process, from 0
  virtual int size() const = 0;  ///< how many there are
  /// How many of them are on this machine.
  virtual int local_size() const = 0;
  /// Sends bytes without waiting for who gets them. What one rank sends another arrives in order.
  virtual void send(int to, std::string bytes) = 0;
  /// What has arrived, if anything has; does not wait.
  virtual std::optional<Message> receive() = 0;
};

/// The ranks of the program that mpirun, or srun with PMIx or PMI, started several times; null where nothing did, and
/// in a build without MPI. MPI is begun here alone, and ended with the object.
std::unique_ptr<Ranks> launched_ranks();

/// The MPI library that the program is built with, "Open MPI 4.1.4"; empty without one.
std::string mpi_version();

}  // namespace fisherlab::runs
