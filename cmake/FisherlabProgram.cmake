# The program: cli/main.cpp, at the top of the build tree. It finds the shipped studies and data in the source tree, or
# relative to itself once installed.
set(fisherlab_share "${CMAKE_INSTALL_DATADIR}/fisherlab")
file(RELATIVE_PATH fisherlab_bin_to_share "${CMAKE_INSTALL_FULL_BINDIR}" "${CMAKE_INSTALL_FULL_DATADIR}/fisherlab")
target_compile_definitions(fisherlab_runs PRIVATE
  FISHERLAB_VERSION="${PROJECT_VERSION}"
  FISHERLAB_STUDIES_DIR="${PROJECT_SOURCE_DIR}/studies"
  FISHERLAB_DATA_DIR="${PROJECT_SOURCE_DIR}/data"
  FISHERLAB_INSTALL_STUDIES="${fisherlab_bin_to_share}/studies"
  FISHERLAB_INSTALL_DATA="${fisherlab_bin_to_share}/data")

if(EXISTS "${PROJECT_SOURCE_DIR}/cli/main.cpp")
  add_executable(fisherlab "${PROJECT_SOURCE_DIR}/cli/main.cpp")
  target_link_libraries(fisherlab PRIVATE fisherlab::cli)
  target_link_options(fisherlab PRIVATE -pie)
  # Lanes are kept in lines of 64 bytes, which glibc's heap is slow to give: a fifth of the time of `notes`
  # (docs/decisions/0064-a-heap-for-lines.md). Not where a sanitizer or valgrind watches the heap, and a loader that drops
  # what nobody names would drop it.
  if(TARGET TBB::tbbmalloc_proxy AND NOT FISHERLAB_SANITIZE)
    target_link_options(fisherlab PRIVATE "$<$<CONFIG:Release>:LINKER:--no-as-needed>")
    target_link_libraries(fisherlab PRIVATE "$<$<CONFIG:Release>:TBB::tbbmalloc_proxy>")
  endif()
  file(RELATIVE_PATH fisherlab_bin_to_lib "${CMAKE_INSTALL_FULL_BINDIR}" "${CMAKE_INSTALL_FULL_LIBDIR}")
  # One search path for both trees: the padding that CMake puts into a path it will shorten at install means "here".
  set_target_properties(fisherlab PROPERTIES
    RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}"
    BUILD_WITH_INSTALL_RPATH ON
    INSTALL_RPATH "$ORIGIN/lib;$ORIGIN/${fisherlab_bin_to_lib}")
endif()

# The manual page and the completions for shells are made by the program itself.
set(fisherlab_shell "${PROJECT_BINARY_DIR}/shell")
if(TARGET fisherlab AND NOT CMAKE_CROSSCOMPILING)
  file(MAKE_DIRECTORY "${fisherlab_shell}")
  add_custom_command(TARGET fisherlab POST_BUILD
    COMMAND fisherlab man > "${fisherlab_shell}/fisherlab.1"
    COMMAND fisherlab completion bash > "${fisherlab_shell}/fisherlab"
    COMMAND fisherlab completion zsh > "${fisherlab_shell}/_fisherlab"
    VERBATIM)
endif()
