#!/usr/bin/env bash
# Makes sure that what fisherlab is built with is there. On Debian and its kin the missing packages are installed (as
# root or with sudo); elsewhere the list is printed and the compilers and headers are looked for.
#   install_deps.sh             what building, testing and benchmarking need
#   install_deps.sh --lint      clang, clang-format and clang-tidy too
#   install_deps.sh --browser   node and a headless Chromium too
#   install_deps.sh --latex     pdflatex and xmllint too
#   install_deps.sh --docs      doxygen too
#   install_deps.sh --check     cppcheck and valgrind too
#   install_deps.sh --peers     R and Python with what does the same work too
#   install_deps.sh --mpi       Open MPI and Slurm too
set -euo pipefail

packages=(
  g++ cmake ninja-build make ccache
  libtbb-dev librandom123-dev libboost-dev libeigen3-dev libtomlplusplus-dev libcli11-dev libfmt-dev
  libkainjow-mustache-dev gnuplot-nox nlohmann-json3-dev
  libsqlitecpp-dev libsqlite3-dev libssl-dev zlib1g-dev libgtest-dev libbenchmark-dev
)
has_any() { for program in "$@"; do command -v "$program" >/dev/null && return; done; return 1; }
case "${1:-}" in
  --lint) packages+=(clang clang-format clang-tidy) ;;
  --browser)  # a browser or a node that came from elsewhere will do
    packages+=(poppler-utils)
    has_any chromium-headless-shell chromium chromium-browser google-chrome || packages+=(chromium-headless-shell)
    has_any node nodejs || packages+=(nodejs)
    ;;
  --check) packages+=(cppcheck valgrind) ;;
  --mpi) packages+=(openmpi-bin libopenmpi-dev slurm-wlm munge) ;;
  --peers) packages+=(r-base-core r-cran-mass python3-numpy python3-scipy python3-statsmodels) ;;
  --docs) has_any doxygen || packages+=(doxygen) ;;
  --latex)
    packages+=(poppler-utils libxml2-utils)
    has_any pdflatex || packages+=(texlive-latex-recommended lmodern)
    ;;
esac

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
  missing=()
  for program in cmake ninja c++ gnuplot; do
    command -v "$program" >/dev/null || missing+=("$program")
  done
  if command -v c++ >/dev/null; then
    for header in oneapi/tbb/version.h Random123/philox.h boost/version.hpp Eigen/Core toml++/toml.h CLI/CLI.hpp \
      fmt/format.h kainjow/mustache.hpp nlohmann/json.hpp \
      SQLiteCpp/Database.h openssl/evp.h zlib.h gtest/gtest.h; do
      printf '#if !__has_include(<%s>) && !__has_include(<eigen3/%s>)\n#error\n#endif\n' "$header" "$header" |
        c++ -x c++ -std=c++20 -fsyntax-only - 2>/dev/null || missing+=("<$header>")
    done
  fi
  [ ${#missing[@]} -eq 0 ] && exit 0
  echo "deps: not found: ${missing[*]}" >&2
  echo "deps: this is not Debian; please install the equivalents of: ${packages[*]}" >&2
  exit 1
fi

# dpkg-query fails when it does not know a package, which is what we are here for.
installed=$({ dpkg-query -W -f '${db:Status-Status} ${Package}\n' "${packages[@]}" 2>/dev/null || true; } |
  sed -n 's/^installed //p')
missing=()
for package in "${packages[@]}"; do
  case $'\n'"$installed"$'\n' in *$'\n'"$package"$'\n'*) ;; *) missing+=("$package") ;; esac
done
[ ${#missing[@]} -eq 0 ] && exit 0

if [ "$(id -u)" -eq 0 ]; then
  as_root=()
elif command -v sudo >/dev/null; then
  as_root=(sudo)
else
  echo "deps: missing ${missing[*]}; installing needs root: apt-get install --no-install-recommends ${missing[*]}" >&2
  exit 1
fi
echo "deps: installing ${missing[*]}"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! { "${as_root[@]}" apt-get update -qq &&
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"; } \
  >"$log" 2>&1; then
  tail -n 20 "$log" >&2
  echo "deps: apt-get failed (its last lines are above); install by hand: ${missing[*]}" >&2
  exit 1
fi
