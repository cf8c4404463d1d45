import com.sun.jna.IntegerType;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * carestep for Java: the C interface (carestep.h) through JNA. One file, for Java 17 and later.
 *
 * <p>Shape: {@code Ruleset.load(path)}, {@code ruleset.assessment(day)}, {@code assessment.set(name, answer)},
 * {@code ruleset.decide(assessment)}.
 *
 * <p>Errors: RulesException when a rule file has mistakes or cannot be read, RefusedException when an answer does not fit the
 * ruleset, NoSuchElementException for a name that is none. No message shows what somebody answered.
 *
 * <p>Memory: what is collected is freed; {@code close()} frees at once, and what is closed throws IllegalStateException when it
 * is used. A Decision holds nothing of the library.
 *
 * <p>Threads: a Ruleset may be used by many threads at once, everything else by one at a time.
 */
public final class Carestep {
  private Carestep() {}

  // ---- what goes wrong ---------------------------------------------------------------------------------------------------

  /** One finding about a rule file; lines and columns count from 1. */
  public record Diagnostic(String code, String message, String file, int line, int column, String help, String severity) {}

  /** Why an assessment, or a part of one, was refused. */
  public record Refusal(String code, String path, String message) {}

  /** The library could not do what it was asked. */
  public static class CarestepException extends RuntimeException {
    CarestepException(String message) {
      super(message);
    }
  }

  /** The rules have mistakes, or cannot be read. */
  public static final class RulesException extends CarestepException {
    private final transient List<Diagnostic> diagnostics;

    RulesException(String message, List<Diagnostic> diagnostics) {
      super(message);
      this.diagnostics = diagnostics;
    }

    public List<Diagnostic> diagnostics() {
      return diagnostics;
    }
  }

  /** An answer or an assessment does not fit the ruleset. */
  public static final class RefusedException extends CarestepException {
    private final transient List<Refusal> refusals;

    RefusedException(String message, List<Refusal> refusals) {
      super(message);
      this.refusals = refusals;
    }

    public List<Refusal> refusals() {
      return refusals;
    }
  }

  // ---- what programs use -------------------------------------------------------------------------------------------------

  /** The words of a level, an input or a rule; those that there are not are empty. */
  public record Declaration(String name, String label, String because, String question, String help, String unit) {}

  /** The version of the engine, which every decision carries. */
  public static String engineVersion() {
    return C.carestep_engine_version();
  }

  /** Why an input has no answer. */
  public enum Unknown { NOT_ASKED, REFUSED, UNABLE }

  /** How an explanation is written. */
  public enum Format { TEXT, JSON, MARKDOWN, HTML }

  /** Checked rules, ready to decide with. */
  public static final class Ruleset extends Handle {
    private Ruleset(Pointer pointer) {
      super(pointer, C::carestep_ruleset_free);
    }

    /** Parses, checks and compiles a rule file and all that it uses. */
    public static Ruleset load(String path) {
      PointerByReference out = new PointerByReference();
      call(error -> C.carestep_ruleset_load(cText(path), out, error));
      return new Ruleset(out.getValue());
    }

    /** Likewise from a text that uses no other file; {@code file} is what diagnostics call it. */
    public static Ruleset fromText(String text, String file) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      PointerByReference out = new PointerByReference();
      call(error -> C.carestep_ruleset_load_text(bytes, new Size(bytes.length), cText(file), null, out, error));
      return new Ruleset(out.getValue());
    }

    public String name() {
      return with(C::carestep_ruleset_name);
    }

    public String title() {
      return with(C::carestep_ruleset_title);
    }

    public String version() {
      return with(C::carestep_ruleset_version);
    }

    public String status() {
      return with(C::carestep_ruleset_status);
    }

    public String sha256() {
      return with(C::carestep_ruleset_sha256);
    }

    /** What the checker warned of. */
    public List<Diagnostic> warnings() {
      return with(rules -> diagnosticsOf(C.carestep_ruleset_warnings(rules)));
    }

    public Declaration level(String name) {
      return declaration(LEVEL, find(LEVEL, name));
    }

    public Declaration input(String name) {
      return declaration(INPUT, find(INPUT, name) & ~PREVIOUS);
    }

    public Declaration rule(String name) {
      return declaration(RULE, find(RULE, name));
    }

    /** An assessment of this day, in which nothing is known yet. */
    public Assessment assessment(LocalDate day) {
      PointerByReference out = new PointerByReference();
      use(rules -> call(error -> C.carestep_assessment_new(rules, days(day), out, error)));
      return new Assessment(this, out.getValue());
    }

