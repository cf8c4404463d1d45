import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** The binding for Java: what it gives, what it throws, and what happens to what was closed. */
public final class BindingsTest {
  private static final LocalDate DAY = LocalDate.of(2026, 5, 14);
  private static final String SMALLEST = """
      ruleset smallest "Der kleinste Weg – für Übung"
        language 1
        version "1"
        status active
      levels outpatient < residential
      level residential "Wohnen in Köln"
      rule everyone then at least outpatient
      """;

  private final Carestep.Ruleset rules = Carestep.Ruleset.load("examples/riverbend.care");
  private final String riverbend =
      Files.readString(Path.of("examples/assessments/riverbend.json"), StandardCharsets.UTF_8);

  private BindingsTest() throws Exception {}

  private interface Step {
    void run() throws Exception;
  }

  private static void check(boolean condition, String what) {
    if (!condition) throw new AssertionError(what);
  }

  /** The exception that a step throws, which must be of this class. */
  private static <T extends Throwable> T thrown(Class<T> expected, Step step) {
    try {
      step.run();
    } catch (Throwable caught) {
      if (expected.isInstance(caught)) return expected.cast(caught);
      throw new AssertionError("expected " + expected, caught);
    }
    throw new AssertionError("expected " + expected);
  }

  private void ruleset() {
    check(rules.name().equals("riverbend") && rules.version().equals("1.2.0") && rules.status().equals("active"), "words");
    check(rules.sha256().matches("[0-9a-f]{64}"), "digest");
    check(Carestep.engineVersion().matches("\\d+\\.\\d+\\.\\d+"), "version");
    check(rules.input("home_environment").question().equals("How safe and supportive is the home?"), "question");
    check(rules.warnings().isEmpty(), "warnings");
  }

  private void textsAreUnicode() {
    try (Carestep.Ruleset smallest = Carestep.Ruleset.fromText(SMALLEST, "rules.care")) {
      check(smallest.title().equals("Der kleinste Weg – für Übung"), "title");
      check(smallest.level("residential").label().equals("Wohnen in Köln"), "label");
    }
  }

  private void mistakesInRules() {
    String wrong = SMALLEST.replace("at least outpatient", "at least outpatint");
    Carestep.RulesException error =
        thrown(Carestep.RulesException.class, () -> Carestep.Ruleset.fromText(wrong, "my.care"));
    check(error.diagnostics().size() == 1, "one diagnostic");
    Carestep.Diagnostic first = error.diagnostics().get(0);
    check(first.file().equals("my.care") && first.line() == 7 && first.severity().equals("error"), "place");
    check(first.help().contains("outpatient") && error.getMessage().contains(first.code()), "help");
    thrown(Carestep.RulesException.class, () -> Carestep.Ruleset.load("examples/nowhere.care"));
  }

  private void refusedAnswers() {
    Carestep.Assessment person = rules.assessment(DAY);
    Carestep.RefusedException error = thrown(Carestep.RefusedException.class, () -> person.set("phq9", 99));
    check(error.refusals().get(0).path().equals("answers.phq9") && !error.getMessage().contains("99"), "refusal");
    thrown(Carestep.RefusedException.class, () -> person.set("phq9", "6"));
    thrown(IllegalArgumentException.class, () -> person.set("withdrawal_risk", "none\0"));
    thrown(NoSuchElementException.class, () -> person.set("shoe_size", 42));
  }

  private void whatIsUnknown() {
    Carestep.Assessment person = rules.assessment(DAY);
    person.set("current_level", "none");
    person.set("age", 34);
    person.set("phq9", new BigDecimal("6.0"), LocalDate.of(2026, 5, 1));
    person.set("previous phq9", 8);
    person.set("sober_housing", true);
    person.set("conditions", List.of());
    person.setNever("last_use");
    person.setUnknown("relapse_risk", Carestep.Unknown.REFUSED);
    person.setUnavailable("php");
    Carestep.Decision decision = rules.decide(person);
    check(decision.status.equals("undetermined") && decision.possible.size() > 1, "undetermined");
    check(decision.list("ask").contains("home_environment"), "ask");
    check(person.json().contains("\"relapse_risk\":{\"unknown\":\"refused\"}"), person.json());
    check(person.json().contains("\"unavailable\":[\"php\"]"), person.json());
    thrown(NoSuchElementException.class, () -> decision.list("asks"));
  }

  private void jsonAndExplanations() {
    Carestep.Assessment person = rules.assessmentFromJson(riverbend);
    check(rules.decideJson(riverbend).contains("\"status\":\"" + rules.decide(person).status + "\""), "status");
    check(rules.explain(person, Carestep.Format.JSON).contains("\"id\":\"a-17\""), "explanation");
    thrown(Carestep.RefusedException.class, () -> rules.assessmentFromJson("{}"));
  }

  private void refusedDecisions() {
    Carestep.Assessment late = rules.assessment(LocalDate.of(2031, 1, 1));
    Carestep.Decision decision = rules.decide(late);
    check(decision.status.equals("refused") && !decision.refusals.get(0).code().isEmpty(), "refused");
    check(!rules.decide(late, true).status.equals("refused"), "out of force");
  }

  private void closedObjects() {
    Carestep.Ruleset own = Carestep.Ruleset.fromText(SMALLEST, "rules.care");
    Carestep.Assessment person = own.assessment(DAY);
    own.close();
    own.close();
    thrown(IllegalStateException.class, () -> own.assessment(DAY));
    check(person.json().contains("2026-05-14"), "what was made stays usable");
    person.close();
    thrown(IllegalStateException.class, person::json);
  }

  private void threadsShareARuleset() throws Exception {
    String expected = rules.decideJson(riverbend);
    ExecutorService pool = Executors.newFixedThreadPool(4);
    Callable<Boolean> task = () -> {
      boolean same = true;
      for (int i = 0; i < 50; ++i) same &= rules.decideJson(riverbend).equals(expected);
      return same;
    };
    for (Future<Boolean> result : pool.invokeAll(List.of(task, task, task, task))) check(result.get(), "the same");
    pool.shutdown();
  }

  private void collectedObjects() {
    for (int i = 0; i < 1000; ++i) rules.assessment(DAY).set("age", 34);
    System.gc();
  }

  public static void main(String[] arguments) throws Exception {
    BindingsTest test = new BindingsTest();
    test.ruleset();
    test.textsAreUnicode();
    test.mistakesInRules();
    test.refusedAnswers();
    test.whatIsUnknown();
    test.jsonAndExplanations();
    test.refusedDecisions();
    test.closedObjects();
    test.threadsShareARuleset();
    test.collectedObjects();
    System.out.println("ok");
  }
}
