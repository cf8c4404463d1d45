# Writes carestep.spdx.json: what is built and what it is built from, as an SPDX 2.3 document. Read by src/CMakeLists.txt, which
# has found the packages.
#
# Headers alone end up inside what is built; a library may be linked into it (CARESTEP_STANDALONE) or looked for at run time.

set(sbom_packages "")
set(sbom_relations "")

# One package. USED_BY tells the packages that need it, HOW as an SPDX relationship.
function(carestep_sbom_package name version licence supplier)
  cmake_parse_arguments(ARG "" "HOW" "USED_BY" ${ARGN})
  if(NOT version)
    message(FATAL_ERROR "the bill of materials needs the version of ${name}")
  endif()
  string(APPEND sbom_packages ",
    {
      \"SPDXID\": \"SPDXRef-${name}\",
      \"name\": \"${name}\",
      \"versionInfo\": \"${version}\",
      \"supplier\": \"Organization: ${supplier}\",
      \"downloadLocation\": \"NOASSERTION\",
      \"filesAnalyzed\": false,
      \"licenseConcluded\": \"${licence}\",
      \"licenseDeclared\": \"${licence}\",
      \"copyrightText\": \"NOASSERTION\",
      \"externalRefs\": [
        { \"referenceCategory\": \"PACKAGE-MANAGER\", \"referenceType\": \"purl\", \"referenceLocator\": \"pkg:generic/${name}@${version}\" }
      ]
    }")
  foreach(user IN LISTS ARG_USED_BY)
    string(APPEND sbom_relations ",
    { \"spdxElementId\": \"SPDXRef-${user}\", \"relationshipType\": \"${ARG_HOW}\", \"relatedSpdxElement\": \"SPDXRef-${name}\" }")
  endforeach()
  set(sbom_packages "${sbom_packages}" PARENT_SCOPE)
  set(sbom_relations "${sbom_relations}" PARENT_SCOPE)
endfunction()

if(CARESTEP_STANDALONE)
  set(linked STATIC_LINK)
else()
  set(linked DYNAMIC_LINK)
endif()
set(sbom_products libcarestep)
if(CARESTEP_BUILD_CLI)
  list(APPEND sbom_products carestep)
endif()
foreach(product IN LISTS sbom_products)
  carestep_sbom_package(${product} ${PROJECT_VERSION} Apache-2.0 "carestep" HOW DESCRIBES USED_BY DOCUMENT)
endforeach()
carestep_sbom_package(boost "${Boost_VERSION_STRING}" BSL-1.0 "Boost" HOW STATIC_LINK USED_BY libcarestep)
carestep_sbom_package(fmt "${fmt_VERSION}" MIT "fmt" HOW ${linked} USED_BY ${sbom_products})
carestep_sbom_package(simdjson "${CARESTEP_SIMDJSON_VERSION}" Apache-2.0 "simdjson" HOW ${linked} USED_BY libcarestep)
carestep_sbom_package(openssl "${OPENSSL_VERSION}" Apache-2.0 "OpenSSL" HOW ${linked} USED_BY libcarestep)
carestep_sbom_package(highway "${CARESTEP_HIGHWAY_VERSION}" Apache-2.0 "Google" HOW ${linked} USED_BY libcarestep)
if(CARESTEP_BUILD_CLI)
  carestep_sbom_package(cli11 "${CLI11_VERSION}" BSD-3-Clause "CLI11" HOW STATIC_LINK USED_BY carestep)
  string(APPEND sbom_relations ",
    { \"spdxElementId\": \"SPDXRef-carestep\", \"relationshipType\": \"STATIC_LINK\", \"relatedSpdxElement\": \"SPDXRef-libcarestep\" }")
endif()

# The same contents have the same name; SOURCE_DATE_EPOCH sets the time, as everywhere.
string(SHA256 sbom_digest "${sbom_packages}${sbom_relations}")
string(TIMESTAMP sbom_created "%Y-%m-%dT%H:%M:%SZ" UTC)
string(SUBSTRING "${sbom_packages}" 1 -1 sbom_packages)
string(SUBSTRING "${sbom_relations}" 1 -1 sbom_relations)
file(CONFIGURE OUTPUT ${PROJECT_BINARY_DIR}/carestep.spdx.json @ONLY CONTENT [[{
  "spdxVersion": "SPDX-2.3",
  "dataLicense": "CC0-1.0",
  "SPDXID": "SPDXRef-DOCUMENT",
  "name": "carestep-@PROJECT_VERSION@",
  "documentNamespace": "https://spdx.org/spdxdocs/carestep-@PROJECT_VERSION@-@sbom_digest@",
  "creationInfo": {
    "created": "@sbom_created@",
    "creators": ["Tool: CMake-@CMAKE_VERSION@", "Organization: carestep"]
  },
  "packages": [@sbom_packages@
  ],
  "relationships": [@sbom_relations@
  ]
}
]])
