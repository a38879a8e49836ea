#include "cli/app.hpp"

int main(int argc, char** argv) { return fisherlab::cli::run_app(argc, argv); }
