# ask: an interview through a pipe.
source "$(dirname "$0")/lib.sh" "$1"

# Answers every question of an interview from a table, by the name in the question's own order.
cat >"$work/known.json" <<'EOF'
{"id":"b-2","assessment_date":"2026-05-14","current_level":"none","previous":null,"answers":{"age":34,"withdrawal_risk":"none","phq9":6,
 "relapse_risk":"low","attendance":0.95,"conditions":[],"last_use":"2026-03-30"}}
EOF

# Only the home is left to ask, and a bed in sober housing where it is not safe.
interview() { printf '%s' "$1" | "$carestep" ask "$rules" --answers "$work/known.json" >"$work/out" 2>"$work/err"; }

interview $'supportive\n'
expect_in err 'How safe and supportive is the home?'
expect_in err '4) unsafe'
expect_in err 'admit to outpatient'
expect_in out '"home_environment":"supportive"'
expect_in out '"id":"b-2"'

# a value by its number; an assumption is made where the rules say so
interview $'4\n'
expect_in out '"home_environment":"unsafe"'
expect_in err 'admit to residential'
expect_in err 'assumed     sober_housing'

# what is no answer is asked again; `?`, `back`, `skip` and `quit`
interview $'palace\n?\n\nback\nneutral\n'
expect_in err 'none of the answers'
expect_in err 'home_environment (Where the person would live during treatment)'
expect_in err 'A bed in staffed sober housing is available'
expect_in out '"home_environment":"neutral"'
interview $'skip\n'
expect_not_in out home_environment
expect_in err 'not determined yet'
interview $'quit\n'
expect_not_in out home_environment
interview ''
expect_in out '"assessment_date":"2026-05-14"'

# what was written starts the next interview
interview $'skip\nyes\n'
expect_in err 'still possible: outpatient, iop'
expect_in out '"sober_housing":true'
cp "$work/out" "$work/begun.json"
printf 'supportive\n' | "$carestep" ask "$rules" --answers "$work/begun.json" --out "$work/done.json" >"$work/out" 2>"$work/err"
expect_not_in out age
grep -qF '"sober_housing":true' "$work/done.json" || fail '--out has the assessment'
expect_status 0 "$carestep" decide "$rules" "$work/done.json"
expect_in out '"status":"determined"'

# from nothing, with a date
printf 'quit\n' | "$carestep" ask "$rules" --date 2026-05-14 >"$work/out" 2>"$work/err"
expect_in out '"assessment_date":"2026-05-14"'
expect_status 1 "$carestep" ask "$rules" --date 2020-01-01
expect_status 2 "$carestep" ask "$rules" --answers "$work/known.json" --date 2026-05-14
finish
