"""carestep for Python: the C interface (carestep.h) through ctypes. One file, nothing to install but the library.

Shape    `Ruleset.load(path)`, `ruleset.assessment(day)`, `assessment.set(name, answer)`, `ruleset.decide(assessment)`.
Errors   RulesError when a rule file has mistakes or cannot be read, RefusedError when an answer does not fit the ruleset.
         No message shows what somebody answered.
Memory   Objects free what they hold when they are collected, or at the end of `with`, or by `close()`; a Decision holds
         nothing. What is closed raises ValueError when it is used.
Threads  A Ruleset may be used by many threads at once, everything else by one at a time. ctypes lets other Python threads run
         while the library works.
"""

import collections
import ctypes
import datetime
import decimal

_lib = ctypes.CDLL("libcarestep_c.so.1")
_ABI_MAJOR, _ABI_MINOR = 1, 0
_OK, _ERR_ARGUMENT, _ERR_NO_MEMORY, _ERR_IO, _ERR_DIAGNOSTICS, _ERR_REFUSED, _ERR_NOT_FOUND = range(7)
_LEVEL, _INPUT, _RULE = range(3)
_NUMBER, _DATE = 5, 6
_PREVIOUS = 0x40000000
_NO_DATE = -(2**31)
_FORMATS = {"text": 0, "json": 1, "markdown": 2, "html": 3}
_UNKNOWN = {"not_asked": 0, "refused": 1, "unable": 2}
_LISTS = {"plan": 0, "ask": 1, "active": 2, "open": 3, "suggest": 4, "assumed": 5, "stale": 6, "broken_guarantees": 7,
          "open_guarantees": 8, "lacking": 9, "alerts": 10, "open_alerts": 11, "notes": 12, "conflict": 13}
_REFUSALS = 14


class Error(Exception):
    """The library could not do what it was asked."""


class RulesError(Error):
    """The rules have mistakes, or cannot be read: `diagnostics` lists them."""

    def __init__(self, message, diagnostics):
        super().__init__(message)
        self.diagnostics = diagnostics


class RefusedError(Error):
    """An answer or an assessment does not fit the ruleset: `refusals` says why."""

    def __init__(self, message, refusals):
        super().__init__(message)
        self.refusals = refusals


Diagnostic = collections.namedtuple("Diagnostic", "code message file line column help severity")
Refusal = collections.namedtuple("Refusal", "code path message")
Declaration = collections.namedtuple("Declaration", "name label because question help unit")


# ---- the structs of carestep.h ---------------------------------------------------------------------------------------------


class _Struct(ctypes.Structure):
    def __init__(self, **members):
        super().__init__(struct_size=ctypes.sizeof(type(self)), **members)


class _Refusal(_Struct):
    _fields_ = [("struct_size", ctypes.c_size_t)] + [(name, ctypes.c_char_p) for name in ("code", "path", "message")]


class _Diagnostic(_Struct):
    _fields_ = [("struct_size", ctypes.c_size_t)] + [
        (name, ctypes.c_char_p) for name in ("code", "message", "file", "source_line", "help", "replacement")
    ] + [("severity", ctypes.c_int32)] + [
        (name, ctypes.c_uint32) for name in ("line", "column", "end_line", "end_column", "related_count")]


class _Declaration(_Struct):
    _fields_ = [("struct_size", ctypes.c_size_t)] + [
        (name, ctypes.c_char_p) for name in ("name", "label", "because", "question", "help", "unit")
    ] + [(name, ctypes.c_int64) for name in ("low", "high", "step")] + [
        ("type", ctypes.c_int32), ("or_never", ctypes.c_int32), ("value_count", ctypes.c_uint32)]


class _DecideOptions(_Struct):
    _fields_ = [("struct_size", ctypes.c_size_t), ("budget", ctypes.c_uint64), ("allow_out_of_force", ctypes.c_int32),
                ("brief", ctypes.c_int32), ("stop", ctypes.c_void_p), ("stop_user", ctypes.c_void_p)]


class _Outcome(_Struct):
    _fields_ = [("struct_size", ctypes.c_size_t), ("status", ctypes.c_int32), ("move", ctypes.c_int32),
                ("next", ctypes.c_int32), ("indicated", ctypes.c_int32), ("marks", ctypes.c_uint32),
                ("possible_next_none", ctypes.c_int32), ("possible_next", ctypes.c_uint64),
                ("possible_indicated", ctypes.c_uint64), ("possible_indicated_none", ctypes.c_int32),
                ("placement", ctypes.c_int32), ("admissible", ctypes.c_uint64), ("reassess_on", ctypes.c_int32),
                ("plan_known", ctypes.c_int32)]


