"""The binding for Python: what it gives, what it raises, and what happens to what was closed."""

import datetime
import decimal
import gc
import json
import pathlib
import threading
import unittest

import carestep

RULES = "examples/riverbend.care"
DAY = datetime.date(2026, 5, 14)
SMALLEST = """ruleset smallest "Der kleinste Weg – für Übung"
  language 1
  version "1"
  status active
levels outpatient < residential
level residential "Wohnen in Köln"
input sober "Sober?"
  yes/no
rule everyone then at least outpatient
"""


class BindingTest(unittest.TestCase):
    def setUp(self):
        self.rules = carestep.Ruleset.load(RULES)

    def test_ruleset(self):
        self.assertEqual((self.rules.name, self.rules.version, self.rules.status), ("riverbend", "1.2.0", "active"))
        self.assertRegex(self.rules.sha256, "^[0-9a-f]{64}$")
        self.assertRegex(carestep.engine_version(), r"^\d+\.\d+\.\d+$")
        self.assertEqual(self.rules.input("home_environment").question, "How safe and supportive is the home?")

    def test_texts_are_unicode(self):
        with carestep.Ruleset.from_text(SMALLEST) as rules:
            self.assertEqual(rules.title, "Der kleinste Weg – für Übung")
            self.assertEqual(rules.level("residential").label, "Wohnen in Köln")

    def test_mistakes_in_rules(self):
        with self.assertRaises(carestep.RulesError) as caught:
            carestep.Ruleset.from_text(SMALLEST.replace("at least outpatient", "at least outpatint"), "my.care")
        (first,) = caught.exception.diagnostics
        self.assertEqual((first.file, first.line, first.severity), ("my.care", 9, "error"))
        self.assertIn("outpatient", first.help)
        self.assertIn(first.code, str(caught.exception))
        with self.assertRaises(carestep.RulesError):
            carestep.Ruleset.load("examples/nowhere.care")

    def test_refused_answers(self):
        person = self.rules.assessment(DAY)
        with self.assertRaises(carestep.RefusedError) as caught:
            person.set("phq9", 99)
        self.assertEqual(caught.exception.refusals[0].path, "answers.phq9")
        self.assertNotIn("99", str(caught.exception))
        with self.assertRaises(carestep.RefusedError):
            person.set("phq9", "6")
        with self.assertRaises(TypeError):
            person.set("attendance", 0.95)
        with self.assertRaises(KeyError):
            person.set("shoe_size", 42)

    def test_what_is_unknown(self):
        person = self.rules.assessment(DAY)
        person.set("current_level", "none")
        person.set("age", 34)
        person.set("phq9", decimal.Decimal("6"), on=datetime.date(2026, 5, 1))
        person.set("previous phq9", 8)
        person.set("last_use", "never")
        person.set_unknown("relapse_risk", "refused")
        person.set_unavailable("php")
        decision = self.rules.decide(person)
        self.assertEqual(decision.status, "undetermined")
        self.assertEqual(decision.possible, ["outpatient", "iop", "php", "residential"][: len(decision.possible)])
        self.assertIn("home_environment", decision.ask)
        written = json.loads(person.json())
        self.assertEqual(written["answers"]["relapse_risk"], {"unknown": "refused"})
        self.assertEqual(written["unavailable"], ["php"])

    def test_json_and_explanations(self):
        text = pathlib.Path("examples/assessments/riverbend.json").read_text(encoding="utf-8")
        decided = json.loads(self.rules.decide_json(text))
        decision = self.rules.decide(self.rules.assessment_from_json(text))
        self.assertEqual((decided["id"], decided["status"], decided["ask"][0]), ("a-17", decision.status, decision.ask[0]))
        explained = json.loads(self.rules.explain(self.rules.assessment_from_json(text), "json"))
        self.assertEqual(explained["status"], decision.status)
        with self.assertRaises(carestep.RefusedError):
            self.rules.assessment_from_json("{}")

    def test_refused_decisions(self):
        decision = self.rules.decide(self.rules.assessment(datetime.date(2031, 1, 1)))
        self.assertEqual(decision.status, "refused")
        self.assertTrue(decision.refusals[0].code)
        self.assertNotEqual(
            self.rules.decide(self.rules.assessment(datetime.date(2031, 1, 1)), allow_out_of_force=True).status, "refused")

    def test_closed_objects(self):
        person = self.rules.assessment(DAY)
        person.set("age", 34)
        person.close()
        person.close()
        with self.assertRaises(ValueError):
            self.rules.decide(person)
        self.rules.close()
        with self.assertRaises(ValueError):
            self.rules.assessment(DAY)

    def test_threads_share_a_ruleset(self):
        text = pathlib.Path("examples/assessments/riverbend.json").read_text(encoding="utf-8")
        expected = self.rules.decide_json(text)
        seen = []
        threads = [threading.Thread(target=lambda: seen.extend(self.rules.decide_json(text) for _ in range(50)))
                   for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(seen, [expected] * 200)

    def test_collected_objects(self):
        for _ in range(1000):
            self.rules.assessment(DAY).set("age", 34)
        gc.collect()


if __name__ == "__main__":
    unittest.main()
