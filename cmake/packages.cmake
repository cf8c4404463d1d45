# What `cpack -G DEB` makes in the build folder: a Debian package of each component of cmake/install.cmake. What the programs and
# libraries in them need is read from the files themselves.
set(CPACK_GENERATOR DEB)
if(NOT CPACK_PACKAGE_CONTACT)
  set(CPACK_PACKAGE_CONTACT "The carestep developers <carestep@example.org>")
endif()
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_COMPONENTS_ALL library development tool)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SOURCE carestep)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)

set(CPACK_DEBIAN_LIBRARY_PACKAGE_NAME ${carestep_package_library})
set(CPACK_DEBIAN_LIBRARY_PACKAGE_SECTION libs)
set(CPACK_COMPONENT_LIBRARY_DESCRIPTION "The shared library, for the programs that decide levels of care with it.")

set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_NAME ${carestep_package_development})
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS
  "${carestep_package_library} (= ${PROJECT_VERSION}), libfmt-dev, libsimdjson-dev, libssl-dev, libhwy-dev")
set(CPACK_COMPONENT_DEVELOPMENT_DESCRIPTION "Headers for C and C++ and the static library; bindings for Python, Node.js,
Java and C#, with an example each.")

set(CPACK_DEBIAN_TOOL_PACKAGE_NAME ${carestep_package_tool})
set(CPACK_DEBIAN_TOOL_PACKAGE_SECTION science)
set(CPACK_COMPONENT_TOOL_DESCRIPTION "The command: checks, tests, explains and draws rule files, and decides
assessments.")

include(CPack)
