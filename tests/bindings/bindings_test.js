// The binding for Node.js: what it gives, what it throws, and what happens to what was closed.
'use strict';

const assert = require('node:assert');
const fs = require('node:fs');
const path = require('node:path');
const {Worker, isMainThread} = require('node:worker_threads');
const carestep = require(path.resolve('examples/node/carestep'));

const DAY = '2026-05-14';
const SMALLEST = `ruleset smallest "Der kleinste Weg – für Übung 🙂"
  language 1
  version "1"
  status active
levels outpatient < residential
level residential "Wohnen in Köln"
rule everyone then at least outpatient
`;
const rules = carestep.Ruleset.load('examples/riverbend.care');
const riverbend = fs.readFileSync('examples/assessments/riverbend.json', 'utf8');

const tests = {
  ruleset() {
    assert.deepStrictEqual([rules.name, rules.version, rules.status], ['riverbend', '1.2.0', 'active']);
    assert.match(rules.sha256, /^[0-9a-f]{64}$/);
    assert.match(carestep.engineVersion(), /^\d+\.\d+\.\d+$/);
    assert.strictEqual(rules.input('home_environment').question, 'How safe and supportive is the home?');
  },
  texts_are_unicode() {
    const smallest = carestep.Ruleset.fromText(SMALLEST);
    assert.strictEqual(smallest.title, 'Der kleinste Weg – für Übung 🙂');
    assert.strictEqual(smallest.level('residential').label, 'Wohnen in Köln');
  },
  mistakes_in_rules() {
    const wrong = SMALLEST.replace('at least outpatient', 'at least outpatint');
    assert.throws(() => carestep.Ruleset.fromText(wrong, 'my.care'), (error) => {
      assert(error instanceof carestep.RulesError);
      assert(JSON.stringify(error.diagnostics).includes('my.care'));
      assert(error.message.includes('outpatient'));
      return true;
    });
    assert.throws(() => carestep.Ruleset.load('examples/nowhere.care'), carestep.RulesError);
    assert.throws(() => carestep.Ruleset.load(42), {code: 'argument'});
  },
  refused_answers() {
    const person = rules.assessment(DAY);
    assert.throws(() => person.set('phq9', 99), (error) => {
      assert(error instanceof carestep.RefusedError);
      assert.strictEqual(error.refusals[0].path, 'answers.phq9');
      return !error.message.includes('99');
    });
    assert.throws(() => person.set('phq9', true), carestep.RefusedError);
    assert.throws(() => person.set('attendance', 0.95), TypeError);
    assert.throws(() => person.set('conditions', [1]), {code: 'argument'});
    assert.throws(() => person.set('withdrawal_risk', 'none\0'), {code: 'argument'});
    assert.throws(() => person.set('shoe_size', 42), {code: 'not_found'});
    assert.throws(() => rules.assessment('2026-02-30'), {code: 'not_found'});
  },
  what_is_unknown() {
    const person = rules.assessment(DAY);
    person.set('current_level', 'none');
    person.set('age', 34n);
    person.set('phq9', '6', '2026-05-01');
    person.set('previous phq9', 8);
    person.set('last_use', 'never');
    person.setUnknown('relapse_risk', 'refused');
    person.setUnavailable('php');
    const decision = rules.decide(person);
    assert.strictEqual(decision.status, 'undetermined');
    assert(decision.ask.includes('home_environment'));
    const written = JSON.parse(person.json());
    assert.deepStrictEqual(written.answers.relapse_risk, {unknown: 'refused'});
    assert.deepStrictEqual(written.unavailable, ['php']);
  },
  json_and_explanations() {
    const person = rules.assessmentFromJson(riverbend);
    assert.deepStrictEqual(JSON.parse(rules.decideJson(riverbend)), rules.decide(person));
    assert.strictEqual(JSON.parse(rules.explain(person, 'json')).id, 'a-17');
    assert.throws(() => rules.explain(person, 'toString'), TypeError);
    assert.throws(() => rules.assessmentFromJson('{}'), carestep.RefusedError);
  },
  refused_decisions() {
    const late = rules.assessment('2031-01-01');
    assert.strictEqual(rules.decide(late).status, 'refused');
    assert.notStrictEqual(rules.decide(late, {allowOutOfForce: true}).status, 'refused');
  },
  closed_objects() {
    const own = carestep.Ruleset.fromText(SMALLEST);
    const person = own.assessment(DAY);
    own.close();
    own.close();
    assert.throws(() => own.assessment(DAY), /closed/);
    assert.throws(() => own.decide(person), /closed/);
    assert.strictEqual(JSON.parse(person.json()).assessment_date, DAY);
    person.close();
    assert.throws(() => person.json(), /closed/);
  },
  collected_objects() {
    for (let i = 0; i < 1000; ++i) rules.assessment(DAY).set('age', 34);
    if (global.gc) global.gc();
  },
};

for (const [name, test] of Object.entries(tests)) {
  test();
  if (isMainThread) console.log(`ok ${name}`);
}
// A worker loads the same library, and has objects of its own.
if (isMainThread) new Worker(__filename).on('error', (error) => { throw error; }).on('exit', () => console.log('ok worker'));
