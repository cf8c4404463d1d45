# What `cmake --install` puts where: the library, its headers, the command, and what finds them again
# (find_package(carestep), pkg-config carestep).
include(CMakePackageConfigHelpers)

install(TARGETS carestep EXPORT carestep
  ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR}
  LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}
  RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/carestep DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
if(CARESTEP_BUILD_CLI)
  install(TARGETS carestep-cli RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/carestep)
install(EXPORT carestep NAMESPACE carestep:: FILE carestepTargets.cmake DESTINATION ${package_dir})
configure_package_config_file(${PROJECT_SOURCE_DIR}/cmake/carestepConfig.cmake.in
  ${PROJECT_BINARY_DIR}/carestepConfig.cmake INSTALL_DESTINATION ${package_dir})
# Before 1.0 a minor version may break: what asks for 0.1 gets 0.1.x only.
write_basic_package_version_file(${PROJECT_BINARY_DIR}/carestepConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/carestepConfig.cmake ${PROJECT_BINARY_DIR}/carestepConfigVersion.cmake
  DESTINATION ${package_dir})

# A static library's users link its private libraries too; a shared one brings them along.
set(carestep_private_packages "fmt simdjson libcrypto libhwy")
if(BUILD_SHARED_LIBS)
  set(carestep_pc_requires "Requires.private: ${carestep_private_packages}")
else()
  set(carestep_pc_requires "Requires: ${carestep_private_packages}")
endif()
cmake_path(IS_ABSOLUTE CMAKE_INSTALL_LIBDIR libdir_is_absolute)
if(libdir_is_absolute)
  set(carestep_pc_libdir ${CMAKE_INSTALL_LIBDIR})
else()
  set(carestep_pc_libdir "\${prefix}/${CMAKE_INSTALL_LIBDIR}")
endif()
cmake_path(IS_ABSOLUTE CMAKE_INSTALL_INCLUDEDIR includedir_is_absolute)
if(includedir_is_absolute)
  set(carestep_pc_includedir ${CMAKE_INSTALL_INCLUDEDIR})
else()
  set(carestep_pc_includedir "\${prefix}/${CMAKE_INSTALL_INCLUDEDIR}")
endif()
configure_file(${PROJECT_SOURCE_DIR}/cmake/carestep.pc.in ${PROJECT_BINARY_DIR}/carestep.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/carestep.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})
