"""The bill of materials is well-formed SPDX 2.3, and lists every library that what was built looks for at run time.

usage: sbom_test.py SPDX_FILE BINARY...
"""

import json
import re
import subprocess
import sys

# The shared libraries of the packages. Those of the platform (C, C++, the loader) are not part of what is delivered.
PACKAGE_OF = {"libfmt": "fmt", "libsimdjson": "simdjson", "libcrypto": "openssl", "libhwy": "highway"}
PLATFORM = re.compile(r"^(libc|libm|libgcc_s|libstdc\+\+|ld-linux.*)\.so")
LICENCES = {"Apache-2.0", "BSL-1.0", "MIT", "BSD-3-Clause"}
RELATIONSHIPS = {"DESCRIBES", "STATIC_LINK", "DYNAMIC_LINK"}


def check(condition, message):
    if not condition:
        sys.exit(f"sbom_test: {message}")


def check_package(package):
    name = package["name"]
    check(re.fullmatch(r"SPDXRef-[A-Za-z0-9.-]+", package["SPDXID"]), f"the identifier of {name}")
    check(re.fullmatch(r"[0-9]+(\.[0-9]+)+[a-z]?", package["versionInfo"]), f"the version of {name}")
    check(package["licenseDeclared"] in LICENCES and package["licenseConcluded"] in LICENCES, f"the licence of {name}")
    check(package["filesAnalyzed"] is False and "packageVerificationCode" not in package, f"the files of {name}")
    for field in ("supplier", "downloadLocation", "copyrightText"):
        check(package[field], f"{field} of {name}")
    for reference in package["externalRefs"]:
        check(reference["referenceType"] == "purl" and reference["referenceLocator"].endswith("@" + package["versionInfo"]),
              f"the reference of {name}")


def check_document(document):
    check(document["spdxVersion"] == "SPDX-2.3" and document["dataLicense"] == "CC0-1.0", "the version")
    check(document["SPDXID"] == "SPDXRef-DOCUMENT" and document["name"], "the identifier")
    check(re.fullmatch(r"https://[^#\s]+", document["documentNamespace"]), "the namespace")
    creation = document["creationInfo"]
    check(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", creation["created"]), "the time")
    check(all(re.match(r"(Tool|Organization|Person): ", creator) for creator in creation["creators"]), "the creators")
    for package in document["packages"]:
        check_package(package)
    names = {package["SPDXID"] for package in document["packages"]}
    check(len(names) == len(document["packages"]), "an identifier stands twice")
    names.add("SPDXRef-DOCUMENT")
    related = set()
    for relation in document["relationships"]:
        check(relation["relationshipType"] in RELATIONSHIPS, f"the relationship {relation}")
        check({relation["spdxElementId"], relation["relatedSpdxElement"]} <= names, f"{relation} names no package")
        related.add(relation["relatedSpdxElement"])
    check(related == names - {"SPDXRef-DOCUMENT"}, "a package is in no relationship")


def needed(binary):
    dynamic = subprocess.run(["readelf", "-d", "-W", binary], capture_output=True, text=True, check=True).stdout
    return re.findall(r"\(NEEDED\).*\[(.+)\]", dynamic)


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        document = json.load(file)
    check_document(document)
    linked = {relation["relatedSpdxElement"] for relation in document["relationships"]
              if relation["relationshipType"] == "DYNAMIC_LINK"}
    for binary in sys.argv[2:]:
        libraries = needed(binary)
        check(libraries, f"{binary} needs nothing at all")
        for library in libraries:
            if PLATFORM.match(library) or library.startswith("libcarestep"):
                continue
            package = PACKAGE_OF.get(library.split(".so")[0])
            check(package and f"SPDXRef-{package}" in linked, f"{binary} needs {library}, which is not listed")


main()
