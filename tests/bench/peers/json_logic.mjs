// The rules of sud-continuum.care in JsonLogic, compiled by json-logic-engine, beside carestep on the same records:
//
//   node json_logic.mjs BENCHMARK RECORDS DECISIONS [ROUNDS]
//
// BENCHMARK is carestep_sud_continuum_bench, RECORDS are those of `carestep_make_assessments plain`, DECISIONS what
// `carestep decide --brief` says of the same. The package lies in node_modules below the folder JSON_LOGIC, or below the
// present one.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const [benchmark, recordsFile, decisionsFile, rounds = '5'] = process.argv.slice(2);
const packages = process.env.JSON_LOGIC ?? process.cwd();
const engineModule = createRequire(`${packages}/`)('json-logic-engine');

// ---- the rules; scales as lists of the values that count --------------------------------------------------------------

const v = (name) => ({ var: name });
const is = (name, ...values) =>
  values.length === 1 ? { '===': [v(name), values[0]] } : { in: [v(name), values] };
const ge = (name, n) => ({ '>=': [v(name), n] });
const lt = (name, n) => ({ '<': [v(name), n] });
const all = (...c) => ({ and: c });
const any = (...c) => ({ or: c });
const not = (c) => ({ '!': [c] });

const withdrawal2 = is('withdrawal_risk', 'moderate', 'severe');
const severeWithdrawal = is('withdrawal_risk', 'severe');
const psychiatric2 = is('psychiatric_severity', 'moderate', 'severe');
const home2 = is('home_environment', 'unstable', 'unsafe');
const relapse2 = is('relapse_risk', 'high', 'imminent');
const ready2 = is('readiness', 'contemplation', 'precontemplation');
const support1 = is('social_support', 'some', 'none');
const suicidal1 = is('suicidality', 'passive', 'active');
const obliged = v('has_work_school_family_obligations');

const detox = any(
  all(severeWithdrawal, any(is('biomedical_stability', 'monitored', 'unstable'), lt('days_abstinent', 6))),
  all(withdrawal2, is('biomedical_stability', 'unstable')),
  all(withdrawal2, is('psychiatric_severity', 'severe'), lt('days_abstinent', 4)));
const residential = any(
  all(is('suicidality', 'active'), psychiatric2),
  all(is('home_environment', 'unsafe'), any(relapse2, is('social_support', 'none')), lt('days_abstinent', 90)),
  all(is('relapse_risk', 'imminent'), support1, ready2),
  all(ge('prior_treatment_episodes', 4), ge('positive_screens_30d', 6), home2),
  all(severeWithdrawal, any(is('social_support', 'none'), home2)),
  all(is('current_level', 'detox'), lt('days_abstinent', 14), relapse2));
const php = any(
  all(is('psychiatric_severity', 'severe'), not(all(is('suicidality', 'none'), is('social_support', 'strong')))),
  all(suicidal1, psychiatric2, support1),
  all(relapse2, home2, ge('positive_screens_30d', 3)),
  all(is('current_level', 'residential'), lt('days_abstinent', 45), any(relapse2, psychiatric2)),
  all(is('biomedical_stability', 'unstable'), any(is('psychiatric_severity', 'mild', 'moderate', 'severe'), not(obliged))));
const iop = any(
  all(relapse2, any(lt('days_abstinent', 60), ge('positive_screens_30d', 1))),
  all(ready2, ge('prior_treatment_episodes', 2), lt('days_abstinent', 180)),
  all(is('current_level', 'outpatient'), lt('attendance_rate', 0.55), ge('positive_screens_30d', 2)),
  any(psychiatric2, all(is('suicidality', 'passive'), support1)),
  all(is('current_level', 'php', 'residential'), lt('days_abstinent', 120),
    not(all(is('readiness', 'action'), is('relapse_risk', 'low')))));
