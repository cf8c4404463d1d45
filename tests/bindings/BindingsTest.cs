// The binding for C#: what it gives, what it throws, and what happens to what was disposed of.

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading;
using Carestep;

internal static class BindingsTest {
  private static readonly DateTime Day = new DateTime(2026, 5, 14);
  private const string Smallest = "ruleset smallest \"Der kleinste Weg – für Übung\"\n  language 1\n  version \"1\"\n" +
      "  status active\nlevels outpatient < residential\nlevel residential \"Wohnen in Köln\"\n" +
      "rule everyone then at least outpatient\n";
  private static readonly Ruleset rules = Ruleset.Load("examples/riverbend.care");
  private static readonly string riverbend = File.ReadAllText("examples/assessments/riverbend.json");

  private static void Check(bool condition, string what) {
    if (!condition) throw new Exception("not so: " + what);
  }

  /// The exception that a step throws, which must be of this class.
  private static T Thrown<T>(Action step) where T : Exception {
    try {
      step();
    } catch (T expected) {
      return expected;
    }
    throw new Exception("expected " + typeof(T));
  }

  private static void RulesetWords() {
    Check(rules.Name == "riverbend" && rules.Version == "1.2.0" && rules.Status == "active", "words");
    Check(Regex.IsMatch(rules.Sha256, "^[0-9a-f]{64}$"), "digest");
    Check(Regex.IsMatch(Ruleset.EngineVersion, @"^\d+\.\d+\.\d+$"), "version");
    Check(rules.Input("home_environment").Question == "How safe and supportive is the home?", "question");
    Check(rules.Warnings.Count == 0, "warnings");
  }

  private static void TextsAreUnicode() {
    using (Ruleset smallest = Ruleset.FromText(Smallest)) {
      Check(smallest.Title == "Der kleinste Weg – für Übung", smallest.Title);
      Check(smallest.Level("residential").Label == "Wohnen in Köln", "label");
    }
  }

  private static void MistakesInRules() {
    string wrong = Smallest.Replace("at least outpatient", "at least outpatint");
    var error = Thrown<RulesException>(() => Ruleset.FromText(wrong, "my.care"));
    Diagnostic first = error.Diagnostics.Single();
    Check(first.File == "my.care" && first.Line == 7 && first.Severity == "error", "place");
    Check(first.Help.Contains("outpatient") && error.Message.Contains(first.Code), "help");
    Thrown<RulesException>(() => Ruleset.Load("examples/nowhere.care"));
  }

  private static void RefusedAnswers() {
    Assessment person = rules.Assessment(Day);
    var error = Thrown<RefusedException>(() => person.Set("phq9", 99));
    Check(error.Refusals[0].Path == "answers.phq9" && !error.Message.Contains("99"), "refusal");
    Thrown<RefusedException>(() => person.Set("phq9", "6"));
    Thrown<ArgumentException>(() => person.Set("withdrawal_risk", "none\0"));
    Thrown<KeyNotFoundException>(() => person.Set("shoe_size", 42));
  }

  private static void WhatIsUnknown() {
    Assessment person = rules.Assessment(Day);
    person.Set("current_level", "none");
    person.Set("age", 34);
    person.Set("phq9", 6.0m, new DateTime(2026, 5, 1));
    person.Set("previous phq9", 8);
    person.Set("sober_housing", true);
    person.Set("conditions", new string[0]);
    person.SetNever("last_use");
    person.SetUnknown("relapse_risk", Unknown.Refused);
    person.SetUnavailable("php");
    Decision decision = rules.Decide(person);
    Check(decision.Status == "undetermined" && decision.Possible.Count > 1, "undetermined");
    Check(decision.Ask.Contains("home_environment"), "ask");
    Check(person.Json().Contains("\"relapse_risk\":{\"unknown\":\"refused\"}"), "unknown");
    Check(person.Json().Contains("\"unavailable\":[\"php\"]"), "unavailable");
  }

  private static void JsonAndExplanations() {
    Assessment person = rules.AssessmentFromJson(riverbend);
    Check(rules.DecideJson(riverbend).Contains("\"status\":\"" + rules.Decide(person).Status + "\""), "status");
    Check(rules.Explain(person, Format.Json).Contains("\"id\":\"a-17\""), "explanation");
    Thrown<RefusedException>(() => rules.AssessmentFromJson("{}"));
  }

  private static void RefusedDecisions() {
    Assessment late = rules.Assessment(new DateTime(2031, 1, 1));
    Decision decision = rules.Decide(late);
    Check(decision.Status == "refused" && decision.Refusals[0].Code.Length > 0, "refused");
    Check(rules.Decide(late, allowOutOfForce: true).Status != "refused", "out of force");
  }

  private static void DisposedObjects() {
    Ruleset own = Ruleset.FromText(Smallest);
    Assessment person = own.Assessment(Day);
    own.Dispose();
    own.Dispose();
    Thrown<ObjectDisposedException>(() => own.Assessment(Day));
    Check(person.Json().Contains("2026-05-14"), "what was made stays usable");
    person.Dispose();
    Thrown<ObjectDisposedException>(() => person.Json());
  }

  private static void ThreadsShareARuleset() {
    string expected = rules.DecideJson(riverbend);
    int same = 0;
    var threads = new List<Thread>();
    for (int i = 0; i < 4; ++i)
      threads.Add(new Thread(() => {
        for (int k = 0; k < 50; ++k)
          if (rules.DecideJson(riverbend) == expected) Interlocked.Increment(ref same);
      }));
    threads.ForEach(thread => thread.Start());
    threads.ForEach(thread => thread.Join());
    Check(same == 200, "the same in every thread");
  }

  private static void CollectedObjects() {
    for (int i = 0; i < 1000; ++i) rules.Assessment(Day).Set("age", 34);
    GC.Collect();
    GC.WaitForPendingFinalizers();
  }

  private static void Main() {
    RulesetWords();
    TextsAreUnicode();
    MistakesInRules();
    RefusedAnswers();
    WhatIsUnknown();
    JsonAndExplanations();
    RefusedDecisions();
    DisposedObjects();
    ThreadsShareARuleset();
    CollectedObjects();
    Console.WriteLine("ok");
  }
}
