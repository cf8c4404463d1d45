// carestep for Node.js: the C interface (carestep.h) through carestep.node, which is built from carestep_node.c.
//
// Shape    Ruleset.load(path), ruleset.assessment(day), assessment.set(name, answer), ruleset.decide(assessment).
// Units    days are texts, `2026-05-14`. Numbers are integers, or texts where they have decimals: `0.95`.
// Errors   RulesError when a rule file has mistakes or cannot be read, RefusedError when an answer does not fit the ruleset.
//          No message shows what somebody answered.
// Memory   what is collected is freed; close() frees at once, and what is closed throws when it is used. A decision is a plain
//          object.
// Threads  a worker has objects of its own.
'use strict';

const native = require(process.env.CARESTEP_NODE || './carestep.node');

const LEVEL = 0;
const INPUT = 1;
const RULE = 2;
const NUMBER = 5;
const DATE = 6;
const NO_DATE = -(2 ** 31);
const FORMATS = {text: 0, json: 1, markdown: 2, html: 3};
const UNKNOWN = {not_asked: 0, refused: 1, unable: 2};

/** The rules have mistakes, or cannot be read: `diagnostics` lists them, as `carestep check --format json` does. */
class RulesError extends Error {
  constructor(message, diagnostics) {
    super(message);
    this.name = 'RulesError';
    this.diagnostics = diagnostics;
  }
}

/** An answer or an assessment does not fit the ruleset: `refusals` says why. */
class RefusedError extends Error {
  constructor(message, refusals) {
    super(message);
    this.name = 'RefusedError';
    this.refusals = refusals;
  }
}

function call(name, ...values) {
  try {
    return native[name](...values);
  } catch (error) {
    if (error.refusals) throw new RefusedError(error.message, error.refusals);
    if (error.diagnostics) throw new RulesError(error.message, JSON.parse(error.diagnostics));
    throw error;
  }
}

function choice(table, name) {
  if (!Object.hasOwn(table, name)) throw new TypeError(`expected one of ${Object.keys(table).join(', ')}`);
  return table[name];
}

/** Something of the library's that can be closed. */
class Handle {
  #native;

  constructor(handle) {
    this.#native = handle;
  }

  get handle() {
    if (this.#native === null) throw new Error(`this ${this.constructor.name} is closed`);
    return this.#native;
  }

  /** Frees it now; what was made from it stays usable. */
  close() {
    if (this.#native !== null) native.close(this.#native);
    this.#native = null;
  }
}

/** Checked rules, ready to decide with. Made by `load` or `fromText`. */
class Ruleset extends Handle {
  /** Parses, checks and compiles a rule file and all that it uses. */
  static load(path) {
    return new Ruleset(call('load', path));
  }

  /** Likewise from a text that uses no other file; `name` is what diagnostics call it. */
  static fromText(text, name = 'rules.care') {
    return new Ruleset(call('loadText', text, name));
  }

  constructor(handle) {
    super(handle);
    Object.assign(this, native.describe(handle));  // name, title, version, status, sha256
  }

  declaration(kind, name) {
    return call('declaration', this.handle, kind, name);
  }

  /** The words of a level: name, label. */
  level(name) {
    return this.declaration(LEVEL, name);
  }

  /** The words of an input: name, label, question, help, unit. */
  input(name) {
    return this.declaration(INPUT, name);
  }

  /** The words of a rule: name, label, because. */
  rule(name) {
    return this.declaration(RULE, name);
  }

  /** An assessment of this day, in which nothing is known yet. */
  assessment(day) {
    return new Assessment(this, call('newAssessment', this.handle, call('parseDate', day)));
  }

  /** Reads one JSON text, in the form of docs/data.md. */
  assessmentFromJson(json) {
    return new Assessment(this, call('assessmentFromJson', this.handle, json));
  }

  /**
   * Places one assessment on the care-level graph. The decision is the object of docs/data.md; what the rules cannot accept
   * gives one of the status `refused`.
   */
  decide(assessment, {allowOutOfForce = false} = {}) {
    return JSON.parse(call('decide', this.handle, assessment.handle, allowOutOfForce));
  }

  /** One assessment as JSON in, its decision as one line of JSON out. */
  decideJson(json, {allowOutOfForce = false} = {}) {
    return call('decideJson', this.handle, json, allowOutOfForce);
  }

  /** Decides, and says why: as `text`, `markdown`, `html` or `json`. */
  explain(assessment, format = 'text') {
    return call('explain', this.handle, assessment.handle, choice(FORMATS, format));
  }
}

/** What is known of one person on one day. Made by a Ruleset. */
class Assessment extends Handle {
  #rules;

  constructor(rules, handle) {
    super(handle);
    this.#rules = rules;
  }

  /**
   * Answers an input; `previous NAME` answers for the previous assessment.
   *
   * answer  a boolean for yes/no; an integer, or digits as text, for a number; a text for a value of a scale or choice, for a
   *         level, and for a date (or `never`); an array of texts for the members of a set that are true
   * on      the day on which the answer was given, where that is told
   */
  set(name, answer, on) {
    const input = this.#rules.input(name);
    const day = on === undefined ? NO_DATE : call('parseDate', on);
    const [setter, value] = Assessment.#setter(input.type, answer);
    call(setter, this.handle, input.number, value, day);
  }

  static #setter(type, answer) {
    if (typeof answer === 'boolean') return ['setYesNo', answer];
    if (typeof answer === 'bigint' || Number.isSafeInteger(answer)) return ['setNumber', String(answer)];
    if (typeof answer === 'number') throw new TypeError('give a number with decimals as text, so that it is exact');
    if (Array.isArray(answer)) return ['setMembers', answer];
    if (typeof answer !== 'string') throw new TypeError(`no answer is of type ${typeof answer}`);
    if (type === NUMBER) return ['setNumber', answer];
    if (type !== DATE) return ['setValue', answer];
    return answer === 'never' ? ['setNever', undefined] : ['setDate', call('parseDate', answer)];
  }

  /** Says that an input has no answer: `not_asked`, `refused` or `unable`. */
  setUnknown(name, reason = 'not_asked') {
    call('setUnknown', this.handle, this.#rules.input(name).number, choice(UNKNOWN, reason));
  }

  /** Says that there was no previous assessment; before, that is unknown. */
  noPrevious() {
    call('noPrevious', this.handle);
  }

  /** Says that a level has no place today. */
  setUnavailable(level) {
    call('setUnavailable', this.handle, this.#rules.level(level).number);
  }

  /** The assessment as one line of JSON. */
  json() {
    return call('assessmentJson', this.handle);
  }
}

module.exports = {Ruleset, Assessment, RulesError, RefusedError, engineVersion: native.engineVersion};
