# cases: what it writes can be decided, and put into the rule file; what is covered goes to standard error.
source "$(dirname "$0")/lib.sh" "$1"

# ---- assessments, and the decisions that go with them
expect_status 0 "$carestep" cases "$rules"
expect_in out '{"id":"case-1","assessment_date":'
expect_in err ' rules made active'
expect_in err ' clauses decide both ways'
cp "$work/out" "$work/cases.ndjson"
expect_status 0 "$carestep" decide "$rules" "$work/cases.ndjson"
cp "$work/out" "$work/decisions.ndjson"
[[ $(wc -l <"$work/decisions.ndjson") == $(wc -l <"$work/cases.ndjson") ]] || fail "not one decision a case"
expect_status 0 "$carestep" cases "$rules" --decisions
sed 's/^{"assessment":{.*},"decision":\({.*}\),"covers":\[.*\]}$/\1/' "$work/out" >"$work/with.ndjson"
expect_same "$work/decisions.ndjson" "$work/with.ndjson" "cases --decisions and decide"
expect_in out '"covers":["'

# ---- examples: they pass, and cover all that can be covered
expect_status 0 "$carestep" cases "$rules" --format examples
cp "$work/out" "$work/examples.care"
{ sed '/^example /,$d' "$rules"; cat "$work/examples.care"; } >"$work/whole.care"
expect_status 0 "$carestep" test "$work/whole.care"
expect_in out ', 0 failed'
expect_not_in out 'no example makes'
expect_not_in out 'always'
"$carestep" fmt "$work/whole.care" | sed -n '/^example /,$p' >"$work/formatted.care"
expect_same "$work/examples.care" "$work/formatted.care" "examples in the canonical layout"

# ---- a changed rule is noticed
sed 's/then at least residential/then at least php/' "$work/whole.care" >"$work/changed.care"
expect_status 1 "$carestep" test "$work/changed.care"
sed 's/attendance < 0.7/attendance <= 0.7/' "$work/whole.care" >"$work/changed.care"
expect_status 1 "$carestep" test "$work/changed.care"

# ---- wrong calls, wrong rules, too little to work with
expect_status 2 "$carestep" cases
expect_status 2 "$carestep" cases "$rules" --format json
expect_status 2 "$carestep" cases "$rules" --format examples --decisions
expect_status 3 "$carestep" cases "$work/missing.care"
sed 's/withdrawal_risk is severe/withdrawal_rsk is severe/' "$rules" >"$work/bad.care"
expect_status 1 "$carestep" cases "$work/bad.care"
expect_status 4 "$carestep" cases "$rules" --budget 1
expect_in err 'over the budget'

finish
