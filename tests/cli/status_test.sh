# Exit statuses, the two output streams, and what happens when a file or the system fails.
source "$(dirname "$0")/lib.sh" "$1"

# ---- 0: done and good
expect_status 0 "$carestep" --version
expect_in out carestep
expect_status 0 "$carestep" --help
for command in check fmt decide explain ask test cases graph describe help; do
  expect_in out "$command"
done
for command in check fmt decide explain ask test cases graph describe help; do
  expect_status 0 "$carestep" $command --help
  expect_in out Usage
done
expect_status 0 "$carestep" check "$rules"
expect_status 0 "$carestep" test "$rules"
expect_status 0 "$carestep" help
expect_in out E0601
expect_status 0 "$carestep" help e0601
expect_in out '# E0601'
for format in dot mermaid svg; do expect_status 0 "$carestep" graph "$rules" --format $format; done
for format in text markdown html json; do
  expect_status 0 "$carestep" describe "$rules" --format $format
  expect_status 0 "$carestep" explain "$rules" "$root/examples/assessments/riverbend.json" --format $format
done
expect_status 0 "$carestep" graph "$rules" --assessment "$root/examples/assessments/riverbend.json"
expect_status 0 "$carestep" explain "$rules" "$root/examples/assessments/riverbend.json" --level iop
expect_in out 'The next level iop'

# ---- 1: done, and the answer is bad news
sed 's/withdrawal_risk is severe/withdrawal_rsk is severe/' "$rules" >"$work/bad.care"
expect_status 1 "$carestep" check "$work/bad.care"
expect_in out withdrawal_rsk
expect_in out '^^^^'
expect_status 1 "$carestep" check --format json "$work/bad.care"
expect_in out '{"diagnostics":[{"code":"E'
expect_status 1 "$carestep" check --format sarif "$work/bad.care"
expect_in out '"version":"2.1.0"'
sed 's/expect step down to php/expect step down to iop/' "$rules" >"$work/failing.care"
expect_status 1 "$carestep" test "$work/failing.care"
expect_status 1 "$carestep" decide "$work/bad.care"
expect_in err withdrawal_rsk
printf '{}\n' >"$work/refused.json"
expect_status 1 "$carestep" explain "$rules" "$work/refused.json"
expect_status 1 "$carestep" graph "$rules" --assessment "$work/refused.json"

# ---- 2: called wrongly
expect_status 2 "$carestep"
expect_status 2 "$carestep" nonsense
expect_status 2 "$carestep" decide
expect_status 2 "$carestep" decide "$rules" --format xml
expect_status 2 "$carestep" decide "$rules" --resume
expect_status 2 "$carestep" decide - -
expect_status 2 "$carestep" decide "$rules" --brief --explain
expect_status 2 "$carestep" explain "$rules" "$root/examples/assessments/riverbend.json" --level attic
expect_status 2 "$carestep" fmt --write -
expect_status 2 "$carestep" help E9999
expect_status 2 "$carestep" ask "$rules" --date tomorrow
cp "$rules" "$work/mine.care"
expect_status 2 "$carestep" decide "$work/mine.care" "$work/refused.json" --out "$work/mine.care"
expect_same "$rules" "$work/mine.care"

# ---- 3: a file or the system failed
expect_status 3 "$carestep" check "$work/missing.care"
expect_in err missing.care
expect_status 3 "$carestep" check "$work"
expect_status 3 "$carestep" decide "$rules" "$work/missing.ndjson"
expect_status 3 "$carestep" decide "$rules" "$work/refused.json" --out "$work/no/such/folder"
expect_status 3 bash -c "'$carestep' describe '$rules' >&-"
expect_in err 'standard output'
if [[ -e /dev/full ]]; then
  expect_status 3 bash -c "'$carestep' describe '$rules' >/dev/full"
  expect_in err 'No space left'
  expect_status 3 "$carestep" decide "$rules" "$work/refused.json" --out /dev/full
fi
caseload 2000 >"$work/many.ndjson"
expect_status 3 bash -c "set -o pipefail; '$carestep' decide '$rules' '$work/many.ndjson' | head -n 1"
expect_in err 'Broken pipe'

# a file that was opened does not land in the place of a closed stream
(exec <&- >&- 2>&-; "$carestep" decide "$rules" "$work/many.ndjson" --out "$work/closed.ndjson")
[[ $(wc -l <"$work/closed.ndjson") == 2000 ]] || fail "decide with closed streams"

# ---- standard input
expect_status 0 bash -c "'$carestep' check - <'$rules'"
expect_status 0 bash -c "'$carestep' fmt - <'$rules'"
expect_status 0 bash -c "'$carestep' explain '$rules' - <'$root/examples/assessments/riverbend.json'"

# ---- no colour where there is no terminal
expect_status 1 "$carestep" check "$work/bad.care"
expect_not_in out $'\x1b'
finish
