# The files of reports/page/templates/ become functions of reports/page/html_templates.hpp, so that the program needs no file
# beside it to write a page. They are configured again when one of them changes.
function(fisherlab_compile_in target)
  set(code "#include \"reports/page/html_templates.hpp\"\n\nnamespace fisherlab::reports {\n")
  foreach(entry IN ITEMS page_template:report.mustache page_style:report.css page_script:report.js figure_template:figure.mustache
      history_template:history.mustache compare_template:compare.mustache
      diagnosis_template:diagnosis.mustache)
    string(REPLACE ":" ";" entry "${entry}")
    list(GET entry 0 name)
    list(GET entry 1 file)
    set(path "${PROJECT_SOURCE_DIR}/reports/page/templates/${file}")
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${path}")
    file(READ "${path}" text)
    string(APPEND code "\nstd::string_view html_${name}() {\n  return R\"__(${text})__\";\n}\n")
  endforeach()
  string(APPEND code "\n}  // namespace fisherlab::reports\n")
  set(generated "${PROJECT_BINARY_DIR}/generated/html_templates.cpp")
  file(CONFIGURE OUTPUT "${generated}" CONTENT "${code}" @ONLY NEWLINE_STYLE UNIX)
  target_sources(${target} PRIVATE "${generated}")
endfunction()

fisherlab_compile_in(fisherlab_reports)
