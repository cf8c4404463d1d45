#!/usr/bin/env bash
# Runs PROGRAM with DuckDB, which comes from its package for Node.js: from CARESTEP_DUCKDB (a path of libduckdb.so), or fetched
# once into the build folder. Status 77 (skipped) where it cannot be had.
#
#   duckdb_test.sh PROGRAM RULES FOLDER
set -euo pipefail
program=$1 rules=$2 folder=$3
package=@duckdb/node-bindings-linux-x64@1.5.6-r.1

library=${CARESTEP_DUCKDB:-$folder/package/libduckdb.so}
if [[ ! -f $library ]]; then
  if ! command -v npm >/dev/null; then
    echo 'skipped: there is no npm to fetch DuckDB with, and CARESTEP_DUCKDB names no libduckdb.so'
    exit 77
  fi
  mkdir -p "$folder"
  if ! (cd "$folder" && timeout 120 npm pack --silent "$package" >/dev/null 2>&1 && tar xzf duckdb-*.tgz && rm duckdb-*.tgz); then
    echo "skipped: $package could not be fetched, and CARESTEP_DUCKDB names no libduckdb.so"
    exit 77
  fi
fi
exec "$program" "$library" "$rules"
