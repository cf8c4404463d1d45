// Reads a rule file, places one person on its levels and prints the decision.

using System;
using Carestep;

internal static class LoadAndDecide {
  private static int Main() {
    try {
      using (Ruleset rules = Ruleset.Load("examples/riverbend.care"))
      using (Assessment person = rules.Assessment(new DateTime(2026, 5, 14))) {
        person.Set("current_level", "residential");
        person.Set("days_in_level", 30);
        person.Set("age", 34);
        person.Set("withdrawal_risk", "none");
        person.Set("home_environment", "supportive");
        person.Set("phq9", 6);
        person.Set("relapse_risk", "low");
        person.Set("attendance", 0.95m);
        person.Set("conditions", new[] {"ptsd"});
        person.Set("last_use", new DateTime(2026, 3, 30));
        person.NoPrevious();

        Decision decision = rules.Decide(person);
        Console.WriteLine("status:    " + decision.Status);
        Console.WriteLine("move:      " + decision.Move);
        Console.WriteLine("next:      " + rules.Level(decision.Next).Label);
        Console.WriteLine("indicated: " + rules.Level(decision.Indicated).Label);
        foreach (string name in decision.Active) Console.WriteLine("active:    " + name + ": " + rules.Rule(name).Because);
      }
      return 0;
    } catch (CarestepException error) {
      Console.Error.WriteLine(error.Message);
      return 1;
    }
  }
}
