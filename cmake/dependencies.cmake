# The libraries underneath, which no user of carestep has to see. Read by src/CMakeLists.txt.
#
#   CARESTEP_LIBRARIES   what the library links
#   CARESTEP_FMT         fmt alone, for the targets that need nothing else
#   CARESTEP_BUNDLED     sources of others that become part of the library
#
# CARESTEP_STANDALONE takes them all in: what is built then needs the C and C++ libraries of the platform only. Debian has no
# archives of simdjson and highway, so it compiles one file of each; cmake/packaging/standalone fetches them.

# Seen by the tests, and by a project that takes this one in with add_subdirectory.
set(CMAKE_FIND_PACKAGE_TARGETS_GLOBAL ON)
find_package(Boost 1.74 REQUIRED)
find_package(fmt REQUIRED)
if(CARESTEP_STANDALONE)
  set(OPENSSL_USE_STATIC_LIBS ON)
endif()
find_package(OpenSSL REQUIRED COMPONENTS Crypto)

# FILE of the source tree that CARESTEP_NAME_SOURCE names becomes part of the library; VERSION_FILE has its version in the
# lines that PATTERN matches.
function(carestep_bundle name file headers version_file pattern)
  set(folder ${CARESTEP_${name}_SOURCE})
  if(NOT EXISTS ${folder}/${file})
    message(FATAL_ERROR "CARESTEP_STANDALONE needs CARESTEP_${name}_SOURCE, a folder with ${file} (cmake/packaging/standalone)")
  endif()
  file(STRINGS ${folder}/${version_file} lines REGEX ${pattern})
  list(TRANSFORM lines REPLACE "[^0-9.]" "")
  list(JOIN lines "." version)
  set(CARESTEP_${name}_VERSION ${version} PARENT_SCOPE)
  set_source_files_properties(${folder}/${file} PROPERTIES SKIP_PRECOMPILE_HEADERS ON COMPILE_OPTIONS -w)
  set(CARESTEP_BUNDLED ${CARESTEP_BUNDLED} ${folder}/${file} PARENT_SCOPE)
  set(CARESTEP_BUNDLED_HEADERS ${CARESTEP_BUNDLED_HEADERS} ${folder}/${headers} PARENT_SCOPE)
endfunction()

set(CARESTEP_BUNDLED "")
set(CARESTEP_BUNDLED_HEADERS "")
if(CARESTEP_STANDALONE)
  carestep_bundle(SIMDJSON singleheader/simdjson.cpp singleheader singleheader/simdjson.h "^#define SIMDJSON_VERSION ")
  carestep_bundle(HIGHWAY hwy/targets.cc . hwy/highway.h "^#define HWY_(MAJOR|MINOR|PATCH) ")
  # What the C interface does not reach falls away when it is linked.
  add_compile_options(-ffunction-sections -fdata-sections)
  # Headers alone: nothing of it is left to link.
  set(CARESTEP_FMT $<BUILD_INTERFACE:fmt::fmt-header-only>)
  set(CARESTEP_LIBRARIES ${CARESTEP_FMT} OpenSSL::Crypto)
else()
  find_package(simdjson REQUIRED)
  find_package(hwy REQUIRED)
  set(CARESTEP_SIMDJSON_VERSION ${simdjson_VERSION})
  set(CARESTEP_HIGHWAY_VERSION ${hwy_VERSION})
  set(CARESTEP_FMT fmt::fmt)
  set(CARESTEP_LIBRARIES fmt::fmt simdjson::simdjson OpenSSL::Crypto hwy::hwy)
endif()
