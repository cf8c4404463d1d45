"""Reads a rule file, places one person on its levels and prints the decision."""

import datetime
import decimal
import sys

import carestep


def main():
    rules = carestep.Ruleset.load("examples/riverbend.care")
    person = rules.assessment(datetime.date(2026, 5, 14))
    person.set("current_level", "residential")
    person.set("days_in_level", 30)
    person.set("age", 34)
    person.set("withdrawal_risk", "none")
    person.set("home_environment", "supportive")
    person.set("phq9", 6)
    person.set("relapse_risk", "low")
    person.set("attendance", decimal.Decimal("0.95"))
    person.set("conditions", ["ptsd"])
    person.set("last_use", datetime.date(2026, 3, 30))
    person.no_previous()

    decision = rules.decide(person)
    print("status:   ", decision.status)
    print("move:     ", decision.move)
    print("next:     ", rules.level(decision.next).label)
    print("indicated:", rules.level(decision.indicated).label)
    for name in decision.active:
        print(f"active:    {name}: {rules.rule(name).because}")


try:
    main()
except carestep.Error as error:
    sys.exit(str(error))