    /** Reads one JSON object, in the form of docs/data.md. */
    public Assessment assessmentFromJson(String json) {
      byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
      PointerByReference out = new PointerByReference();
      use(rules -> call(error -> C.carestep_assessment_from_json(rules, bytes, new Size(bytes.length), out, error)));
      return new Assessment(this, out.getValue());
    }

    /** Places one assessment on the care-level graph. What the rules cannot accept gives a decision that is refused. */
    public Decision decide(Assessment assessment) {
      return decide(assessment, false);
    }

    /** Likewise, if wanted also when the ruleset is not in force on the assessment's day. */
    public Decision decide(Assessment assessment, boolean allowOutOfForce) {
      return with(rules -> assessment.with(person -> {
        PointerByReference made = new PointerByReference();
        call(error -> C.carestep_decision_new(rules, made, error));
        try {
          call(error -> C.carestep_decide(rules, person, new Options(allowOutOfForce), made.getValue(), error));
          return new Decision(this, made.getValue());
        } finally {
          C.carestep_decision_free(made.getValue());
        }
      }));
    }

    /** One assessment as JSON in, its decision as one line of JSON out. */
    public String decideJson(String json) {
      byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
      return with(rules -> textOf((text, size, error) ->
          C.carestep_decide_json(rules, bytes, new Size(bytes.length), null, text, size, error)));
    }

    /** Decides, and says why. */
    public String explain(Assessment assessment, Format format) {
      return with(rules -> assessment.with(person -> {
        PointerByReference made = new PointerByReference();
        call(error -> C.carestep_explain(rules, person, null, made, error));
        try {
          return textOf((text, size, error) ->
              C.carestep_explanation_render(made.getValue(), format.ordinal(), text, size, error));
        } finally {
          C.carestep_explanation_free(made.getValue());
        }
      }));
    }

    private int find(int kind, String name) {
      IntByReference number = new IntByReference();
      if (with(rules -> C.carestep_ruleset_find(rules, kind, cText(name), number)) != OK)
        throw new NoSuchElementException(name);
      return number.getValue();
    }

    private CDeclaration declared(int kind, int number) {
      CDeclaration declared = new CDeclaration();
      use(rules -> check(C.carestep_ruleset_get(rules, kind, number, declared)));
      return declared;
    }

