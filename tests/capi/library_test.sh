#!/usr/bin/env bash
# What the shared library shows to the outside, and whether the interface is still what it was.
#
#   library_test.sh LIBRARY             compares with tests/capi/abi, which is what programs were built against
#   library_test.sh LIBRARY --bless     takes the interface as it is now for that
#
# Adding is compatible: raise CARESTEP_ABI_MINOR and bless. Anything else that abidiff reports breaks programs: raise
# CARESTEP_ABI_MAJOR.
set -euo pipefail
library=$1
bless=${2:-}
here=$(cd "$(dirname "$0")" && pwd)
header=$here/../../include/carestep/carestep.h
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() {
  echo "FAILED: $1" >&2
  exit 1
}

# ---- symbols, name, size ------------------------------------------------------------------------------------------------
exported() { nm -D --defined-only "$library" | awk '$2 != "A" {print $3}' | sed 's/@.*//' | sort; }
declared() { gcc -std=c99 -E -P -DCARESTEP_C_BUILD -I"$here/../../include" "$header" | tr '\n' ' ' | tr ';' '\n' |
  grep 'visibility("default")' | grep -o 'carestep_[a-z_0-9]*(' | tr -d '(' | sort; }
exported >"$work/exported"
declared >"$work/declared"
# With sanitizers, the library has symbols of theirs too.
if [[ -z ${CARESTEP_SANITIZED:-} ]]; then
  diff "$work/declared" "$work/exported" >&2 || fail "the library exports other functions than carestep.h declares (<: header)"
fi
[[ $(wc -l <"$work/declared") -gt 80 ]] || fail "the header's functions were not found"

major=$(sed -n 's/^#define CARESTEP_ABI_MAJOR \([0-9]*\)$/\1/p' "$header")
soname=$(readelf -d "$library" | sed -n 's/.*SONAME.*\[\(.*\)\]/\1/p')
[[ $soname == "libcarestep_c.so.$major" ]] || fail "the library's name is $soname"

strip -o "$work/stripped" "$library"
size=$(stat -c %s "$work/stripped")
echo "stripped: $size bytes"
(( size < 3000000 )) || fail "the stripped library has 3 MB or more"

# Nothing in it ends the process, handles signals, changes the locale or starts threads by a call of its own.
forbidden='^(exit|_exit|quick_exit|atexit|signal|sigaction|setlocale|pthread_create|fork|system|setenv|putenv|srand|rand|time|clock|localtime|gettimeofday|getenv|secure_getenv)$'
if [[ -z ${CARESTEP_SANITIZED:-} ]]; then
  found=$(nm -D --undefined-only "$library" | awk '{print $2}' | sed 's/@.*//' | grep -E "$forbidden" || true)
  [[ -z $found ]] || fail "the library calls: $found"
fi

# ---- the binary interface ------------------------------------------------------------------------------------------------
# A library with the header's functions and nothing in them tells their types, whatever carestep_c is built with.
{
  echo '#include <carestep/carestep.h>'
  gcc -std=c99 -E -P -DCARESTEP_C_BUILD -I"$here/../../include" "$header" | tr '\n' ' ' | tr ';' '\n' |
    grep 'visibility("default")' | sed 's/^ *\(extern *\)*__attribute__((visibility("default"))) *//' |
    sed 's/^void .*/& {}/; t; s/$/ { return 0; }/'
} >"$work/stub.c"
gcc -std=c99 -g -gdwarf-4 -fPIC -shared -DCARESTEP_C_BUILD -I"$here/../../include" -Wl,-soname,"$soname" \
  "$work/stub.c" -o "$work/libstub.so" || fail "the stand-in for the interface does not compile"
grep -oE '\bCARESTEP_[A-Z0-9_]+ = [0-9]+|^#define CARESTEP_[A-Z_]+ .*' "$header" | grep -v ABI_MINOR | sort >"$work/constants"
if [[ $bless == --bless ]]; then
  abidw --no-corpus-path --no-comp-dir-path --no-show-locs --out-file "$here/abi/carestep.xml" "$work/libstub.so"
  cp "$work/constants" "$here/abi/constants"
  exit 0
fi
gone=$(comm -23 "$here/abi/constants" "$work/constants")
[[ -z $gone ]] || fail "constants are gone or have other values: $gone"
if ! command -v abidiff >/dev/null; then
  echo 'abidiff is not installed (abigail-tools): types were not compared'
  exit 0
fi
abidiff --no-show-locs --no-added-syms "$here/abi/carestep.xml" "$work/libstub.so" || fail 'the binary interface has changed: see the head of this file'
added=$(comm -13 "$here/abi/constants" "$work/constants"; abidiff --no-show-locs "$here/abi/carestep.xml" "$work/libstub.so" | grep -c 'Added function' || true)
echo "the interface is what it was; additions not blessed: ${added//$'\n'/, }"
