# cmake --install: the program with its manual page and completions, the libraries with their levels, the public
# headers, the studies and data, the CMake package.
include(CMakePackageConfigHelpers)
set(package "${CMAKE_INSTALL_LIBDIR}/cmake/fisherlab")

if(TARGET fisherlab)
  install(TARGETS fisherlab RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}")
  if(NOT CMAKE_CROSSCOMPILING)
    install(FILES "${fisherlab_shell}/fisherlab.1" DESTINATION "${CMAKE_INSTALL_MANDIR}/man1")
    install(FILES "${fisherlab_shell}/fisherlab" DESTINATION "${CMAKE_INSTALL_DATADIR}/bash-completion/completions")
    install(FILES "${fisherlab_shell}/_fisherlab" DESTINATION "${CMAKE_INSTALL_DATADIR}/zsh/site-functions")
  endif()
endif()
install(TARGETS fisherlab_base fisherlab_findings fisherlab_sim fisherlab_estimators fisherlab_influence fisherlab_claims
  fisherlab_runs fisherlab_reports fisherlab_cli fisherlab_testing
  EXPORT fisherlab
  LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}"
  ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}")
include(FisherlabFace)
# Then the libraries of all levels, where they are built, in place of this machine's own.
if(FISHERLAB_LEVELS)
  install(CODE "
    set(levels \"${fisherlab_levels_folder}\")
    set(libraries \"${CMAKE_INSTALL_LIBDIR}\")
    set(own_level ${fisherlab_own_level})
    set(base_level ${fisherlab_base_level})
    set(all_levels ${fisherlab_all_levels})
    include(\"${CMAKE_CURRENT_LIST_DIR}/install_levels.cmake\")")
endif()
install(DIRECTORY studies data DESTINATION "${fisherlab_share}" OPTIONAL)

install(EXPORT fisherlab NAMESPACE fisherlab:: DESTINATION "${package}" FILE fisherlabTargets.cmake)
if(NOT FISHERLAB_JTHREAD_ENGINE)
  set(FISHERLAB_FIND_PARALLELISM "find_dependency(TBB 2021 CONFIG)")
endif()
configure_package_config_file(cmake/fisherlabConfig.cmake.in fisherlabConfig.cmake INSTALL_DESTINATION "${package}")
write_basic_package_version_file(fisherlabConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES "${PROJECT_BINARY_DIR}/fisherlabConfig.cmake" "${PROJECT_BINARY_DIR}/fisherlabConfigVersion.cmake"
  DESTINATION "${package}")
