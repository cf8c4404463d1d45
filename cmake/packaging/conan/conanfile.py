"""The Conan 2 recipe of carestep. It builds the source tree that it lies in: conan create cmake/packaging/conan"""

import os
import re

from conan import ConanFile
from conan.errors import ConanInvalidConfiguration
from conan.tools.build import check_min_cppstd
from conan.tools.cmake import CMake, CMakeDeps, CMakeToolchain, cmake_layout
from conan.tools.files import copy, load


class CarestepConan(ConanFile):
    name = "carestep"
    description = "Level-of-care placement rules that a clinician can read"
    license = "Apache-2.0"
    topics = ("clinical-decision-support", "rules")
    settings = "os", "arch", "compiler", "build_type"
    options = {"fPIC": [True, False], "tool": [True, False]}
    default_options = {"fPIC": True, "tool": False}

    def _source_tree(self):
        return os.path.join(self.recipe_folder, "..", "..", "..")

    def set_version(self):
        project = load(self, os.path.join(self._source_tree(), "CMakeLists.txt"))
        self.version = re.search(r"project\(carestep VERSION ([0-9.]+)", project).group(1)

    def export_sources(self):
        for pattern in ("CMakeLists.txt", "LICENSE", "cmake/*", "docs/diagnostics/*", "examples/*", "include/*", "src/*"):
            copy(self, pattern, self._source_tree(), self.export_sources_folder)

    def layout(self):
        cmake_layout(self)

    def validate(self):
        check_min_cppstd(self, 20)
        if self.settings.os != "Linux":
            raise ConanInvalidConfiguration("the C interface is linked with GNU's version scripts")

    def requirements(self):
        self.requires("boost/[>=1.74 <2]", options={"header_only": True})
        self.requires("fmt/[>=9.1 <12]")
        self.requires("highway/[>=1.0.3 <2]")
        self.requires("openssl/[>=3 <4]")
        self.requires("simdjson/[>=3.0.1 <4]")
        if self.options.tool:
            self.requires("cli11/[>=2.1.2 <3]")

    def generate(self):
        toolchain = CMakeToolchain(self)
        toolchain.cache_variables["CARESTEP_BUILD_CLI"] = bool(self.options.tool)
        toolchain.cache_variables["CARESTEP_BUILD_TESTS"] = False
        toolchain.cache_variables["CARESTEP_BUILD_EXAMPLES"] = False
        toolchain.generate()
        deps = CMakeDeps(self)
        # The names under which the build looks for them.
        deps.set_property("highway", "cmake_file_name", "hwy")
        deps.set_property("highway::hwy", "cmake_target_name", "hwy::hwy")
        deps.generate()

    def build(self):
        cmake = CMake(self)
        cmake.configure()
        cmake.build()

    def package(self):
        CMake(self).install()

    def package_info(self):
        cpp = self.cpp_info.components["cpp"]
        cpp.libs = ["carestep"]
        cpp.requires = ["boost::headers", "fmt::fmt", "highway::hwy", "openssl::crypto", "simdjson::simdjson"]
        cpp.set_property("cmake_target_name", "carestep::carestep")
        if self.options.tool:
            cpp.requires.append("cli11::cli11")
        c = self.cpp_info.components["c"]
        c.libs = ["carestep_c"]
        c.set_property("cmake_target_name", "carestep::c")