# ---- calls -------------------------------------------------------------------------------------------------------------------

for _function in ("engine_version", "status_name", "error_message", "ruleset_name", "ruleset_title", "ruleset_version",
                  "ruleset_status", "ruleset_sha256", "decision_text", "move_name", "mark_name", "decision_status_name"):
    getattr(_lib, f"carestep_{_function}").restype = ctypes.c_char_p
for _function in ("error_diagnostics", "ruleset_warnings"):
    getattr(_lib, f"carestep_{_function}").restype = ctypes.c_void_p
for _function in ("error_refusal_count", "diagnostics_count", "decision_count"):
    getattr(_lib, f"carestep_{_function}").restype = ctypes.c_size_t
_size = ctypes.c_size_t


def _text(value):
    return value.decode("utf-8")


def _bytes(text):
    """A text for C, where it ends at its first zero byte."""
    if "\0" in text:
        raise ValueError("a zero byte in a name or number")
    return text.encode("utf-8")


def _check_abi():
    major, minor = ctypes.c_int32(), ctypes.c_int32()
    _lib.carestep_abi_version(ctypes.byref(major), ctypes.byref(minor))
    if major.value != _ABI_MAJOR or minor.value < _ABI_MINOR:
        raise ImportError(f"the carestep library has interface {major.value}.{minor.value}, not {_ABI_MAJOR}.{_ABI_MINOR}")


_check_abi()


def _get(function, *arguments, struct):
    """Fills a struct."""
    filled = struct()
    status = function(*arguments, ctypes.byref(filled))
    if status != _OK:
        raise Error(_text(_lib.carestep_status_name(status)))
    return filled


def _diagnostics(handle):
    handle = ctypes.c_void_p(handle)
    for i in range(_lib.carestep_diagnostics_count(handle)):
        one = _get(_lib.carestep_diagnostics_get, handle, _size(i), struct=_Diagnostic)
        yield Diagnostic(_text(one.code), _text(one.message), _text(one.file), one.line, one.column, _text(one.help),
                         "warning" if one.severity else "error")


def _refusal(one):
    return Refusal(_text(one.code), _text(one.path), _text(one.message))


def _exception(status, error):
    """The exception for an error of the library."""
    message = _text(_lib.carestep_error_message(error)) or _text(_lib.carestep_status_name(status))
    if status in (_ERR_IO, _ERR_DIAGNOSTICS):
        return RulesError(message, list(_diagnostics(_lib.carestep_error_diagnostics(error))))
    if status == _ERR_REFUSED:
        return RefusedError(message, [_refusal(_get(_lib.carestep_error_refusal, error, _size(i), struct=_Refusal))
                                      for i in range(_lib.carestep_error_refusal_count(error))])
    if status == _ERR_NO_MEMORY:
        return MemoryError(message)
    if status == _ERR_NOT_FOUND:
        return KeyError(message)
    return ValueError(message) if status == _ERR_ARGUMENT else Error(message)


def _call(function, *arguments):
    """Calls a function that gives its error last."""
    error = ctypes.c_void_p()
    status = function(*arguments, ctypes.byref(error))
    if status == _OK:
        return
    try:
        raise _exception(status, error)
    finally:
        _lib.carestep_error_free(error)


def _call_for_text(function, *arguments):
    """Calls a function that gives a text of the caller's."""
    text, size = ctypes.c_void_p(), _size()
    _call(function, *arguments, ctypes.byref(text), ctypes.byref(size))
    try:
        return _text(ctypes.string_at(text, size.value))
    finally:
        _lib.carestep_text_free(text)


def _days(day):
    if day is None:
        return _NO_DATE
    if isinstance(day, datetime.datetime) or not isinstance(day, datetime.date):
        raise TypeError("a day is a datetime.date")
    return day.toordinal() - datetime.date(1970, 1, 1).toordinal()


def engine_version():
    """The version of the engine, which every decision carries."""
    return _text(_lib.carestep_engine_version())


class _Handle:
    """Something of the library's that is freed once."""

    def __init__(self, free):
        self._pointer = ctypes.c_void_p()
        self._free = free

    @property
    def _handle(self):
        if not self._pointer:
            raise ValueError(f"this {type(self).__name__} is closed")
        return self._pointer

    def close(self):
        """Frees it; what was made from it stays usable."""
        pointer, self._pointer = self._pointer, ctypes.c_void_p()
        self._free(pointer)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def __del__(self):
        if getattr(self, "_pointer", None):
            self.close()


# ---- what programs use -------------------------------------------------------------------------------------------------------


