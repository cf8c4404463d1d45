# What `cmake --install` puts where, in three components (`--component NAME` installs one of them):
#   library      the shared library, for programs that run
#   development  headers, what find_package(carestep) and pkg-config read, and the static library
#   tool         the carestep command
# Each brings the licence and the bill of materials. cmake/packages.cmake makes a Debian package of each.
include(CMakePackageConfigHelpers)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/carestep)

# The targets of one component of find_package, in a file of their own: who wants one needs nothing of the others. PART is the
# component that the file comes with.
function(carestep_install_targets component part)
  install(TARGETS ${ARGN} EXPORT carestep-${component}
    ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT development
    LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT library NAMELINK_COMPONENT development
    RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT tool)
  install(EXPORT carestep-${component} NAMESPACE carestep:: FILE carestep-${component}.cmake
    DESTINATION ${package_dir} COMPONENT ${part})
endfunction()

carestep_install_targets(cpp development carestep)
set_target_properties(carestep_c PROPERTIES EXPORT_NAME c)
carestep_install_targets(c development carestep_c)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/carestep DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT development)
if(CARESTEP_BUILD_CLI)
  set_target_properties(carestep-cli PROPERTIES EXPORT_NAME tool)
  carestep_install_targets(tool tool carestep-cli)
endif()

configure_package_config_file(${PROJECT_SOURCE_DIR}/cmake/carestepConfig.cmake.in
  ${PROJECT_BINARY_DIR}/carestepConfig.cmake INSTALL_DESTINATION ${package_dir})
# Before 1.0 a minor version may break: what asks for 0.1 gets 0.1.x only.
write_basic_package_version_file(${PROJECT_BINARY_DIR}/carestepConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/carestepConfig.cmake ${PROJECT_BINARY_DIR}/carestepConfigVersion.cmake
  DESTINATION ${package_dir} COMPONENT development)

# pkg-config finds what was installed where it is, whatever prefix it was configured for.
function(carestep_install_pc name)
  set(from ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig)
  file(RELATIVE_PATH prefix ${from} ${CMAKE_INSTALL_PREFIX})
  file(RELATIVE_PATH libdir ${from} ${CMAKE_INSTALL_FULL_LIBDIR})
  file(RELATIVE_PATH includedir ${from} ${CMAKE_INSTALL_FULL_INCLUDEDIR})
  configure_file(${PROJECT_SOURCE_DIR}/cmake/${name}.pc.in ${PROJECT_BINARY_DIR}/${name}.pc @ONLY)
  install(FILES ${PROJECT_BINARY_DIR}/${name}.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT development)
endfunction()

# A static library's users link its private libraries too; a shared one brings them along.
set(packages "fmt simdjson libcrypto libhwy")
if(CARESTEP_STANDALONE)
  set(packages "libcrypto")
endif()
set(carestep_pc_requires "Requires: ${packages}")
if(BUILD_SHARED_LIBS)
  set(carestep_pc_requires "Requires.private: ${packages}")
endif()
carestep_install_pc(carestep)
carestep_install_pc(carestep-c)

# The bindings are a file each, beside an example; the examples run from the folder above them.
install(DIRECTORY ${PROJECT_SOURCE_DIR}/examples DESTINATION ${CMAKE_INSTALL_DATADIR}/carestep COMPONENT development
  PATTERN CMakeLists.txt EXCLUDE PATTERN run EXCLUDE PATTERN *.cmake EXCLUDE PATTERN expected EXCLUDE
  PATTERN __pycache__ EXCLUDE)

# A folder for each component, named as its Debian package is, so that no file belongs to two packages.
get_target_property(abi carestep_c SOVERSION)
set(carestep_package_library libcarestep-c${abi})
set(carestep_package_development libcarestep-dev)
set(carestep_package_tool carestep)
foreach(component library development tool)
  set(folder ${CMAKE_INSTALL_DATAROOTDIR}/doc/${carestep_package_${component}})
  install(FILES ${PROJECT_SOURCE_DIR}/LICENSE DESTINATION ${folder} COMPONENT ${component} RENAME copyright)
  install(FILES ${PROJECT_BINARY_DIR}/carestep.spdx.json DESTINATION ${folder} COMPONENT ${component})
endforeach()

if(PROJECT_IS_TOP_LEVEL)
  include(${PROJECT_SOURCE_DIR}/cmake/packages.cmake)
endif()
