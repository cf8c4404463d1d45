import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/** Reads a rule file, places one person on its levels and prints the decision. */
public final class LoadAndDecide {
  public static void main(String[] arguments) {
    try (Carestep.Ruleset rules = Carestep.Ruleset.load("examples/riverbend.care");
        Carestep.Assessment person = rules.assessment(LocalDate.of(2026, 5, 14))) {
      person.set("current_level", "residential");
      person.set("days_in_level", 30);
      person.set("age", 34);
      person.set("withdrawal_risk", "none");
      person.set("home_environment", "supportive");
      person.set("phq9", 6);
      person.set("relapse_risk", "low");
      person.set("attendance", new BigDecimal("0.95"));
      person.set("conditions", List.of("ptsd"));
      person.set("last_use", LocalDate.of(2026, 3, 30));
      person.noPrevious();

      Carestep.Decision decision = rules.decide(person);
      System.out.println("status:    " + decision.status);
      System.out.println("move:      " + decision.move);
      System.out.println("next:      " + rules.level(decision.next).label());
      System.out.println("indicated: " + rules.level(decision.indicated).label());
      for (String name : decision.list("active"))
        System.out.println("active:    " + name + ": " + rules.rule(name).because());
    } catch (Carestep.CarestepException error) {
      System.err.println(error.getMessage());
      System.exit(1);
    }
  }
}