class Ruleset(_Handle):
    """Checked rules, ready to decide with. Made by `load` or `from_text`."""

    def __init__(self):
        super().__init__(_lib.carestep_ruleset_free)

    @classmethod
    def load(cls, path):
        """Parses, checks and compiles a rule file and all that it uses."""
        rules = cls()
        _call(_lib.carestep_ruleset_load, _bytes(str(path)), ctypes.byref(rules._pointer))
        return rules

    @classmethod
    def from_text(cls, text, name="rules.care"):
        """Likewise from a text that uses no other file; `name` is what diagnostics call it."""
        rules = cls()
        data = text.encode("utf-8")
        _call(_lib.carestep_ruleset_load_text, data, _size(len(data)), _bytes(name), None, ctypes.byref(rules._pointer))
        return rules

    @property
    def name(self):
        return _text(_lib.carestep_ruleset_name(self._handle))

    @property
    def title(self):
        return _text(_lib.carestep_ruleset_title(self._handle))

    @property
    def version(self):
        return _text(_lib.carestep_ruleset_version(self._handle))

    @property
    def status(self):
        return _text(_lib.carestep_ruleset_status(self._handle))

    @property
    def sha256(self):
        return _text(_lib.carestep_ruleset_sha256(self._handle))

    @property
    def warnings(self):
        """What the checker warned of."""
        return list(_diagnostics(_lib.carestep_ruleset_warnings(self._handle)))

    def _find(self, kind, name):
        number = ctypes.c_int32()
        if _lib.carestep_ruleset_find(self._handle, kind, _bytes(name), ctypes.byref(number)) != _OK:
            raise KeyError(name)
        return number.value

    def _declared(self, kind, number):
        return _get(_lib.carestep_ruleset_get, self._handle, kind, number, struct=_Declaration)

    def _declaration(self, kind, name):
        one = self._declared(kind, self._find(kind, name) & ~_PREVIOUS)
        return Declaration(*(_text(getattr(one, member)) for member in Declaration._fields))

    def _levels(self):
        """`none`, and the names of the levels."""
        return [_text(self._declared(_LEVEL, number).name)
                for number in range(-1, _lib.carestep_ruleset_count(self._handle, _LEVEL))]

    def level(self, name):
        """The words of a level; KeyError when there is none of this name."""
        return self._declaration(_LEVEL, name)

    def input(self, name):
        """The words of an input."""
        return self._declaration(_INPUT, name)

    def rule(self, name):
        """The words of a rule."""
        return self._declaration(_RULE, name)

    def assessment(self, day):
        """An assessment of this day, in which nothing is known yet."""
        assessment = Assessment(self)
        _call(_lib.carestep_assessment_new, self._handle, _days(day), ctypes.byref(assessment._pointer))
        return assessment

    def assessment_from_json(self, text):
        """Reads one JSON object, in the form of docs/data.md."""
        assessment = Assessment(self)
        data = text.encode("utf-8")
        _call(_lib.carestep_assessment_from_json, self._handle, data, _size(len(data)), ctypes.byref(assessment._pointer))
        return assessment

    def decide(self, assessment, *, allow_out_of_force=False, budget=0):
        """Places one assessment on the care-level graph. What the rules cannot accept gives a decision that is refused."""
        options = _DecideOptions(budget=budget, allow_out_of_force=allow_out_of_force)
        decision = ctypes.c_void_p()
        _call(_lib.carestep_decision_new, self._handle, ctypes.byref(decision))
        try:
            _call(_lib.carestep_decide, self._handle, assessment._handle, ctypes.byref(options), decision)
            return Decision(self, decision)
        finally:
            _lib.carestep_decision_free(decision)

    def decide_json(self, text, *, allow_out_of_force=False, budget=0):
        """One assessment as JSON in, its decision as one line of JSON out."""
        data = text.encode("utf-8")
        options = _DecideOptions(budget=budget, allow_out_of_force=allow_out_of_force)
        return _call_for_text(_lib.carestep_decide_json, self._handle, data, _size(len(data)), ctypes.byref(options))

    def explain(self, assessment, format="text"):
        """Decides, and says why: as `text`, `markdown`, `html` or `json`."""
        explanation = ctypes.c_void_p()
        _call(_lib.carestep_explain, self._handle, assessment._handle, None, ctypes.byref(explanation))
        try:
            return _call_for_text(_lib.carestep_explanation_render, explanation, _FORMATS[format])
        finally:
            _lib.carestep_explanation_free(explanation)


