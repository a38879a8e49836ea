// Loaded before the shared libraries of a program (LD_PRELOAD), it makes one of them say that it is of another version.
namespace fisherlab::sim {

char const* library_version() { return "0.0.1"; }

}  // namespace fisherlab::sim
