"""The vcpkg and Conan recipes say what CMakeLists.txt says: they parse, and name its version and its options.

usage: recipes_test.py SOURCE_FOLDER
"""

import ast
import json
import pathlib
import re
import sys


def check(condition, message):
    if not condition:
        sys.exit(f"recipes_test: {message}")


def constants(tree):
    """The plain values that a class of the module is given."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
            yield node.targets[0].id if isinstance(node.targets[0], ast.Name) else "", node.value.value


def main():
    source = pathlib.Path(sys.argv[1])
    project = (source / "CMakeLists.txt").read_text(encoding="utf-8")
    options = set(re.findall(r"option\((\w+)", project))
    version = re.search(r"project\(carestep VERSION ([0-9.]+)", project).group(1)
    build = "".join((source / name).read_text(encoding="utf-8") for name in ("src/CMakeLists.txt", "cmake/dependencies.cmake"))
    packages = set(re.findall(r"find_package\((\w+)", build))

    port = source / "cmake/packaging/vcpkg/carestep"
    manifest = json.loads((port / "vcpkg.json").read_text(encoding="utf-8"))
    check(manifest["name"] == "carestep" and manifest["version"] == version, "the name or version of vcpkg.json")
    check(manifest["license"] == "Apache-2.0", "the licence of vcpkg.json")
    portfile = (port / "portfile.cmake").read_text(encoding="utf-8")

    recipe = (source / "cmake/packaging/conan/conanfile.py").read_text(encoding="utf-8")
    values = dict(constants(ast.parse(recipe)))
    check(values["name"] == "carestep" and values["license"] == "Apache-2.0", "the name or licence of conanfile.py")
    ast.parse((source / "cmake/packaging/conan/test_package/conanfile.py").read_text(encoding="utf-8"))

    for text, name in ((portfile, "portfile.cmake"), (recipe, "conanfile.py")):
        used = set(re.findall(r"CARESTEP_\w+", text))
        check(used and used <= options, f"{name} sets {used - options}, which CMakeLists.txt does not know")

    # Each library that the build looks for is asked for, under the name that it has there.
    names = {"Boost": ("boost-graph", "boost/"), "fmt": ("fmt", "fmt/"), "simdjson": ("simdjson", "simdjson/"),
             "OpenSSL": ("openssl", "openssl/"), "hwy": ("highway", "highway/"), "CLI11": ("cli11", "cli11/")}
    wanted = [entry for entry in manifest["dependencies"] if isinstance(entry, str)]
    wanted += manifest["features"]["tool"]["dependencies"]
    check({"Boost", "fmt", "simdjson", "OpenSSL", "hwy", "CLI11"} <= packages, f"the build looks for {packages} only")
    for package in packages - {"Threads"}:
        check(package in names, f"no recipe names {package}")
        check(names[package][0] in wanted, f"vcpkg.json does not ask for {package}")
        check(f'self.requires("{names[package][1]}' in recipe, f"conanfile.py does not ask for {package}")


main()
