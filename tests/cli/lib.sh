# What the scripts of this folder share. Each is run as: bash NAME_test.sh path/to/carestep
set -u
carestep=$1
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
rules=$root/examples/riverbend.care
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0

fail() {
  printf 'FAILED: %s\n' "$*"
  failures=$((failures + 1))
}

# expect_status WANTED command…: runs it, with its output in $work/out and $work/err.
expect_status() {
  local wanted=$1
  shift
  "$@" >"$work/out" 2>"$work/err" </dev/null
  local got=$?
  [[ $got == "$wanted" ]] || { fail "status $got, expected $wanted: $*"; head -n 5 "$work/err"; }
}

# expect_in FILE text: the file has it.
expect_in() { grep -qF -- "$2" "$work/$1" || { fail "no \`$2\` in $1"; head -n 5 "$work/$1"; }; }
expect_not_in() { ! grep -qF -- "$2" "$work/$1" || fail "\`$2\` in $1"; }
expect_same() { cmp -s "$1" "$2" || { fail "$1 and $2 differ${3:+: $3}"; diff "$1" "$2" | head -n 5; }; }

# caseload COUNT: assessments of riverbend, one a line; every seventh is refused.
caseload() {
  awk -v count="$1" 'BEGIN {
    split("none outpatient iop php residential detox", level)
    split("none mild moderate severe", risk)
    split("supportive neutral unstable unsafe", home)
    split("low moderate high imminent", relapse)
    for (i = 0; i < count; i++) {
      phq9 = i % 7 == 6 ? "99" : i % 28
      printf "{\"id\":%d,\"assessment_date\":\"2026-05-14\",\"current_level\":\"%s\",%s\"previous\":null,\"answers\":{", i, level[i % 6 + 1], i % 6 ? "\"days_in_level\":" i % 40 "," : ""
      printf "\"age\":%d,\"withdrawal_risk\":\"%s\",\"home_environment\":\"%s\",\"phq9\":%s,", 18 + i % 60, risk[i % 4 + 1], home[int(i / 3) % 4 + 1], phq9
      if (i % 5) printf "\"relapse_risk\":\"%s\",", relapse[int(i / 5) % 4 + 1]
      printf "\"attendance\":0.%02d,\"conditions\":[],\"last_use\":\"2026-05-%02d\"}}\n", i % 100, i % 14 + 1
    }
  }'
}

finish() {
  [[ $failures == 0 ]] && exit 0
  echo "$failures failed"
  exit 1
}
