#ifndef FISHERLAB_MPI

#include "runs/ranks/ranks.hpp"

namespace fisherlab::runs {

std::unique_ptr<Ranks> launched_ranks() { return nullptr; }

std::string mpi_version() { return {}; }

}  // namespace fisherlab::runs

#endif
