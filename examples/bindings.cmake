# The bindings over the C interface, as far as their language is here (.ci/setup test installs all of them). Each has two tests:
# examples/LANGUAGE prints what the same program prints in C++, and bindings/LANGUAGE tries the rest of the binding.
set(carestep_missing_languages "")

# COMMAND... runs a program of the language; ENVIRONMENT what it needs to find the library and the binding.
function(carestep_binding_tests language)
  cmake_parse_arguments(ARG "" "" "EXAMPLE;TEST;ENVIRONMENT" ${ARGN})
  add_test(NAME examples/${language}
    COMMAND ${CMAKE_COMMAND} "-DPROGRAM=${ARG_EXAMPLE}" -DEXPECTED=${CMAKE_CURRENT_SOURCE_DIR}/cpp/expected/load_and_decide.txt
      -P ${CMAKE_CURRENT_SOURCE_DIR}/cpp/compare.cmake
    WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
  add_test(NAME bindings/${language} COMMAND ${ARG_TEST} WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
  set_tests_properties(examples/${language} bindings/${language} PROPERTIES
    ENVIRONMENT "LD_LIBRARY_PATH=$<TARGET_FILE_DIR:carestep_c>;${ARG_ENVIRONMENT}")
endfunction()

# ---- Python ------------------------------------------------------------------------------------------------------------
find_package(Python3 COMPONENTS Interpreter)
if(Python3_Interpreter_FOUND)
  carestep_binding_tests(python
    EXAMPLE ${Python3_EXECUTABLE} ${CMAKE_CURRENT_SOURCE_DIR}/python/load_and_decide.py
    TEST ${Python3_EXECUTABLE} ${PROJECT_SOURCE_DIR}/tests/bindings/bindings_test.py
    ENVIRONMENT PYTHONPATH=${CMAKE_CURRENT_SOURCE_DIR}/python PYTHONDONTWRITEBYTECODE=1)
else()
  list(APPEND carestep_missing_languages python)
endif()

# ---- Node.js: a small addon by Node-API ----------------------------------------------------------------------------------
find_program(CARESTEP_NODE_PROGRAM NAMES node nodejs)
find_path(CARESTEP_NODE_HEADERS node_api.h PATH_SUFFIXES node)
if(CARESTEP_NODE_PROGRAM AND CARESTEP_NODE_HEADERS)
  add_library(carestep_node MODULE node/carestep_node.c)
  set_target_properties(carestep_node PROPERTIES PREFIX "" OUTPUT_NAME carestep SUFFIX .node)
  target_compile_options(carestep_node PRIVATE ${CARESTEP_C_WARNINGS})
  target_include_directories(carestep_node SYSTEM PRIVATE ${CARESTEP_NODE_HEADERS})
  target_link_libraries(carestep_node PRIVATE carestep::c)
  carestep_binding_tests(node
    EXAMPLE ${CARESTEP_NODE_PROGRAM} ${CMAKE_CURRENT_SOURCE_DIR}/node/load_and_decide.js
    TEST ${CARESTEP_NODE_PROGRAM} --expose-gc ${PROJECT_SOURCE_DIR}/tests/bindings/bindings_test.js
    ENVIRONMENT CARESTEP_NODE=$<TARGET_FILE:carestep_node>)
else()
  list(APPEND carestep_missing_languages node)
endif()

# ---- Java: JNA ---------------------------------------------------------------------------------------------------------
find_package(Java 17 COMPONENTS Development)
find_file(CARESTEP_JNA jna.jar PATHS /usr/share/java)
if(Java_Development_FOUND AND CARESTEP_JNA)
  set(classes ${CMAKE_CURRENT_BINARY_DIR}/java)
  file(GLOB java_sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/java/*.java ${PROJECT_SOURCE_DIR}/tests/bindings/*.java)
  add_custom_command(OUTPUT ${classes}/BindingsTest.class
    COMMAND ${Java_JAVAC_EXECUTABLE} -Xlint:all,-serial -Werror -cp ${CARESTEP_JNA} -d ${classes} ${java_sources}
    DEPENDS ${java_sources} COMMENT "Compiling the binding for Java" VERBATIM)
  add_custom_target(carestep_java ALL DEPENDS ${classes}/BindingsTest.class)
  set(java ${Java_JAVA_EXECUTABLE} -cp ${CARESTEP_JNA}:${classes})
  carestep_binding_tests(java EXAMPLE ${java} LoadAndDecide TEST ${java} BindingsTest)
else()
  list(APPEND carestep_missing_languages java)
endif()

# ---- C#: Mono ----------------------------------------------------------------------------------------------------------
find_program(CARESTEP_MCS mcs)
find_program(CARESTEP_MONO mono)
if(CARESTEP_MCS AND CARESTEP_MONO)
  set(binding ${CMAKE_CURRENT_SOURCE_DIR}/csharp/Carestep.cs)
  foreach(program ${CMAKE_CURRENT_SOURCE_DIR}/csharp/LoadAndDecide ${PROJECT_SOURCE_DIR}/tests/bindings/BindingsTest)
    get_filename_component(name ${program} NAME)
    add_custom_command(OUTPUT ${name}.exe
      COMMAND ${CARESTEP_MCS} -warnaserror -out:${name}.exe ${binding} ${program}.cs
      DEPENDS ${binding} ${program}.cs COMMENT "Compiling the binding for C#: ${name}" VERBATIM)
  endforeach()
  add_custom_target(carestep_csharp ALL DEPENDS LoadAndDecide.exe BindingsTest.exe)
  carestep_binding_tests(csharp
    EXAMPLE ${CARESTEP_MONO} ${CMAKE_CURRENT_BINARY_DIR}/LoadAndDecide.exe
    TEST ${CARESTEP_MONO} ${CMAKE_CURRENT_BINARY_DIR}/BindingsTest.exe)
else()
  list(APPEND carestep_missing_languages csharp)
endif()

if(carestep_missing_languages)
  message(STATUS "No tests of the bindings for: ${carestep_missing_languages}")
endif()
