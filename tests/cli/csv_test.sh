# decide: CSV in and out gives what NDJSON gives.
source "$(dirname "$0")/lib.sh" "$1"

# csv COUNT SEPARATOR POINT: the caseload of lib.sh as rows; every seventh is refused.
csv() {
  awk -v count="$1" -v s="$2" -v point="$3" 'BEGIN {
    split("none outpatient iop php residential detox", level)
    split("none mild moderate severe", risk)
    split("supportive neutral unstable unsafe", home)
    split("low moderate high imminent", relapse)
    print "id" s "assessment_date" s "current_level" s "days_in_level" s "previous" s "age" s "withdrawal_risk" s "home_environment" s "phq9" s "relapse_risk" s "attendance" s "conditions" s "last_use"
    for (i = 0; i < count; i++)
      printf "%d%s2026-05-14%s%s%s%s%snone%s%d%s%s%s%s%s%s%s%s%s0%s%02d%snone%s2026-05-%02d\n", i, s, s, level[i % 6 + 1], s, (i % 6 ? i % 40 : ""), s, s, 18 + i % 60, s, risk[i % 4 + 1], s, home[int(i / 3) % 4 + 1], s, (i % 7 == 6 ? "99" : i % 28), s, (i % 5 ? relapse[int(i / 5) % 4 + 1] : ""), s, point, i % 100, s, s, i % 14 + 1
  }'
}

caseload 3000 >"$work/in.ndjson"
csv 3000 , . >"$work/in.csv"
expect_status 1 "$carestep" decide "$rules" "$work/in.ndjson" --brief
grep -v refused "$work/out" >"$work/expected"
expect_status 1 "$carestep" decide "$rules" "$work/in.csv" --brief
grep -v refused "$work/out" | expect_same - "$work/expected" 'rows decide as lines do'
cp "$work/out" "$work/answers"
expect_in out '"path":"line 8, column phq9"'
expect_in err '428 of 3000 assessments refused, the first on line 8: 428 E0606'

# ---- any number of threads, a pipe, a byte-order mark, CR LF, semicolons with decimal commas, empty rows
for jobs in 1 3; do
  expect_status 1 "$carestep" decide "$rules" "$work/in.csv" --brief --jobs $jobs
  expect_same "$work/out" "$work/answers" "--jobs $jobs"
done
(head -c 700 "$work/in.csv"; sleep 0.2; tail -c +701 "$work/in.csv") | "$carestep" decide "$rules" --brief >"$work/out" 2>/dev/null
expect_same "$work/out" "$work/answers" 'from a slow pipe, told by its header'
{ printf '\xef\xbb\xbf'; csv 3000 ';' , | sed 's/$/\r/'; printf ';;;;;;;;;;;;\r\n\r\n'; } >"$work/spreadsheet.csv"
expect_status 1 "$carestep" decide "$rules" "$work/spreadsheet.csv" --brief
expect_same "$work/out" "$work/answers" 'as a spreadsheet writes it'

# ---- decisions as rows
expect_status 1 "$carestep" decide "$rules" "$work/in.csv" --brief --format csv
[[ $(wc -l <"$work/out") == 3001 ]] || fail 'a header and a row each'
[[ $(head -n 1 "$work/out") == id,status,move,next_level,indicated_level,possible_next,marks,errors ]] || fail 'the header'
[[ $(grep -c ',refused,' "$work/out") == 428 ]] || fail 'refused rows'
expect_status 1 "$carestep" decide "$rules" "$work/in.ndjson" --format csv
[[ $(wc -l <"$work/out") == 3001 ]] || fail 'rows for lines'
expect_in out 'E0606 answers.phq9: out of range'

# ---- quoted line breaks, formulas, rows that are no rows
printf 'id,assessment_date,age\n"a\nb",2026-05-14,34\n"=1+1",2026-05-14,34\n3,2026-05-14\n4,2026-05-14,canary7391\n5,2026-05-14,"34' >"$work/odd.csv"
expect_status 1 "$carestep" decide "$rules" "$work/odd.csv" --brief --format csv
expect_in out "'=1+1"
expect_in out 'E0601 line 5: expected 3 cells as in the header, found 2'
expect_in out 'E0602 line 6, column age: expected a whole number'
expect_in out 'E0601 line 7: a quote is not closed'
expect_in err '3 of 5 assessments refused, the first on line 5'
expect_not_in out canary7391
expect_not_in err canary7391

# ---- headers
printf 'id,assessment_date,aeg\n' >"$work/bad.csv"
expect_status 1 "$carestep" decide "$rules" "$work/bad.csv" --out "$work/none"
expect_in err 'did you mean `age`?'
[[ ! -e $work/none ]] || fail 'nothing is written where the header is refused'
printf 'canary7391,severe\n' >"$work/bad.csv"
expect_status 1 "$carestep" decide "$rules" "$work/bad.csv"
expect_not_in err canary7391
expect_status 2 "$carestep" decide "$rules" "$work/in.csv" --format csv --explain
expect_status 2 "$carestep" decide "$rules" "$work/in.csv" --format csv --out "$work/none" --resume

# ---- --resume passes over rows
expect_status 1 "$carestep" decide "$rules" "$work/in.csv" --out "$work/whole"
head -c 70000 "$work/whole" >"$work/part"
expect_status 1 "$carestep" decide "$rules" "$work/in.csv" --out "$work/part" --resume
expect_same "$work/part" "$work/whole" 'resumed'
finish
