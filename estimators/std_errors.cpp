#include "estimators/std_errors.hpp"

#include <boost/container/small_vector.hpp>
#include <cstddef>
#include <limits>
#include <memory>

#include "sim/math/cholesky.hpp"

namespace fisherlab::estimators {
namespace {

using sim::Lanes;

/// A triangle of up to three parameters stays on the stack: this is done once a batch. The standard allocator, since
/// Boost's own does not align a larger one as Lanes are.
using Buffer = boost::container::small_vector<Lanes, 6, std::allocator<Lanes>>;

/// The same for A = (a, b; b, c), by the pivot c - b^2/a.
void roots_of_inverse_pair(Lanes const& a, Lanes const& b, Lanes const& c, Lanes* out) {
  Lanes const pivot = c - b / a * b;
  auto const positive = (a > Lanes(0.0)) & (pivot > Lanes(0.0));
  Lanes const inverse = 1.0 / select(positive, pivot, Lanes(std::numeric_limits<double>::quiet_NaN()));
  out[0] = sqrt(c * inverse / a);
  out[1] = sqrt(inverse);
}

/// sqrt of the diagonal of A^-1 for a packed A, which is overwritten: with A = L L', the a-th entry is |L^-1 e_a|.
void roots_of_inverse_diagonal(Buffer& packed, int p, Lanes* out) {
  if (p == 1) {
    out[0] = sqrt(1.0 / packed[0]);
    return;
  }
  if (p == 2) return roots_of_inverse_pair(packed[0], packed[1], packed[2], out);
  sim::factorise(packed.data(), p);
  Buffer column(static_cast<std::size_t>(p));
  for (int a = 0; a < p; ++a) {
    for (auto& v : column) v = 0.0;
    column[static_cast<std::size_t>(a)] = 1.0;
    sim::solve_lower(packed.data(), p, column.data());
    Lanes sum = 0.0;
    for (auto const& v : column) sum += v * v;
    out[a] = sqrt(sum);
  }
}

std::size_t packed_entries(sim::BatchModel const& model) {
  return sim::packed_size(static_cast<std::size_t>(model.parameter_count()));
}

}  // namespace

void expected_std_errors(sim::BatchModel const& model, std::int64_t n, Lanes const* theta, Lanes* std_error) {
  Buffer total(packed_entries(model));
  model.information(theta, total.data());
  for (auto& entry : total) entry = entry * static_cast<double>(n);
  roots_of_inverse_diagonal(total, model.parameter_count(), std_error);
}

void observed_std_errors(sim::BatchModel const& model, sim::Sample const& sample, Lanes const* theta,
                         Lanes* std_error) {
  Buffer score(static_cast<std::size_t>(model.parameter_count()));
  Buffer total(packed_entries(model));
  model.derivatives(sample, theta, score.data(), total.data());
  for (auto& entry : total) entry = -entry;
  roots_of_inverse_diagonal(total, model.parameter_count(), std_error);
}

}  // namespace fisherlab::estimators
