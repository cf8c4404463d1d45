# decide: one answer a line in order, whatever the threads, the cuts and the interruptions.
source "$(dirname "$0")/lib.sh" "$1"

caseload 3000 >"$work/in.ndjson"
expect_status 1 "$carestep" decide "$rules" "$work/in.ndjson" --jobs 1
cp "$work/out" "$work/expected"
[[ $(wc -l <"$work/expected") == 3000 ]] || fail 'one answer a line'
expect_in err '428 of 3000 assessments refused, the first on line 7: 428 E0606'
expect_not_in err 99
awk -F'[:,]' '{ if ($2 != NR - 1) exit 1 }' "$work/expected" || fail 'the order of the questions'

# ---- identical bytes for any number of jobs, and through a pipe in pieces
for jobs in 2 3 8; do
  expect_status 1 "$carestep" decide "$rules" "$work/in.ndjson" --jobs $jobs
  expect_same "$work/out" "$work/expected" "--jobs $jobs"
done
(head -c 1000 "$work/in.ndjson"; sleep 0.2; tail -c +1001 "$work/in.ndjson") | "$carestep" decide "$rules" >"$work/out" 2>/dev/null
expect_same "$work/out" "$work/expected" 'from a slow pipe'

# ---- whoever asks one question gets its answer before asking the next
coproc asked { "$carestep" decide "$rules" 2>/dev/null; }
head -n 1 "$work/in.ndjson" >&"${asked[1]}"
IFS= read -r -t 10 answer <&"${asked[0]}" || fail 'an answer while the input is open'
[[ $answer == "$(head -n 1 "$work/expected")" ]] || fail 'the right answer while the input is open'
exec {asked[1]}>&-
wait

# ---- blank lines, a byte-order mark, CR LF and a missing last line break change nothing
{ printf '\xef\xbb\xbf\n'; sed 's/$/\r\n/' "$work/in.ndjson" | head -c -1; } >"$work/blanks.ndjson"
expect_status 1 "$carestep" decide "$rules" "$work/blanks.ndjson"
expect_same "$work/out" "$work/expected" 'blank lines'

# ---- one object over several lines; torn and foreign lines among many
expect_status 0 "$carestep" decide "$rules" "$root/examples/assessments/riverbend.json"
[[ $(wc -l <"$work/out") == 1 ]] || fail 'one object over several lines is one assessment'
expect_in out '"id":"a-17"'
{ head -c 40 "$work/in.ndjson"; echo; sed -n 2,3p "$work/in.ndjson"; echo 'not json'; sed -n 4p "$work/in.ndjson"; } >"$work/torn.ndjson"
expect_status 1 "$carestep" decide "$rules" "$work/torn.ndjson"
[[ $(wc -l <"$work/out") == 5 ]] || fail 'a torn first line is one of many'
[[ $(grep -c '"status":"refused"' "$work/out") == 2 ]] || fail 'the torn line and the foreign one are refused'

# ---- a line that is too long is refused in its place
{ sed -n 1p "$work/in.ndjson"; printf '{"id":"%s"}\n' "$(head -c 17000000 /dev/zero | tr '\0' x)"; sed -n 2p "$work/in.ndjson"; } >"$work/long.ndjson"
expect_status 1 "$carestep" decide "$rules" "$work/long.ndjson"
[[ $(wc -l <"$work/out") == 3 ]] || fail 'three answers around a long line'
expect_same <(sed -n '1p;3p' "$work/out") <(head -n 2 "$work/expected") 'around a long line'
expect_in out 'longer than 16 MiB'

# ---- --out and --resume: cut anywhere, the end is the same
expect_status 1 "$carestep" decide "$rules" "$work/in.ndjson" --out "$work/whole"
expect_same "$work/whole" "$work/expected" --out
size=$(stat -c %s "$work/expected")
for bytes in 0 1 700 $((size / 3)) $((size - 1)) "$size"; do
  head -c "$bytes" "$work/expected" >"$work/part"
  expect_status 1 "$carestep" decide "$rules" "$work/in.ndjson" --out "$work/part" --resume
  expect_same "$work/part" "$work/expected" "resumed after $bytes bytes"
  expect_in err '428 of 3000'
