// carestep for .NET and Mono: the C interface (carestep.h) through P/Invoke. One file, for C# 7 and later.
//
// Shape    Ruleset.Load(path), ruleset.Assessment(day), assessment.Set(name, answer), ruleset.Decide(assessment).
// Errors   RulesException when a rule file has mistakes or cannot be read, RefusedException when an answer does not fit the
//          ruleset, KeyNotFoundException for a name that is none. No message shows what somebody answered.
// Memory   what is collected is freed; Dispose frees at once, and what is disposed of throws ObjectDisposedException when it is
//          used. A Decision holds nothing of the library.
// Threads  a Ruleset may be used by many threads at once, everything else by one at a time.

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Carestep {

/// <summary>The library could not do what it was asked.</summary>
public class CarestepException : Exception {
  internal CarestepException(string message) : base(message) {}
}

/// <summary>The rules have mistakes, or cannot be read.</summary>
public sealed class RulesException : CarestepException {
  public IReadOnlyList<Diagnostic> Diagnostics { get; }

  internal RulesException(string message, IReadOnlyList<Diagnostic> diagnostics) : base(message) {
    Diagnostics = diagnostics;
  }
}

/// <summary>An answer or an assessment does not fit the ruleset.</summary>
public sealed class RefusedException : CarestepException {
  public IReadOnlyList<Refusal> Refusals { get; }

  internal RefusedException(string message, IReadOnlyList<Refusal> refusals) : base(message) {
    Refusals = refusals;
  }
}

/// <summary>One finding about a rule file; lines and columns count from 1.</summary>
public sealed class Diagnostic {
  public string Code { get; internal set; }
  public string Message { get; internal set; }
  public string File { get; internal set; }
  public long Line { get; internal set; }
  public long Column { get; internal set; }
  public string Help { get; internal set; }
  public string Severity { get; internal set; }
}

/// <summary>Why an assessment, or a part of one, was refused.</summary>
public sealed class Refusal {
  public string Code { get; internal set; }
  public string Path { get; internal set; }
  public string Message { get; internal set; }
}

/// <summary>The words of a level, an input or a rule; those that there are not are empty.</summary>
public sealed class Declaration {
  public string Name { get; internal set; }
  public string Label { get; internal set; }
  public string Because { get; internal set; }
  public string Question { get; internal set; }
  public string Help { get; internal set; }
  public string Unit { get; internal set; }
}

/// <summary>Why an input has no answer.</summary>
public enum Unknown { NotAsked, Refused, Unable }

/// <summary>How an explanation is written.</summary>
public enum Format { Text, Json, Markdown, Html }

/// <summary>Checked rules, ready to decide with.</summary>
public sealed class Ruleset : IDisposable {
  private readonly RulesetHandle handle;

  private Ruleset(RulesetHandle handle) {
    this.handle = handle;
  }

  /// <summary>The version of the engine, which every decision carries.</summary>
  public static string EngineVersion => Native.Text(Native.carestep_engine_version());

  /// <summary>Parses, checks and compiles a rule file and all that it uses.</summary>
  public static Ruleset Load(string path) {
    RulesetHandle made;
    Native.Check(Native.carestep_ruleset_load(Native.Name(path), out made, out IntPtr error), error);
    return new Ruleset(made);
  }

  /// <summary>Likewise from a text that uses no other file; <paramref name="file"/> is what diagnostics call it.</summary>
  public static Ruleset FromText(string text, string file = "rules.care") {
    byte[] bytes = Encoding.UTF8.GetBytes(text);
    RulesetHandle made;
    Native.Check(Native.carestep_ruleset_load_text(bytes, Native.Size(bytes.Length), Native.Name(file), IntPtr.Zero, out made,
        out IntPtr error), error);
    return new Ruleset(made);
  }

  /// <summary>Frees it now; what was made from it stays usable.</summary>
  public void Dispose() => handle.Dispose();

  public string Name => Native.Text(Native.carestep_ruleset_name(handle));
  public string Title => Native.Text(Native.carestep_ruleset_title(handle));
  public string Version => Native.Text(Native.carestep_ruleset_version(handle));
  public string Status => Native.Text(Native.carestep_ruleset_status(handle));
  public string Sha256 => Native.Text(Native.carestep_ruleset_sha256(handle));

  /// <summary>What the checker warned of.</summary>
  public IReadOnlyList<Diagnostic> Warnings => Native.Diagnostics(Native.carestep_ruleset_warnings(handle));

  public Declaration Level(string name) => Words(Declared(Native.Level, Find(Native.Level, name)));
  public Declaration Input(string name) => Words(Declared(Native.Input, Find(Native.Input, name) & ~Native.Previous));
  public Declaration Rule(string name) => Words(Declared(Native.Rule, Find(Native.Rule, name)));

  /// <summary>An assessment of this day, in which nothing is known yet.</summary>
  public Assessment Assessment(DateTime day) {
    AssessmentHandle made;
    Native.Check(Native.carestep_assessment_new(handle, Native.Days(day), out made, out IntPtr error), error);
    return new Assessment(this, made);
  }

  /// <summary>Reads one JSON object, in the form of docs/data.md.</summary>
  public Assessment AssessmentFromJson(string json) {
    byte[] bytes = Encoding.UTF8.GetBytes(json);
    AssessmentHandle made;
    Native.Check(Native.carestep_assessment_from_json(handle, bytes, Native.Size(bytes.Length), out made, out IntPtr error),
        error);
    return new Assessment(this, made);
  }

  /// <summary>Places one assessment on the care-level graph. What the rules cannot accept gives a decision that is refused.
  /// </summary>
  public Decision Decide(Assessment assessment, bool allowOutOfForce = false) {
    var options = new Native.Options(allowOutOfForce);
    Native.Check(Native.carestep_decision_new(handle, out DecisionHandle decision, out IntPtr error), error);
    using (decision) {
      Native.Check(Native.carestep_decide(handle, assessment.Handle, ref options, decision, out error), error);
      return new Decision(this, decision);
    }
  }

  /// <summary>One assessment as JSON in, its decision as one line of JSON out.</summary>
  public string DecideJson(string json) {
    byte[] bytes = Encoding.UTF8.GetBytes(json);
    Native.Check(Native.carestep_decide_json(handle, bytes, Native.Size(bytes.Length), IntPtr.Zero, out IntPtr text,
        out UIntPtr size, out IntPtr error), error);
    return Native.TakeText(text, size);
  }

  /// <summary>Decides, and says why.</summary>
  public string Explain(Assessment assessment, Format format = Format.Text) {
    Native.Check(Native.carestep_explain(handle, assessment.Handle, IntPtr.Zero, out ExplanationHandle explanation,
        out IntPtr error), error);
    using (explanation) {
      Native.Check(Native.carestep_explanation_render(explanation, (int)format, out IntPtr text, out UIntPtr size, out error),
          error);
      return Native.TakeText(text, size);
    }
  }

  internal int Find(int kind, string name) {
    int status = Native.carestep_ruleset_find(handle, kind, Native.Name(name), out int number);
    if (status != Native.Ok) throw new KeyNotFoundException(name);
    return number;
  }

  internal Native.CDeclaration Declared(int kind, int number) {
    var declared = new Native.CDeclaration { struct_size = Native.Size(Marshal.SizeOf(typeof(Native.CDeclaration))) };
    Native.Check(Native.carestep_ruleset_get(handle, kind, number, ref declared), IntPtr.Zero);
    return declared;
  }

  private static Declaration Words(Native.CDeclaration one) => new Declaration {
    Name = Native.Text(one.name), Label = Native.Text(one.label), Because = Native.Text(one.because),
    Question = Native.Text(one.question), Help = Native.Text(one.help), Unit = Native.Text(one.unit)
  };
}

/// <summary>What is known of one person on one day. <c>previous NAME</c> answers for the previous assessment;
/// <c>on</c> is the day on which the answer was given, where that is told.</summary>
public sealed class Assessment : IDisposable {
  private readonly Ruleset rules;
  internal AssessmentHandle Handle { get; }

  internal Assessment(Ruleset rules, AssessmentHandle handle) {
    this.rules = rules;
    Handle = handle;
  }

  /// <summary>Frees it now.</summary>
  public void Dispose() => Handle.Dispose();

  public void Set(string input, bool yes, DateTime? on = null) {
    Native.Check(Native.carestep_assessment_set_yes_no(Handle, Find(input), yes ? 1 : 0, Native.Days(on), out IntPtr error),
        error);
  }

  public void Set(string input, long number, DateTime? on = null) => Set(input, (decimal)number, on);

  public void Set(string input, decimal number, DateTime? on = null) {
    byte[] digits = Native.Name(number.ToString(CultureInfo.InvariantCulture));
    Native.Check(Native.carestep_assessment_set_number_text(Handle, Find(input), digits, Native.Days(on), out IntPtr error),
        error);
  }

  /// <summary>A value of a scale or a choice, or a level.</summary>
  public void Set(string input, string value, DateTime? on = null) {
    Native.Check(Native.carestep_assessment_set_value(Handle, Find(input), Native.Name(value), Native.Days(on),
        out IntPtr error), error);
  }

  public void Set(string input, DateTime date, DateTime? on = null) {
    Native.Check(Native.carestep_assessment_set_date(Handle, Find(input), Native.Days(date), Native.Days(on),
        out IntPtr error), error);
  }

  /// <summary><c>never</c>, for a date.</summary>
  public void SetNever(string input, DateTime? on = null) {
    Native.Check(Native.carestep_assessment_set_never(Handle, Find(input), Native.Days(on), out IntPtr error), error);
  }

  /// <summary>The members of a set that are true; the others are not.</summary>
  public void Set(string input, IEnumerable<string> members, DateTime? on = null) {
    var names = new List<IntPtr>();
    try {
      foreach (string member in members) names.Add(Native.Allocate(Native.Name(member)));
      Native.Check(Native.carestep_assessment_set_members(Handle, Find(input), names.ToArray(), Native.Size(names.Count),
          Native.Days(on), out IntPtr error), error);
    } finally {
      names.ForEach(Marshal.FreeHGlobal);
    }
  }

  /// <summary>Says that an input has no answer, and why.</summary>
  public void SetUnknown(string input, Unknown reason = Unknown.NotAsked) {
    Native.Check(Native.carestep_assessment_set_unknown(Handle, Find(input), (int)reason, out IntPtr error), error);
  }

  /// <summary>Says that there was no previous assessment; before, that is unknown.</summary>
  public void NoPrevious() => Native.Check(Native.carestep_assessment_no_previous(Handle), IntPtr.Zero);

  /// <summary>Says that a level has no place today.</summary>
  public void SetUnavailable(string level) {
    Native.Check(Native.carestep_assessment_set_unavailable(Handle, rules.Find(Native.Level, level), out IntPtr error), error);
  }

  /// <summary>The assessment as one line of JSON.</summary>
  public string Json() {
    Native.Check(Native.carestep_assessment_json(Handle, out IntPtr text, out UIntPtr size, out IntPtr error), error);
    return Native.TakeText(text, size);
  }

  private int Find(string input) => rules.Find(Native.Input, input);
}

/// <summary>What the rules say of one assessment, in names. When it is refused, Refusals says why, and nothing else counts.
/// </summary>
public sealed class Decision {
  /// <summary><c>determined</c>, <c>undetermined</c> or <c>refused</c>.</summary>
  public string Status { get; }
  /// <summary><c>admit</c>, <c>step_up</c>, <c>stay</c>, <c>step_down</c>, <c>discharge</c> or <c>none</c>.</summary>
  public string Move { get; } = "none";
  /// <summary>The next level; <c>none</c> when there is none.</summary>
  public string Next { get; } = "none";
  /// <summary>The least intensive level that the rules allow.</summary>
  public string Indicated { get; } = "none";
  /// <summary>When undetermined, the next levels that are still possible, the least intensive one first.</summary>
  public IReadOnlyList<string> Possible { get; } = new string[0];
  /// <summary><c>off_pathway</c>, <c>draft</c>, ...</summary>
  public IReadOnlyList<string> Marks { get; } = new string[0];
  /// <summary>A day, where there is one.</summary>
  public DateTime? ReassessOn { get; }
  public IReadOnlyList<Refusal> Refusals { get; }

  // Names and texts; an input in Ask begins with `previous ` where it is the previous answer.
  public IReadOnlyList<string> Plan => lists[0];
  public IReadOnlyList<string> Ask => lists[1];
  public IReadOnlyList<string> Active => lists[2];
  public IReadOnlyList<string> Open => lists[3];
  public IReadOnlyList<string> Suggest => lists[4];
  public IReadOnlyList<string> Assumed => lists[5];
  public IReadOnlyList<string> Stale => lists[6];
  public IReadOnlyList<string> BrokenGuarantees => lists[7];
  public IReadOnlyList<string> OpenGuarantees => lists[8];
  public IReadOnlyList<string> Lacking => lists[9];
  public IReadOnlyList<string> Alerts => lists[10];
  public IReadOnlyList<string> OpenAlerts => lists[11];
  public IReadOnlyList<string> Notes => lists[12];
  public IReadOnlyList<string> Conflict => lists[13];

  private const int AskList = 1;
  private readonly IReadOnlyList<string>[] lists = new IReadOnlyList<string>[14];

  internal Decision(Ruleset rules, DecisionHandle decision) {
    var outcome = new Native.Outcome { struct_size = Native.Size(Marshal.SizeOf(typeof(Native.Outcome))) };
    Native.Check(Native.carestep_decision_get(decision, ref outcome), IntPtr.Zero);
    Status = Native.Text(Native.carestep_decision_status_name(outcome.status));
    Refusals = Native.Refusals(Native.carestep_decision_count(decision, Native.RefusalList),
        (UIntPtr i, ref Native.CRefusal refusal) => Native.carestep_decision_refusal(decision, i, ref refusal));
    for (int list = 0; list < lists.Length; ++list) lists[list] = Items(decision, list);
    if (Status == "refused") return;
    Move = Native.Text(Native.carestep_move_name(outcome.move));
    Next = Name(rules, outcome.next);
    Indicated = Name(rules, outcome.indicated);
    Possible = PossibleLevels(rules, outcome);
    var marks = new List<string>();
    for (int bit = 0; bit < 32; ++bit)
      if ((outcome.marks >> bit & 1) != 0) marks.Add(Native.Text(Native.carestep_mark_name(1U << bit)));
    Marks = marks;
    if (outcome.reassess_on != Native.NoDate) ReassessOn = Native.Epoch.AddDays(outcome.reassess_on);
  }

  private static string Name(Ruleset rules, int level) => Native.Text(rules.Declared(Native.Level, level).name);

  private static List<string> PossibleLevels(Ruleset rules, Native.Outcome outcome) {
    var levels = new List<string>();
    if (outcome.possible_next_none != 0) levels.Add("none");
    for (int level = 0; level < 64; ++level)
      if ((outcome.possible_next >> level & 1) != 0) levels.Add(Name(rules, level));
    return levels;
  }

  private static List<string> Items(DecisionHandle decision, int list) {
    var items = new List<string>();
    ulong count = Native.carestep_decision_count(decision, list).ToUInt64();
    for (ulong i = 0; i < count; ++i) {
      string text = Native.Text(Native.carestep_decision_text(decision, list, new UIntPtr(i)));
      bool previous = list == AskList &&
          Native.carestep_decision_item(decision, list, new UIntPtr(i), out int number) == Native.Ok &&
          (number & Native.Previous) != 0;
      items.Add(previous ? "previous " + text : text);
    }
    return items;
  }
}

// ---- what belongs to the library -----------------------------------------------------------------------------------------

internal abstract class LibraryHandle : SafeHandle {
  protected LibraryHandle() : base(IntPtr.Zero, true) {}
  public override bool IsInvalid => handle == IntPtr.Zero;
}

internal sealed class RulesetHandle : LibraryHandle {
  protected override bool ReleaseHandle() => Native.carestep_ruleset_free(handle) == Native.Ok;
}

internal sealed class AssessmentHandle : LibraryHandle {
  protected override bool ReleaseHandle() => Native.carestep_assessment_free(handle) == Native.Ok;
}

internal sealed class DecisionHandle : LibraryHandle {
  protected override bool ReleaseHandle() => Native.carestep_decision_free(handle) == Native.Ok;
}

internal sealed class ExplanationHandle : LibraryHandle {
  protected override bool ReleaseHandle() => Native.carestep_explanation_free(handle) == Native.Ok;
}

// ---- carestep.h ------------------------------------------------------------------------------------------------------------

internal static class Native {
  private const string Library = "libcarestep_c.so.1";
  internal const int Ok = 0;
  private const int ErrArgument = 1, ErrNoMemory = 2, ErrIo = 3, ErrDiagnostics = 4, ErrRefused = 5, ErrNotFound = 6;
  internal const int Level = 0, Input = 1, Rule = 2;
  internal const int Previous = 0x40000000;
  internal const int NoDate = int.MinValue;
  internal const int RefusalList = 14;
  internal static readonly DateTime Epoch = new DateTime(1970, 1, 1);

  static Native() {
    carestep_abi_version(out int major, out int minor);
    if (major != 1 || minor < 0) throw new DllNotFoundException("the carestep library has another version of its interface");
  }

  internal static UIntPtr Size(int size) => new UIntPtr((uint)size);

  internal static int Days(DateTime? day) => day.HasValue ? (day.Value.Date - Epoch).Days : NoDate;

  /// A text for C, with a zero byte behind it and none inside.
  internal static byte[] Name(string text) {
    if (text.IndexOf('\0') >= 0) throw new ArgumentException("a zero byte in a name");
    return Encoding.UTF8.GetBytes(text + "\0");
  }

  internal static IntPtr Allocate(byte[] bytes) {
    IntPtr memory = Marshal.AllocHGlobal(bytes.Length);
    Marshal.Copy(bytes, 0, memory, bytes.Length);
    return memory;
  }

  internal static string Text(IntPtr text) {
    int size = 0;
    while (Marshal.ReadByte(text, size) != 0) ++size;
    return Text(text, size);
  }

  private static string Text(IntPtr text, int size) {
    var bytes = new byte[size];
    Marshal.Copy(text, bytes, 0, size);
    return Encoding.UTF8.GetString(bytes);
  }

  /// A text of the caller's.
  internal static string TakeText(IntPtr text, UIntPtr size) {
    try {
      return Text(text, checked((int)size.ToUInt32()));
    } finally {
      carestep_text_free(text);
    }
  }

  /// Throws what the library says, and frees it.
  internal static void Check(int status, IntPtr error) {
    if (status == Ok) return;
    try {
      throw Failure(status, error);
    } finally {
      carestep_error_free(error);
    }
  }

  private static Exception Failure(int status, IntPtr error) {
    string message = Text(carestep_error_message(error));
    if (message.Length == 0) message = Text(carestep_status_name(status));
    switch (status) {
      case ErrArgument:
        return new ArgumentException(message);
      case ErrNoMemory:
        return new OutOfMemoryException(message);
      case ErrNotFound:
        return new KeyNotFoundException(message);
      case ErrIo:
      case ErrDiagnostics:
        return new RulesException(message, Diagnostics(carestep_error_diagnostics(error)));
      case ErrRefused:
        return new RefusedException(message, Refusals(carestep_error_refusal_count(error),
            (UIntPtr i, ref CRefusal refusal) => carestep_error_refusal(error, i, ref refusal)));
      default:
        return new CarestepException(message);
    }
  }

  internal static List<Diagnostic> Diagnostics(IntPtr diagnostics) {
    var all = new List<Diagnostic>();
    ulong count = carestep_diagnostics_count(diagnostics).ToUInt64();
    for (ulong i = 0; i < count; ++i) {
      var one = new CDiagnostic { struct_size = Size(Marshal.SizeOf(typeof(CDiagnostic))) };
      carestep_diagnostics_get(diagnostics, new UIntPtr(i), ref one);
      all.Add(new Diagnostic {
        Code = Text(one.code), Message = Text(one.message), File = Text(one.file), Line = one.line, Column = one.column,
        Help = Text(one.help), Severity = one.severity == 0 ? "error" : "warning"
      });
    }
    return all;
  }

  internal delegate int GetRefusal(UIntPtr index, ref CRefusal refusal);

  internal static List<Refusal> Refusals(UIntPtr count, GetRefusal get) {
    var all = new List<Refusal>();
    for (ulong i = 0; i < count.ToUInt64(); ++i) {
      var one = new CRefusal { struct_size = Size(Marshal.SizeOf(typeof(CRefusal))) };
      get(new UIntPtr(i), ref one);
      all.Add(new Refusal { Code = Text(one.code), Path = Text(one.path), Message = Text(one.message) });
    }
    return all;
  }

#pragma warning disable 649  // the library fills these
  internal struct CRefusal {
    internal UIntPtr struct_size;
    internal IntPtr code, path, message;
  }

  internal struct CDiagnostic {
    internal UIntPtr struct_size;
    internal IntPtr code, message, file, source_line, help, replacement;
    internal int severity;
    internal uint line, column, end_line, end_column, related_count;
  }

  internal struct CDeclaration {
    internal UIntPtr struct_size;
    internal IntPtr name, label, because, question, help, unit;
    internal long low, high, step;
    internal int type, or_never;
    internal uint value_count;
  }

  internal struct Options {
    internal UIntPtr struct_size;
    internal ulong budget;
    internal int allow_out_of_force, brief;
    internal IntPtr stop, stop_user;

    internal Options(bool allowOutOfForce) : this() {
      struct_size = Size(Marshal.SizeOf(typeof(Options)));
      allow_out_of_force = allowOutOfForce ? 1 : 0;
    }
  }

  internal struct Outcome {
    internal UIntPtr struct_size;
    internal int status, move, next, indicated;
    internal uint marks;
    internal int possible_next_none;
    internal ulong possible_next, possible_indicated;
    internal int possible_indicated_none, placement;
    internal ulong admissible;
    internal int reassess_on, plan_known;
  }
#pragma warning restore 649

  [DllImport(Library)] internal static extern void carestep_abi_version(out int major, out int minor);
  [DllImport(Library)] internal static extern IntPtr carestep_engine_version();
  [DllImport(Library)] internal static extern IntPtr carestep_status_name(int status);
  [DllImport(Library)] internal static extern IntPtr carestep_error_message(IntPtr error);
  [DllImport(Library)] internal static extern IntPtr carestep_error_diagnostics(IntPtr error);
  [DllImport(Library)] internal static extern UIntPtr carestep_error_refusal_count(IntPtr error);
  [DllImport(Library)] internal static extern int carestep_error_refusal(IntPtr error, UIntPtr index, ref CRefusal refusal);
  [DllImport(Library)] internal static extern int carestep_error_free(IntPtr error);
  [DllImport(Library)] internal static extern int carestep_text_free(IntPtr text);
  [DllImport(Library)] internal static extern UIntPtr carestep_diagnostics_count(IntPtr diagnostics);
  [DllImport(Library)] internal static extern int carestep_diagnostics_get(IntPtr diagnostics, UIntPtr index,
      ref CDiagnostic diagnostic);

  [DllImport(Library)] internal static extern int carestep_ruleset_load(byte[] path, out RulesetHandle rules,
      out IntPtr error);
  [DllImport(Library)] internal static extern int carestep_ruleset_load_text(byte[] text, UIntPtr size, byte[] name,
      IntPtr options, out RulesetHandle rules, out IntPtr error);
  [DllImport(Library)] internal static extern int carestep_ruleset_free(IntPtr rules);
  [DllImport(Library)] internal static extern IntPtr carestep_ruleset_name(RulesetHandle rules);
  [DllImport(Library)] internal static extern IntPtr carestep_ruleset_title(RulesetHandle rules);
  [DllImport(Library)] internal static extern IntPtr carestep_ruleset_version(RulesetHandle rules);
  [DllImport(Library)] internal static extern IntPtr carestep_ruleset_status(RulesetHandle rules);
  [DllImport(Library)] internal static extern IntPtr carestep_ruleset_sha256(RulesetHandle rules);
  [DllImport(Library)] internal static extern IntPtr carestep_ruleset_warnings(RulesetHandle rules);
  [DllImport(Library)] internal static extern int carestep_ruleset_find(RulesetHandle rules, int kind, byte[] name,
      out int number);
  [DllImport(Library)] internal static extern int carestep_ruleset_get(RulesetHandle rules, int kind, int number,
      ref CDeclaration declaration);

  [DllImport(Library)] internal static extern int carestep_assessment_new(RulesetHandle rules, int date,
      out AssessmentHandle assessment, out IntPtr error);
  [DllImport(Library)] internal static extern int carestep_assessment_from_json(RulesetHandle rules, byte[] json, UIntPtr size,
      out AssessmentHandle assessment, out IntPtr error);
  [DllImport(Library)] internal static extern int carestep_assessment_json(AssessmentHandle assessment, out IntPtr text,
      out UIntPtr size, out IntPtr error);
  [DllImport(Library)] internal static extern int carestep_assessment_free(IntPtr assessment);
  [DllImport(Library)] internal static extern int carestep_assessment_set_yes_no(AssessmentHandle assessment, int input,
      int yes, int on, out IntPtr error);
  [DllImport(Library)] internal static extern int carestep_assessment_set_number_text(AssessmentHandle assessment, int input,
      byte[] number, int on, out IntPtr error);
  [DllImport(Library)] internal static extern int carestep_assessment_set_value(AssessmentHandle assessment, int input,
      byte[] value, int on, out IntPtr error);
  [DllImport(Library)] internal static extern int carestep_assessment_set_date(AssessmentHandle assessment, int input,
      int date, int on, out IntPtr error);
  [DllImport(Library)] internal static extern int carestep_assessment_set_never(AssessmentHandle assessment, int input, int on,
      out IntPtr error);
  [DllImport(Library)] internal static extern int carestep_assessment_set_members(AssessmentHandle assessment, int input,
      IntPtr[] members, UIntPtr count, int on, out IntPtr error);
  [DllImport(Library)] internal static extern int carestep_assessment_set_unknown(AssessmentHandle assessment, int input,
      int reason, out IntPtr error);
  [DllImport(Library)] internal static extern int carestep_assessment_no_previous(AssessmentHandle assessment);
  [DllImport(Library)] internal static extern int carestep_assessment_set_unavailable(AssessmentHandle assessment, int level,
      out IntPtr error);

  [DllImport(Library)] internal static extern int carestep_decision_new(RulesetHandle rules, out DecisionHandle decision,
      out IntPtr error);
  [DllImport(Library)] internal static extern int carestep_decision_free(IntPtr decision);
  [DllImport(Library)] internal static extern int carestep_decide(RulesetHandle rules, AssessmentHandle assessment,
      ref Options options, DecisionHandle decision, out IntPtr error);
  [DllImport(Library)] internal static extern int carestep_decide_json(RulesetHandle rules, byte[] json, UIntPtr json_size,
      IntPtr options, out IntPtr text, out UIntPtr size, out IntPtr error);
  [DllImport(Library)] internal static extern int carestep_decision_get(DecisionHandle decision, ref Outcome outcome);
  [DllImport(Library)] internal static extern UIntPtr carestep_decision_count(DecisionHandle decision, int list);
  [DllImport(Library)] internal static extern int carestep_decision_item(DecisionHandle decision, int list, UIntPtr index,
      out int number);
  [DllImport(Library)] internal static extern IntPtr carestep_decision_text(DecisionHandle decision, int list, UIntPtr index);
  [DllImport(Library)] internal static extern int carestep_decision_refusal(DecisionHandle decision, UIntPtr index,
      ref CRefusal refusal);
  [DllImport(Library)] internal static extern IntPtr carestep_move_name(int move);
  [DllImport(Library)] internal static extern IntPtr carestep_mark_name(uint mark);
  [DllImport(Library)] internal static extern IntPtr carestep_decision_status_name(int status);

  [DllImport(Library)] internal static extern int carestep_explain(RulesetHandle rules, AssessmentHandle assessment,
      IntPtr options, out ExplanationHandle explanation, out IntPtr error);
  [DllImport(Library)] internal static extern int carestep_explanation_free(IntPtr explanation);
  [DllImport(Library)] internal static extern int carestep_explanation_render(ExplanationHandle explanation, int format,
      out IntPtr text, out UIntPtr size, out IntPtr error);
}

}  // namespace Carestep
