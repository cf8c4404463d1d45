# diff: two versions over every assessment, and over a caseload.
source "$(dirname "$0")/lib.sh" "$1"

expect_status 0 "$carestep" diff "$rules" "$rules"
expect_in out 'proved: both decide all'

sed 's/^  when withdrawal_risk is severe$/  when withdrawal_risk is moderate or worse/' "$rules" >"$work/new.care"
expect_status 1 "$carestep" diff "$rules" "$work/new.care"
expect_in out 'next level php -> detox: '
expect_in out '  when      withdrawal_risk is moderate'
cp "$work/out" "$work/first"
expect_status 1 bash -c "'$carestep' diff '$rules' - <'$work/new.care'"
expect_same "$work/first" "$work/out" 'from standard input'
expect_status 1 "$carestep" diff --format json "$rules" "$work/new.care"
expect_in out '"verdict":"different"'
expect_status 4 "$carestep" diff --budget 0 "$rules" "$work/new.care"
expect_in out 'gave up'

expect_status 2 "$carestep" diff - -
expect_status 2 "$carestep" diff "$rules"
expect_status 2 "$carestep" diff "$rules" "$work/new.care" --renamed-input phq9
expect_status 2 "$carestep" diff "$rules" "$work/new.care" --renamed-input phq9=phq8
expect_status 3 "$carestep" diff "$rules" "$work/none.care"

# A caseload: everybody is accounted for, and the summary stands last.
caseload 210 >"$work/cases.ndjson"
expect_status 1 "$carestep" diff "$rules" "$work/new.care" --assessments "$work/cases.ndjson"
expect_in out '210 people: '
expect_in out '30 refused by both versions'
expect_in out 'next level iop -> detox'
expect_in out 'line 7, 6: refused by both'
expect_status 1 "$carestep" diff "$rules" "$rules" --assessments "$work/cases.ndjson"
expect_in out '210 people: 0 change, 180 stay as they are, 30 refused by both versions'
grep -v '"phq9":99' "$work/cases.ndjson" >"$work/good.ndjson"
expect_status 0 "$carestep" diff "$rules" "$rules" --assessments "$work/good.ndjson" --format json
expect_same <(echo '{"people":180,"changed":0,"refused_by_both":0,"same":180}') "$work/out"
expect_status 0 bash -c "'$carestep' diff '$rules' '$rules' --assessments - <'$work/good.ndjson'"
# What changes is what deciding twice shows.
expect_status 1 "$carestep" diff "$rules" "$work/new.care" --assessments "$work/good.ndjson" --format json
for version in "$rules" "$work/new.care"; do
  "$carestep" decide --brief "$version" "$work/good.ndjson" >"$work/decided.$(basename "$version")"
done
differ=$(paste -d '\n' "$work/decided.$(basename "$rules")" "$work/decided.new.care" | awk 'NR % 2 { first = $0; next } first != $0' | wc -l)
expect_in out "\"changed\":$differ,"
finish
