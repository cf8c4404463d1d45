# fmt: printing, --check and --write.
source "$(dirname "$0")/lib.sh" "$1"

expect_status 0 "$carestep" fmt "$rules"
cp "$work/out" "$work/formatted.care"
expect_status 0 "$carestep" fmt --check "$work/formatted.care"
[[ ! -s $work/out ]] || fail '--check names a file that would not change'

sed 's/^  version/      version/' "$work/formatted.care" >"$work/crooked.care"
expect_status 1 "$carestep" fmt --check "$work/formatted.care" "$work/crooked.care"
expect_same <(echo "$work/crooked.care") "$work/out"
chmod 640 "$work/crooked.care"
ln -s crooked.care "$work/link.care"
expect_status 0 "$carestep" fmt --write "$work/link.care"
[[ ! -s $work/out ]] || fail '--write prints nothing'
expect_same "$work/crooked.care" "$work/formatted.care"
[[ $(stat -c %a "$work/crooked.care") == 640 ]] || fail '--write keeps the mode'
[[ -L $work/link.care ]] || fail '--write keeps the link'
[[ $(find "$work" -name '*.new') == '' ]] || fail '--write leaves nothing behind'

printf 'ruleset x\n  when when\n' >"$work/bad.care"
cp "$work/bad.care" "$work/bad.before"
expect_status 1 "$carestep" fmt --write "$work/bad.care"
expect_same "$work/bad.care" "$work/bad.before" 'a file with errors is left alone'
finish
