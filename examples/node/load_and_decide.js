// Reads a rule file, places one person on its levels and prints the decision.
'use strict';

const carestep = require('./carestep');

try {
  const rules = carestep.Ruleset.load('examples/riverbend.care');
  const person = rules.assessment('2026-05-14');
  person.set('current_level', 'residential');
  person.set('days_in_level', 30);
  person.set('age', 34);
  person.set('withdrawal_risk', 'none');
  person.set('home_environment', 'supportive');
  person.set('phq9', 6);
  person.set('relapse_risk', 'low');
  person.set('attendance', '0.95');
  person.set('conditions', ['ptsd']);
  person.set('last_use', '2026-03-30');
  person.noPrevious();

  const decision = rules.decide(person);
  console.log(`status:    ${decision.status}`);
  console.log(`move:      ${decision.move}`);
  console.log(`next:      ${rules.level(decision.next_level).label}`);
  console.log(`indicated: ${rules.level(decision.indicated_level).label}`);
  for (const name of decision.active) console.log(`active:    ${name}: ${rules.rule(name).because}`);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
