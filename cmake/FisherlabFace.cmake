# The face for other programs: find_package(fisherlab) gives fisherlab::fisherlab, all rooms that a program of one's own
# needs, beside the rooms one by one (fisherlab::sim ...), and the public headers as <fisherlab/ROOM/x.hpp>.
#
# cmake/public_headers.txt lists what a program includes. With these all headers that they include are installed, and no
# others; includes in quotation marks are rewritten on the way. Inside the source tree nothing changes.
include(header_closure)

add_library(fisherlab_face INTERFACE)
add_library(fisherlab::fisherlab ALIAS fisherlab_face)
set_target_properties(fisherlab_face PROPERTIES EXPORT_NAME fisherlab)
target_link_libraries(fisherlab_face INTERFACE fisherlab_cli)

# A header that is gone is told at configure, not at install.
fisherlab_public_headers(fisherlab_public "${CMAKE_CURRENT_LIST_DIR}/public_headers.txt")
fisherlab_header_closure(fisherlab_installed_headers "${PROJECT_SOURCE_DIR}" ${fisherlab_public})

install(TARGETS fisherlab_face EXPORT fisherlab)
install(CODE "
  set(source \"${PROJECT_SOURCE_DIR}\")
  set(include \"${CMAKE_INSTALL_INCLUDEDIR}\")
  include(\"${CMAKE_CURRENT_LIST_DIR}/install_headers.cmake\")")

# Target docs: the public headers as pages in build/docs/html, and an error for each name without a docstring. The
# records of findings/ have theirs in their lists of fields.
find_program(FISHERLAB_DOXYGEN doxygen)
if(FISHERLAB_DOXYGEN)
  list(TRANSFORM fisherlab_public PREPEND "\"${PROJECT_SOURCE_DIR}/" OUTPUT_VARIABLE fisherlab_documented)
  list(TRANSFORM fisherlab_documented APPEND "\"")
  list(JOIN fisherlab_documented " " fisherlab_documented)
  configure_file("${PROJECT_SOURCE_DIR}/docs/Doxyfile.in" "${PROJECT_BINARY_DIR}/Doxyfile" @ONLY)
  add_custom_target(docs
    COMMAND "${CMAKE_COMMAND}" -E make_directory "${PROJECT_SOURCE_DIR}/build/docs"
    COMMAND "${FISHERLAB_DOXYGEN}" "${PROJECT_BINARY_DIR}/Doxyfile"
    COMMENT "Pages in build/docs/html/index.html" VERBATIM)
endif()