    private Declaration declaration(int kind, int number) {
      CDeclaration one = declared(kind, number);
      return new Declaration(text(one.name), text(one.label), text(one.because), text(one.question), text(one.help),
          text(one.unit));
    }
  }

  /** What is known of one person on one day. In {@code set}, {@code previous NAME} answers for the previous assessment. */
  public static final class Assessment extends Handle {
    private final Ruleset rules;

    private Assessment(Ruleset rules, Pointer pointer) {
      super(pointer, C::carestep_assessment_free);
      this.rules = rules;
    }

    public void set(String input, boolean yes) {
      set(input, yes, null);
    }

    public void set(String input, long number) {
      set(input, BigDecimal.valueOf(number), null);
    }

    public void set(String input, BigDecimal number) {
      set(input, number, null);
    }

    /** A value of a scale or a choice, or a level. */
    public void set(String input, String value) {
      set(input, value, null);
    }

    public void set(String input, LocalDate date) {
      set(input, date, null);
    }

    /** The members of a set that are true; the others are not. */
    public void set(String input, Collection<String> members) {
      set(input, members, null);
    }

    /** {@code never}, for a date. */
    public void setNever(String input) {
      setNever(input, null);
    }

    // Likewise, with the day on which the answer was given; null where that is not told.

    public void set(String input, boolean yes, LocalDate on) {
      answer(input, (person, number, error) ->
          C.carestep_assessment_set_yes_no(person, number, yes ? 1 : 0, days(on), error));
    }

    public void set(String input, BigDecimal value, LocalDate on) {
      answer(input, (person, number, error) ->
          C.carestep_assessment_set_number_text(person, number, value.toPlainString(), days(on), error));
    }

    public void set(String input, String value, LocalDate on) {
      answer(input, (person, number, error) ->
          C.carestep_assessment_set_value(person, number, cText(value), days(on), error));
    }

    public void set(String input, LocalDate date, LocalDate on) {
      answer(input, (person, number, error) ->
          C.carestep_assessment_set_date(person, number, days(date), days(on), error));
    }

    public void set(String input, Collection<String> members, LocalDate on) {
      String[] names = members.stream().map(Carestep::cText).toArray(String[]::new);
      answer(input, (person, number, error) -> C.carestep_assessment_set_members(person, number,
          names.length == 0 ? null : names, new Size(names.length), days(on), error));
    }

    public void setNever(String input, LocalDate on) {
      answer(input, (person, number, error) -> C.carestep_assessment_set_never(person, number, days(on), error));
    }

    /** Says that an input has no answer, and why. */
    public void setUnknown(String input, Unknown reason) {
      answer(input, (person, number, error) ->
          C.carestep_assessment_set_unknown(person, number, reason.ordinal(), error));
    }

    /** Says that there was no previous assessment; before, that is unknown. */
    public void noPrevious() {
      use(person -> check(C.carestep_assessment_no_previous(person)));
    }

    /** Says that a level has no place today. */
    public void setUnavailable(String level) {
      int number = rules.find(LEVEL, level);
      use(person -> call(error -> C.carestep_assessment_set_unavailable(person, number, error)));
    }

    /** The assessment as one line of JSON. */
    public String json() {
      return with(person -> textOf((text, size, error) -> C.carestep_assessment_json(person, text, size, error)));
    }

    private interface Answer {
      int set(Pointer person, int input, PointerByReference error);
    }

    private void answer(String input, Answer answer) {
      int number = rules.find(INPUT, input);
      use(person -> call(error -> answer.set(person, number, error)));
    }
  }

  /** What the rules say of one assessment, in names. When it is refused, {@code refusals} says why, and nothing else counts. */
  public static final class Decision {
    /** {@code determined}, {@code undetermined} or {@code refused}. */
    public final String status;
    /** {@code admit}, {@code step_up}, {@code stay}, {@code step_down}, {@code discharge} or {@code none}. */
    public final String move;
    /** The next level; {@code none} when there is none. */
    public final String next;
    /** The least intensive level that the rules allow. */
    public final String indicated;
    /** When undetermined, the next levels that are still possible, the least intensive one first. */
    public final List<String> possible;
    /** {@code off_pathway}, {@code draft}, ... */
    public final List<String> marks;
    /** A day, or null. */
    public final LocalDate reassessOn;
    public final List<Refusal> refusals;
    private final Map<String, List<String>> lists = new java.util.HashMap<>();

    private Decision(Ruleset rules, Pointer decision) {
      COutcome outcome = new COutcome();
      check(C.carestep_decision_get(decision, outcome));
      status = C.carestep_decision_status_name(outcome.status);
      refusals = refusalsOf(C.carestep_decision_count(decision, REFUSALS), (i, out) ->
          C.carestep_decision_refusal(decision, i, out));
      if (status.equals("refused")) {
        move = next = indicated = "none";
        possible = marks = List.of();
        reassessOn = null;
        return;
      }
      move = C.carestep_move_name(outcome.move);
      next = text(rules.declared(LEVEL, outcome.next).name);
      indicated = text(rules.declared(LEVEL, outcome.indicated).name);
      possible = possible(rules, outcome);
      List<String> found = new ArrayList<>();
      for (int bit = 0; bit < 32; ++bit)
        if ((outcome.marks >>> bit & 1) != 0) found.add(C.carestep_mark_name(1 << bit));
      marks = List.copyOf(found);
      reassessOn = outcome.reassess_on == NO_DATE ? null : LocalDate.ofEpochDay(outcome.reassess_on);
      for (int list = 0; list < LISTS.size(); ++list) lists.put(LISTS.get(list), items(decision, list));
    }

    /**
     * One of the lists of names and texts: plan, ask, active, open, suggest, assumed, stale, broken_guarantees,
     * open_guarantees, lacking, alerts, open_alerts, notes, conflict. An input in {@code ask} begins with {@code previous}
     * where it is the previous answer.
     */
    public List<String> list(String name) {
      if (!LISTS.contains(name)) throw new NoSuchElementException(name);
      return lists.getOrDefault(name, List.of());
    }

    private static List<String> possible(Ruleset rules, COutcome outcome) {
      List<String> levels = new ArrayList<>();
      if (outcome.possible_next_none != 0) levels.add("none");
      for (int level = 0; level < 64; ++level)
        if ((outcome.possible_next >>> level & 1) != 0) levels.add(text(rules.declared(LEVEL, level).name));
      return List.copyOf(levels);
    }

    private static List<String> items(Pointer decision, int list) {
      List<String> items = new ArrayList<>();
      IntByReference number = new IntByReference();
      for (long i = 0; i < C.carestep_decision_count(decision, list).longValue(); ++i) {
        String text = C.carestep_decision_text(decision, list, new Size(i));
        boolean previous = LISTS.get(list).equals("ask")
            && C.carestep_decision_item(decision, list, new Size(i), number) == OK && (number.getValue() & PREVIOUS) != 0;
        items.add(previous ? "previous " + text : text);
      }
      return List.copyOf(items);
    }
  }

  /** Something of the library's, which is freed once. */
  private abstract static class Handle implements AutoCloseable {
    private static final Cleaner CLEANER = Cleaner.create();

    /** What is left of a handle when it is collected. */
    private static final class Owned implements Runnable {
      private Pointer pointer;
      private final java.util.function.ToIntFunction<Pointer> free;

      Owned(Pointer pointer, java.util.function.ToIntFunction<Pointer> free) {
        this.pointer = pointer;
        this.free = free;
      }

      @Override
      public synchronized void run() {
        if (pointer != null) free.applyAsInt(pointer);
        pointer = null;
      }

      synchronized Pointer get() {
        return pointer;
      }
    }

    private final Owned owned;
    private final Cleaner.Cleanable cleanable;

    Handle(Pointer pointer, java.util.function.ToIntFunction<Pointer> free) {
      owned = new Owned(pointer, free);
      cleanable = CLEANER.register(this, owned);
    }

    /** Frees it now; what was made from it stays usable. */
    @Override
    public void close() {
      cleanable.clean();
    }

    /** Works with the pointer, and keeps this object from being collected meanwhile. */
    <T> T with(java.util.function.Function<Pointer, T> work) {
      Pointer pointer = owned.get();
      if (pointer == null) throw new IllegalStateException("this " + getClass().getSimpleName() + " is closed");
      try {
        return work.apply(pointer);
      } finally {
        Reference.reachabilityFence(this);
      }
    }

    void use(java.util.function.Consumer<Pointer> work) {
      with(pointer -> {
        work.accept(pointer);
        return null;
      });
    }
  }

  // ---- calls -------------------------------------------------------------------------------------------------------------

  private static final int OK = 0;
  private static final int ERR_ARGUMENT = 1;
  private static final int ERR_IO = 3;
  private static final int ERR_DIAGNOSTICS = 4;
  private static final int ERR_REFUSED = 5;
  private static final int ERR_NOT_FOUND = 6;
  private static final int LEVEL = 0;
  private static final int INPUT = 1;
  private static final int RULE = 2;
  private static final int PREVIOUS = 0x40000000;
  private static final int NO_DATE = Integer.MIN_VALUE;
  private static final int REFUSALS = 14;
  private static final List<String> LISTS = List.of("plan", "ask", "active", "open", "suggest", "assumed", "stale",
      "broken_guarantees", "open_guarantees", "lacking", "alerts", "open_alerts", "notes", "conflict");

  private interface Call {
    int run(PointerByReference error);
  }

  private interface TextCall {
    int run(PointerByReference text, SizeByReference size, PointerByReference error);
  }

  private interface RefusalCall {
    int run(Size index, CRefusal out);
  }

  private static void check(int status) {
    if (status != OK) throw exception(status, null);
  }

  /** Calls a function that gives its error last. */
  private static void call(Call function) {
    PointerByReference error = new PointerByReference();
    int status = function.run(error);
    if (status == OK) return;
    try {
      throw exception(status, error.getValue());
    } finally {
      C.carestep_error_free(error.getValue());
    }
  }

  private static RuntimeException exception(int status, Pointer error) {
    String said = C.carestep_error_message(error);
    String message = said.isEmpty() ? C.carestep_status_name(status) : said;
    switch (status) {
      case ERR_ARGUMENT:
        return new IllegalArgumentException(message);
      case ERR_NOT_FOUND:
        return new NoSuchElementException(message);
      case ERR_IO:
      case ERR_DIAGNOSTICS:
        return new RulesException(message, diagnosticsOf(C.carestep_error_diagnostics(error)));
      case ERR_REFUSED:
        return new RefusedException(message, refusalsOf(C.carestep_error_refusal_count(error), (i, out) ->
            C.carestep_error_refusal(error, i, out)));
      default:
        return new CarestepException(message);
    }
  }

  private static List<Diagnostic> diagnosticsOf(Pointer diagnostics) {
    List<Diagnostic> all = new ArrayList<>();
    for (long i = 0; i < C.carestep_diagnostics_count(diagnostics).longValue(); ++i) {
      CDiagnostic one = new CDiagnostic();
      C.carestep_diagnostics_get(diagnostics, new Size(i), one);
      all.add(new Diagnostic(text(one.code), text(one.message), text(one.file), one.line, one.column, text(one.help),
          one.severity == 0 ? "error" : "warning"));
    }
    return List.copyOf(all);
  }

  private static List<Refusal> refusalsOf(Size count, RefusalCall get) {
    List<Refusal> all = new ArrayList<>();
    for (long i = 0; i < count.longValue(); ++i) {
      CRefusal one = new CRefusal();
      get.run(new Size(i), one);
      all.add(new Refusal(text(one.code), text(one.path), text(one.message)));
    }
    return List.copyOf(all);
  }

  /** Calls a function that gives a text of the caller's. */
  private static String textOf(TextCall function) {
    PointerByReference text = new PointerByReference();
    SizeByReference size = new SizeByReference();
    call(error -> function.run(text, size, error));
    try {
      return new String(text.getValue().getByteArray(0, (int) size.get()), StandardCharsets.UTF_8);
    } finally {
      C.carestep_text_free(text.getValue());
    }
  }

  private static String text(Pointer text) {
    return text.getString(0, "UTF-8");
  }

  /** A text for C, where it ends at its first zero byte. */
  private static String cText(String text) {
    if (text.indexOf('\0') >= 0) throw new IllegalArgumentException("a zero byte in a name");
    return text;
  }

  private static int days(LocalDate day) {
    return day == null ? NO_DATE : Math.toIntExact(day.toEpochDay());
  }

  // ---- carestep.h --------------------------------------------------------------------------------------------------------

  private static final CInterface C = load();

  private static CInterface load() {
    CInterface library = Native.load("libcarestep_c.so.1", CInterface.class, Map.of(Library.OPTION_STRING_ENCODING, "UTF-8"));
    IntByReference major = new IntByReference();
    IntByReference minor = new IntByReference();
    library.carestep_abi_version(major, minor);
    if (major.getValue() != 1 || minor.getValue() < 0)
      throw new UnsatisfiedLinkError("the carestep library has another version of its interface");
    return library;
  }

  /** {@code size_t}. JNA makes structs, numbers and interfaces from what is public only. */
  public static final class Size extends IntegerType {
    public Size() {
      this(0);
    }

    public Size(long value) {
      super(Native.SIZE_T_SIZE, value, true);
    }
  }

  public static final class SizeByReference extends com.sun.jna.ptr.ByReference {
    public SizeByReference() {
      super(Native.SIZE_T_SIZE);
    }

    long get() {
      return Native.SIZE_T_SIZE == 8 ? getPointer().getLong(0) : getPointer().getInt(0);
    }
  }

  /** A struct of carestep.h: its size stands in front. */
  public abstract static class Sized extends Structure {
    public Size struct_size;

    Sized() {
      struct_size = new Size(size());
    }
  }

  @Structure.FieldOrder({"struct_size", "code", "path", "message"})
  public static final class CRefusal extends Sized {
    public Pointer code, path, message;
  }

  @Structure.FieldOrder({"struct_size", "code", "message", "file", "source_line", "help", "replacement", "severity", "line",
      "column", "end_line", "end_column", "related_count"})
  public static final class CDiagnostic extends Sized {
    public Pointer code, message, file, source_line, help, replacement;
    public int severity, line, column, end_line, end_column, related_count;
  }

  @Structure.FieldOrder({"struct_size", "name", "label", "because", "question", "help", "unit", "low", "high", "step", "type",
      "or_never", "value_count"})
  public static final class CDeclaration extends Sized {
    public Pointer name, label, because, question, help, unit;
    public long low, high, step;
    public int type, or_never, value_count;
  }

  @Structure.FieldOrder({"struct_size", "budget", "allow_out_of_force", "brief", "stop", "stop_user"})
  public static final class Options extends Sized {
    public long budget;
    public int allow_out_of_force, brief;
    public Pointer stop, stop_user;

    Options(boolean allowOutOfForce) {
      allow_out_of_force = allowOutOfForce ? 1 : 0;
    }
  }

  @Structure.FieldOrder({"struct_size", "status", "move", "next", "indicated", "marks", "possible_next_none", "possible_next",
      "possible_indicated", "possible_indicated_none", "placement", "admissible", "reassess_on", "plan_known"})
  public static final class COutcome extends Sized {
    public int status, move, next, indicated, marks, possible_next_none;
    public long possible_next, possible_indicated;
    public int possible_indicated_none, placement;
    public long admissible;
    public int reassess_on, plan_known;
  }

  public interface CInterface extends Library {
    void carestep_abi_version(IntByReference major, IntByReference minor);
    String carestep_engine_version();
    String carestep_status_name(int status);
    String carestep_error_message(Pointer error);
    Pointer carestep_error_diagnostics(Pointer error);
    Size carestep_error_refusal_count(Pointer error);
    int carestep_error_refusal(Pointer error, Size index, CRefusal out);
    int carestep_error_free(Pointer error);
    int carestep_text_free(Pointer text);
    Size carestep_diagnostics_count(Pointer diagnostics);
    int carestep_diagnostics_get(Pointer diagnostics, Size index, CDiagnostic out);
    int carestep_ruleset_load(String path, PointerByReference out, PointerByReference error);
    int carestep_ruleset_load_text(byte[] text, Size size, String name, Pointer options, PointerByReference out,
        PointerByReference error);
    int carestep_ruleset_free(Pointer ruleset);
    String carestep_ruleset_name(Pointer ruleset);
    String carestep_ruleset_title(Pointer ruleset);
    String carestep_ruleset_version(Pointer ruleset);
    String carestep_ruleset_status(Pointer ruleset);
    String carestep_ruleset_sha256(Pointer ruleset);
    Pointer carestep_ruleset_warnings(Pointer ruleset);
    int carestep_ruleset_find(Pointer ruleset, int kind, String name, IntByReference out);
    int carestep_ruleset_get(Pointer ruleset, int kind, int number, CDeclaration out);
    int carestep_assessment_new(Pointer ruleset, int date, PointerByReference out, PointerByReference error);
    int carestep_assessment_from_json(Pointer ruleset, byte[] json, Size size, PointerByReference out,
        PointerByReference error);
    int carestep_assessment_json(Pointer assessment, PointerByReference text, SizeByReference size, PointerByReference error);
    int carestep_assessment_free(Pointer assessment);
    int carestep_assessment_set_yes_no(Pointer assessment, int input, int yes, int on, PointerByReference error);
    int carestep_assessment_set_number_text(Pointer assessment, int input, String number, int on, PointerByReference error);
    int carestep_assessment_set_value(Pointer assessment, int input, String value, int on, PointerByReference error);
    int carestep_assessment_set_date(Pointer assessment, int input, int date, int on, PointerByReference error);
    int carestep_assessment_set_never(Pointer assessment, int input, int on, PointerByReference error);
    int carestep_assessment_set_members(Pointer assessment, int input, String[] members, Size count, int on,
        PointerByReference error);
    int carestep_assessment_set_unknown(Pointer assessment, int input, int reason, PointerByReference error);
    int carestep_assessment_no_previous(Pointer assessment);
    int carestep_assessment_set_unavailable(Pointer assessment, int level, PointerByReference error);
    int carestep_decision_new(Pointer ruleset, PointerByReference out, PointerByReference error);
    int carestep_decision_free(Pointer decision);
    int carestep_decide(Pointer ruleset, Pointer assessment, Options options, Pointer decision, PointerByReference error);
    int carestep_decide_json(Pointer ruleset, byte[] json, Size json_size, Options options, PointerByReference text,
        SizeByReference size, PointerByReference error);
    int carestep_decision_get(Pointer decision, COutcome out);
    Size carestep_decision_count(Pointer decision, int list);
    int carestep_decision_item(Pointer decision, int list, Size index, IntByReference out);
    String carestep_decision_text(Pointer decision, int list, Size index);
    int carestep_decision_refusal(Pointer decision, Size index, CRefusal out);
    String carestep_move_name(int move);
    String carestep_mark_name(int mark);
    String carestep_decision_status_name(int status);
    int carestep_explain(Pointer ruleset, Pointer assessment, Options options, PointerByReference out,
        PointerByReference error);
    int carestep_explanation_free(Pointer explanation);
    int carestep_explanation_render(Pointer explanation, int format, PointerByReference text, SizeByReference size,
        PointerByReference error);
  }
}