class Assessment(_Handle):
    """What is known of one person on one day. Made by a Ruleset."""

    def __init__(self, rules):
        super().__init__(_lib.carestep_assessment_free)
        self._rules = rules

    def set(self, name, answer, on=None):
        """Answers an input; `previous NAME` answers for the previous assessment.

        answer  bool for yes/no; int or decimal.Decimal for a number; str for a value of a scale or choice, or a level;
                datetime.date or "never" for a date; a list, tuple or set of str for the members of a set that are true.
        on      the day on which the answer was given, where that is told
        """
        number = self._rules._find(_INPUT, name)
        function, arguments = self._setter(number, answer)
        _call(getattr(_lib, f"carestep_assessment_set_{function}"), self._handle, number, *arguments, _days(on))

    def _setter(self, number, answer):
        if isinstance(answer, bool):
            return "yes_no", [int(answer)]
        if isinstance(answer, (int, decimal.Decimal)):
            return "number_text", [_bytes(format(answer, "f" if isinstance(answer, decimal.Decimal) else "d"))]
        if isinstance(answer, datetime.date):
            return "date", [_days(answer)]
        if isinstance(answer, str):
            is_date = self._rules._declared(_INPUT, number & ~_PREVIOUS).type == _DATE
            return ("never", []) if is_date and answer == "never" else ("value", [_bytes(answer)])
        if isinstance(answer, (list, tuple, set, frozenset)):
            members = [_bytes(member) for member in answer]
            return "members", [(ctypes.c_char_p * len(members))(*members), _size(len(members))]
        raise TypeError(f"no answer is a {type(answer).__name__}")

    def set_unknown(self, name, reason="not_asked"):
        """Says that an input has no answer: `not_asked`, `refused` or `unable`."""
        _call(_lib.carestep_assessment_set_unknown, self._handle, self._rules._find(_INPUT, name), _UNKNOWN[reason])

    def no_previous(self):
        """Says that there was no previous assessment; before, that is unknown."""
        _lib.carestep_assessment_no_previous(self._handle)

    def set_unavailable(self, level):
        """Says that a level has no place today."""
        _call(_lib.carestep_assessment_set_unavailable, self._handle, self._rules._find(_LEVEL, level))

    def json(self):
        """The assessment as one line of JSON."""
        return _call_for_text(_lib.carestep_assessment_json, self._handle)


class Decision:
    """What the rules say of one assessment, in names: plain values that hold nothing of the library.

    status       `determined`, `undetermined` or `refused`; when refused, `refusals` says why, and nothing else counts
    move         `admit`, `step_up`, `stay`, `step_down`, `discharge` or `none`
    next         the next level; `none` when there is none
    indicated    the least intensive level that the rules allow
    possible     when undetermined, the next levels that are still possible, the least intensive one first
    marks        `off_pathway`, `draft`, ...
    reassess_on  a day, or None
    plan, ask, active, open, suggest, assumed, stale, broken_guarantees, open_guarantees, lacking, alerts, open_alerts, notes,
    conflict     lists of names and texts; an input in `ask` begins with `previous ` where it is the previous answer
    """

    def __init__(self, rules, handle):
        outcome = _get(_lib.carestep_decision_get, handle, struct=_Outcome)
        self.status = _text(_lib.carestep_decision_status_name(outcome.status))
        self.refusals = [_refusal(_get(_lib.carestep_decision_refusal, handle, _size(i), struct=_Refusal))
                         for i in range(_lib.carestep_decision_count(handle, _REFUSALS))]
        if self.status == "refused":
            return
        levels = rules._levels()
        self.move = _text(_lib.carestep_move_name(outcome.move))
        self.next = levels[outcome.next + 1]
        self.indicated = levels[outcome.indicated + 1]
        possible = outcome.possible_next << 1 | (outcome.possible_next_none != 0)
        self.possible = [level for number, level in enumerate(levels) if possible >> number & 1]
        self.marks = [_text(_lib.carestep_mark_name(ctypes.c_uint32(1 << bit))) for bit in range(32)
                      if outcome.marks >> bit & 1]
        epoch = datetime.date(1970, 1, 1).toordinal()
        self.reassess_on = (None if outcome.reassess_on == _NO_DATE
                            else datetime.date.fromordinal(epoch + outcome.reassess_on))
        for name, number in _LISTS.items():
            setattr(self, name, [self._item(handle, number, i)
                                 for i in range(_lib.carestep_decision_count(handle, number))])

    @staticmethod
    def _item(handle, number, index):
        text = _text(_lib.carestep_decision_text(handle, number, _size(index)))
        item = ctypes.c_int32()
        if number == _LISTS["ask"]:
            _lib.carestep_decision_item(handle, number, _size(index), ctypes.byref(item))
        return f"previous {text}" if item.value & _PREVIOUS else text
