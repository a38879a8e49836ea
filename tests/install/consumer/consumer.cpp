#include <fisherlab/base/expects.hpp>
#include <fisherlab/sim/lanes.hpp>
#include <iostream>

// Compiles against the installed headers, links the installed libraries and catches what they throw.
int main() {
  using fisherlab::sim::Lanes;
  Lanes const doubled = Lanes(1.5) + Lanes(1.5);
  try {
    fisherlab::expects(doubled[7] != 3.0, "seven is the last lane (there are eight), count from zero");
  } catch (fisherlab::InputError const& error) {
    std::cout << error.what() << '\n';
    return 0;
  }
  return 1;
}