const mostOutpatient = all(ge('days_abstinent', 365), is('relapse_risk', 'low'), is('withdrawal_risk', 'none'),
  lt('positive_screens_30d', 1), is('psychiatric_severity', 'none', 'mild'));
const mostIop = any(
  all(obliged, ge('attendance_rate', 0.85), is('social_support', 'strong'), is('readiness', 'action', 'preparation'),
    is('relapse_risk', 'low', 'moderate')),
  all(ge('attendance_rate', 0.92), ge('days_abstinent', 180), lt('positive_screens_30d', 1),
    lt('prior_treatment_episodes', 6)));
const mostPhp = all(is('home_environment', 'supportive', 'neutral'), is('suicidality', 'none'),
  is('withdrawal_risk', 'none', 'mild'), ge('days_abstinent', 30));
const mostResidential = all(is('withdrawal_risk', 'none', 'mild', 'moderate'), is('biomedical_stability', 'stable'),
  lt('prior_treatment_episodes', 2));

const unless = (limits, level) => ({ if: [any(...limits), 'conflict', level] });
const decide = new engineModule.LogicEngine().build({
  if: [
    detox, unless([mostOutpatient, mostIop, mostPhp, mostResidential], 'detox'),
    residential, unless([mostOutpatient, mostIop, mostPhp], 'residential'),
    php, unless([mostOutpatient, mostIop], 'php'),
    iop, unless([mostOutpatient], 'iop'),
    'outpatient'],
});

// ---- agreement --------------------------------------------------------------------------------------------------------

const lines = (file) => readFileSync(file, 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line));
const records = lines(recordsFile);
lines(decisionsFile).forEach((decision, i) => {
  const told = decision.marks.includes('conflict') ? 'conflict' : decision.indicated_level;
  if (decide(records[i]) !== told) throw new Error(`record ${i} is decided otherwise`);
});

// ---- measuring, in turn with carestep ---------------------------------------------------------------------------------

function theirTime(seconds) {
  let kept = 0;
  let done = 0;
  const start = performance.now();
  do {
    for (const record of records) kept += decide(record).length;
    done += records.length;
  } while (performance.now() - start < seconds * 1e3);
  if (kept === 0) throw new Error('nothing was decided');
  return ((performance.now() - start) * 1e6) / done;
}
/// Prepared beforehand, as the records here are; and answered anew for each decision.
function carestepTimes() {
  const options = ['--raw', '--rounds', '1', '--seconds', '0.1', '--table', 'all answered'];
  const out = execFileSync(benchmark, options, { encoding: 'utf8' }).trimEnd().split('\n').map((row) => row.split('\t'));
  const time = (name) => Number(out.find((row) => row[0].includes(name))[1]);
  return [time('brief, 100,000'), time('then brief')];
}
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

theirTime(0.5);  // the compiler of the engine warms up
const theirs = [];
const ours = [[], []];
const ratios = [[], []];
for (let round = 0; round < Number(rounds); ++round) {
  const before = carestepTimes();
  theirs.push(theirTime(0.3));
  carestepTimes().forEach((after, form) => {
    ours[form].push((before[form] + after) / 2);
    ratios[form].push(theirs.at(-1) / ours[form].at(-1));
  });
}
const shown = (value) => Number(value.toPrecision(3));
const { version } = JSON.parse(readFileSync(`${packages}/node_modules/json-logic-engine/package.json`, 'utf8'));
console.log(`### Beside another rules engine, one record, one core

| engine | a record | against json-logic-engine |
|---|--:|--:|
| json-logic-engine ${version}, compiled, one expression, records in memory as objects | ${shown(median(theirs))} ns | 1 |
| carestep: brief, assessments prepared | ${shown(median(ours[0]))} ns | ${shown(median(ratios[0]))} × faster |
| carestep: 14 answers set by handle, then brief | ${shown(median(ours[1]))} ns | ${shown(median(ratios[1]))} × faster |

node ${process.version}, ${records.length} records; every decision agrees. ${rounds} rounds.
`);