done
for delay in 0.02 0.05 0.1; do
  rm -f "$work/killed"
  "$carestep" decide "$rules" "$work/in.ndjson" --out "$work/killed" 2>/dev/null & victim=$!
  sleep $delay
  kill -9 $victim 2>/dev/null
  wait $victim 2>/dev/null
  expect_status 1 "$carestep" decide "$rules" "$work/in.ndjson" --out "$work/killed" --resume
  expect_same "$work/killed" "$work/expected" "killed after $delay s"
done
# killed by any signal, again and again, until it is done: whole lines and at most one torn one, and the same end
caseload 40000 >"$work/many.ndjson"
"$carestep" decide "$rules" "$work/many.ndjson" --brief --out "$work/many" 2>/dev/null
rm -f "$work/killed"
for round in 1 2 3 4 5 6; do
  "$carestep" decide "$rules" "$work/many.ndjson" --brief --jobs 3 --out "$work/killed" --resume 2>/dev/null & victim=$!
  sleep "0.0$((RANDOM % 10))"
  kill -$([[ $((round % 2)) == 0 ]] && echo KILL || echo TERM) $victim 2>/dev/null
  wait $victim 2>/dev/null
  [[ -e $work/killed ]] && expect_same <(head -c "$(stat -c %s "$work/killed")" "$work/many") "$work/killed" "a good beginning after kill $round"
done
expect_status 1 "$carestep" decide "$rules" "$work/many.ndjson" --brief --out "$work/killed" --resume
expect_same "$work/killed" "$work/many" 'killed six times and resumed'

# ---- a reader that goes away ends it, also while it waits for more input
timeout 10 "$carestep" decide "$rules" - --jobs 3 < <(cat "$work/in.ndjson"; exec sleep 12) 2>/dev/null | head -n 1 >/dev/null
[[ ${PIPESTATUS[0]} == 3 ]] || fail 'a closed output ends a run that waits for input'

sed 's/"1.2.0"/"1.2.1"/' "$rules" >"$work/other.care"
head -n 5 "$work/expected" >"$work/part"
expect_status 3 "$carestep" decide "$work/other.care" "$work/in.ndjson" --out "$work/part" --resume
expect_in err 'another version'
expect_same <(head -n 5 "$work/expected") "$work/part" 'what cannot be resumed stays as it is'
expect_status 3 "$carestep" decide "$rules" "$work/torn.ndjson" --out "$work/whole" --resume

# ---- the other forms
expect_status 1 "$carestep" decide "$rules" "$work/in.ndjson" --brief
expect_in out '"possible_next"'
[[ $(head -n 1 "$work/out" | grep -c '"ruleset"') == 0 ]] || fail '--brief leaves out the ruleset'
expect_status 1 "$carestep" decide "$rules" "$work/in.ndjson" --explain
expect_in out '"explanation"'
expect_status 1 "$carestep" decide "$rules" "$work/in.ndjson" --format text
expect_in out 'indicated'
expect_in out 'why'

# ---- memory does not grow with the input
if command -v prlimit >/dev/null; then
  caseload 60000 >"$work/big.ndjson"
  expect_status 1 prlimit --as=1500000000 "$carestep" decide "$rules" "$work/big.ndjson" --brief --jobs 2
  # 60 MB of input through 40 MB of data
  (for i in 1 2 3 4; do cat "$work/big.ndjson"; done) | prlimit --data=40000000 "$carestep" decide "$rules" --brief --jobs 2 >/dev/null 2>&1
  [[ ${PIPESTATUS[1]} == 1 ]] || fail "memory grows with the input: ${PIPESTATUS[*]}"
fi

# ---- what somebody answered is in no message
sed 's/"age":\([0-9]*\)/"age":"canary7391"/' "$work/in.ndjson" >"$work/canary.ndjson"
expect_status 1 "$carestep" decide "$rules" "$work/canary.ndjson"
expect_not_in err canary7391
expect_not_in out canary7391
finish
