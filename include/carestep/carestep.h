#ifndef CARESTEP_CARESTEP_H
#define CARESTEP_CARESTEP_H

/* carestep for C, and for every language that can call C.

   Status    Functions that can fail return CARESTEP_OK or one of the codes that stand behind `return`. Every one of them may
             also return CARESTEP_ERR_ARGUMENT (a null, freed or wrong handle, a null pointer where one is needed, an index
             or number out of its range), CARESTEP_ERR_NO_MEMORY and CARESTEP_ERR_INTERNAL (a defect of the library), which
             are therefore not repeated there. What a function would have given is untouched when it fails.
   Errors    `err` may be NULL. Otherwise a function that fails gives an error there, to free with carestep_error_free; one
             that succeeds does not touch it. No message shows what somebody answered.
   Handles   Made by this library, freed by it, each with its own carestep_..._free; NULL may be freed. Any handle may be
             freed before any other: each keeps alive what it needs. What a function returns as `char const*` belongs to
             the handle that it was asked of, and lives as long.
   Texts     UTF-8, and a zero byte behind them. Those given as `char**` are the caller's, to free with carestep_text_free;
             `size` may be NULL, and counts the bytes without the zero byte.
   Structs   Begin with struct_size, which the caller sets to sizeof the struct: programs and libraries of different age
             then understand each other. Zero is the default of every other member of an options struct, and NULL stands
             for all defaults. Structs to be filled need struct_size only.
   Threads   A ruleset may be used by many threads at once. Everything else belongs to one thread at a time. There is no
             global state; nothing here starts a thread, handles a signal, reads the locale or the environment, or ends the
             process.
   Memory    See carestep_allocator. */

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(CARESTEP_C_BUILD) && defined(__GNUC__)
#define CARESTEP_API __attribute__((visibility("default")))
#else
#define CARESTEP_API
#endif

/* ---- version ------------------------------------------------------------------------------------------------------------ */

/* The version of this interface. A program runs with a library of the same major number and of its own minor number or a
   greater one. The major number is also that of the shared library's name (SONAME). */
#define CARESTEP_ABI_MAJOR 1
#define CARESTEP_ABI_MINOR 1

/* Tells the version of the interface of the library that runs; compare it with CARESTEP_ABI_MAJOR and CARESTEP_ABI_MINOR.
   major, minor   may be NULL. */
CARESTEP_API void carestep_abi_version(int32_t* major, int32_t* minor);

/* The version of the engine, `MAJOR.MINOR.PATCH`. Every decision carries it.
   return    a text that lives as long as the library is loaded. */
CARESTEP_API char const* carestep_engine_version(void);

/* ---- status and errors -------------------------------------------------------------------------------------------------- */

enum {
  CARESTEP_OK = 0,
  CARESTEP_ERR_ARGUMENT = 1,    /* the call is wrong: see above */
  CARESTEP_ERR_NO_MEMORY = 2,
  CARESTEP_ERR_IO = 3,          /* a rule file could not be read; the error has its diagnostics */
  CARESTEP_ERR_DIAGNOSTICS = 4, /* the rules have mistakes; the error has their diagnostics */
  CARESTEP_ERR_REFUSED = 5,     /* an answer or an assessment does not fit the ruleset; the error has its refusals */
  CARESTEP_ERR_NOT_FOUND = 6,   /* there is nothing of this name */
  CARESTEP_ERR_CANCELLED = 7,   /* a callback of the caller wanted it */
  CARESTEP_ERR_INTERNAL = 8
};
typedef int32_t carestep_status;

typedef struct carestep_error carestep_error;
typedef struct carestep_diagnostics carestep_diagnostics;
typedef struct carestep_ruleset carestep_ruleset;
typedef struct carestep_assessment carestep_assessment;
typedef struct carestep_decision carestep_decision;
typedef struct carestep_explanation carestep_explanation;
typedef struct carestep_batch carestep_batch;
typedef struct carestep_batch_builder carestep_batch_builder;

/* The word for a status: `ok`, `argument`, `no_memory`, ...
   return    a text that lives as long as the library is loaded; `unknown` for any other number. */
CARESTEP_API char const* carestep_status_name(carestep_status status);

/* What the function that gave the error returned.
   return    the status; CARESTEP_ERR_ARGUMENT also when `error` is none. */
CARESTEP_API carestep_status carestep_error_status(carestep_error const* error);

/* The error in words, for people; of diagnostics and refusals, all of them, one below the other.
   return    a text of the error; an empty one when `error` is none. */
CARESTEP_API char const* carestep_error_message(carestep_error const* error);

/* The diagnostics of CARESTEP_ERR_DIAGNOSTICS and CARESTEP_ERR_IO.
   return    a handle of the error, not to be freed; NULL when it has none. */
CARESTEP_API carestep_diagnostics const* carestep_error_diagnostics(carestep_error const* error);

/* Why an assessment, or a part of one, was refused. */
typedef struct carestep_refusal {
  size_t struct_size;
  char const* code;    /* `E0606`: stable for ever */
  char const* path;    /* `answers.phq9` */
  char const* message; /* what was expected; never what somebody answered */
} carestep_refusal;

/* How many refusals an error of CARESTEP_ERR_REFUSED has.
   return    their number; 0 for any other error, and when `error` is none. */
CARESTEP_API size_t carestep_error_refusal_count(carestep_error const* error);

/* One of them.
   out       receives it; the texts belong to the error.
   return    CARESTEP_OK */
CARESTEP_API carestep_status carestep_error_refusal(carestep_error const* error, size_t index, carestep_refusal* out);

/* Frees an error.
   return    CARESTEP_OK */
CARESTEP_API carestep_status carestep_error_free(carestep_error* error);

/* ---- memory ------------------------------------------------------------------------------------------------------------- */

/* Where handles, errors and texts come from.

   Covered: every block that this interface hands out. It is the ruleset's allocator (carestep_load_options) that makes the
   handles, errors and texts of everything that stems from the ruleset; malloc and free where none was given.
   Not covered: what the handles keep inside, which comes from C++'s operator new of the process.

   allocate  gives `size` bytes, aligned as malloc aligns, or NULL when there are none.
   release   takes back what `allocate` gave, with the same size.
   Threads   called on the thread that calls the library, so by several threads at once where several use one ruleset. Must
             not call the library, throw or jump. Must work until the last handle and text is freed. */
typedef struct carestep_allocator {
  size_t struct_size;
  void* (*allocate)(void* user, size_t size);
  void (*release)(void* user, void* memory, size_t size);
  void* user;
} carestep_allocator;

/* Frees a text that a function gave as `char**`.
   return    CARESTEP_OK */
CARESTEP_API carestep_status carestep_text_free(char* text);

/* ---- diagnostics -------------------------------------------------------------------------------------------------------- */

enum { CARESTEP_SEVERITY_ERROR = 0, CARESTEP_SEVERITY_WARNING = 1 };

/* One finding about a rule file, in its author's words. Lines and columns count from 1, columns in Unicode code points; the
   end is the place just behind. */
typedef struct carestep_diagnostic {
  size_t struct_size;
  char const* code;        /* `E0203`: stable for ever; carestep_diagnostic_page explains it */
  char const* message;
  char const* file;
  char const* source_line; /* the whole line, without its line break */
  char const* help;        /* empty where there is none */
  char const* replacement; /* the text that, in the place of the span, mends the file; empty where there is none */
  int32_t severity;        /* CARESTEP_SEVERITY_... */
  uint32_t line;
  uint32_t column;
  uint32_t end_line;
  uint32_t end_column;
  uint32_t related_count;  /* other places that help to understand it */
} carestep_diagnostic;

enum {
  CARESTEP_FORMAT_TEXT = 0,
  CARESTEP_FORMAT_JSON = 1,
  CARESTEP_FORMAT_MARKDOWN = 2,
  CARESTEP_FORMAT_HTML = 3,
  CARESTEP_FORMAT_SARIF = 4,
  CARESTEP_FORMAT_DOT = 5,
  CARESTEP_FORMAT_MERMAID = 6,
  CARESTEP_FORMAT_SVG = 7
};

/* return    how many there are; 0 when `diagnostics` is none. */
CARESTEP_API size_t carestep_diagnostics_count(carestep_diagnostics const* diagnostics);

/* One of them.
   out       receives it; the texts belong to the handle that `diagnostics` belongs to.
   return    CARESTEP_OK */
CARESTEP_API carestep_status carestep_diagnostics_get(carestep_diagnostics const* diagnostics, size_t index,
                                                      carestep_diagnostic* out);

/* A second place of one of them ("first declared here"): message, file, source_line and the place are filled.
   return    CARESTEP_OK */
CARESTEP_API carestep_status carestep_diagnostics_related(carestep_diagnostics const* diagnostics, size_t index,
                                                          size_t related, carestep_diagnostic* out);

/* All of them as one text.
   format    CARESTEP_FORMAT_TEXT (source lines with carets), _JSON or _SARIF
   return    CARESTEP_OK */
CARESTEP_API carestep_status carestep_diagnostics_render(carestep_diagnostics const* diagnostics, int32_t format,
                                                         char** text, size_t* size, carestep_error** err);

/* The page that explains a code: what it means, a wrong and a right example.
   return    CARESTEP_OK, CARESTEP_ERR_NOT_FOUND for a code that this engine does not give */
CARESTEP_API carestep_status carestep_diagnostic_page(char const* code, char** text, size_t* size, carestep_error** err);

/* ---- rulesets ----------------------------------------------------------------------------------------------------------- */

/* Gives the text of a file that `use` names.
   path      as diagnostics will call it
   text      receives its bytes, which must stay as they are until the next call, or until loading returns
   return    CARESTEP_OK; CARESTEP_ERR_NOT_FOUND when there is no such file, which is a diagnostic. Any other status ends
             loading with that status. Must not throw or jump. */
typedef carestep_status (*carestep_loader)(void* user, char const* path, char const** text, size_t* size);

typedef struct carestep_load_options {
  size_t struct_size;
  carestep_allocator const* allocator; /* copied */
  char const* root;                    /* from a file: the folder that `use` may not leave; the file's own where NULL */
  carestep_loader loader;              /* from memory: gives the files of `use`; none are found where NULL */
  void* loader_user;
} carestep_load_options;

/* Parses, checks and compiles a rule file and all that it uses.
   out       receives a new ruleset; free it with carestep_ruleset_free.
   return    CARESTEP_OK, CARESTEP_ERR_IO, CARESTEP_ERR_DIAGNOSTICS (err lists them) */
CARESTEP_API carestep_status carestep_ruleset_load(char const* path, carestep_ruleset** out, carestep_error** err);

/* Likewise, with options.
   return    CARESTEP_OK, CARESTEP_ERR_IO, CARESTEP_ERR_DIAGNOSTICS (err lists them) */
CARESTEP_API carestep_status carestep_ruleset_load_file(char const* path, carestep_load_options const* options,
                                                        carestep_ruleset** out, carestep_error** err);

/* Likewise from memory.
   text      the main file, `size` bytes; copied
   name      what diagnostics call it, and what paths of `use` are relative to; `rules.care` where NULL
   return    CARESTEP_OK, CARESTEP_ERR_DIAGNOSTICS (err lists them), and what the loader returned but
             CARESTEP_ERR_NOT_FOUND */
CARESTEP_API carestep_status carestep_ruleset_load_text(char const* text, size_t size, char const* name,
                                                        carestep_load_options const* options, carestep_ruleset** out,
                                                        carestep_error** err);

/* Frees a ruleset; what was made from it stays usable.
   return    CARESTEP_OK */
CARESTEP_API carestep_status carestep_ruleset_free(carestep_ruleset* ruleset);

/* Its name, title, version, status (`draft`, `active` or `retired`), and the SHA-256 of its canonical text.
   return    a text of the ruleset; an empty one when `ruleset` is none. */
CARESTEP_API char const* carestep_ruleset_name(carestep_ruleset const* ruleset);
CARESTEP_API char const* carestep_ruleset_title(carestep_ruleset const* ruleset);
CARESTEP_API char const* carestep_ruleset_version(carestep_ruleset const* ruleset);
CARESTEP_API char const* carestep_ruleset_status(carestep_ruleset const* ruleset);
CARESTEP_API char const* carestep_ruleset_sha256(carestep_ruleset const* ruleset);

/* What the checker warned of.
   return    a handle of the ruleset, not to be freed; NULL when `ruleset` is none. */
CARESTEP_API carestep_diagnostics const* carestep_ruleset_warnings(carestep_ruleset const* ruleset);

/* What a ruleset declares. Each kind is numbered from 0, levels from the least intensive one. */
enum {
  CARESTEP_KIND_LEVEL = 0,
  CARESTEP_KIND_INPUT = 1, /* CARESTEP_INPUT_CURRENT_LEVEL and CARESTEP_INPUT_DAYS_IN_LEVEL first */
  CARESTEP_KIND_RULE = 2,
  CARESTEP_KIND_SERVICE = 3,
  CARESTEP_KIND_GUARANTEE = 4
};

/* The level `none`: nobody is placed, or nobody was. */
#define CARESTEP_LEVEL_NONE (-1)
/* Where a level is not told: `placement` of a decision that has none. */
#define CARESTEP_LEVEL_UNTOLD (-2)

/* Two inputs that every ruleset has. */
#define CARESTEP_INPUT_CURRENT_LEVEL 0
#define CARESTEP_INPUT_DAYS_IN_LEVEL 1
/* Added to an input's number, it names the answer of the previous assessment. */
#define CARESTEP_PREVIOUS 0x40000000

/* return    how many the ruleset declares of a kind; 0 when `ruleset` or `kind` is none. */
CARESTEP_API size_t carestep_ruleset_count(carestep_ruleset const* ruleset, int32_t kind);

/* The number of what has this name; for inputs also `previous NAME`, for levels `none`.
   return    CARESTEP_OK, CARESTEP_ERR_NOT_FOUND */
CARESTEP_API carestep_status carestep_ruleset_find(carestep_ruleset const* ruleset, int32_t kind, char const* name,
                                                   int32_t* out);

enum {
  CARESTEP_INPUT_LEVEL = 0,
  CARESTEP_INPUT_YES_NO = 1,
  CARESTEP_INPUT_SCALE = 2,
  CARESTEP_INPUT_CHOICE = 3,
  CARESTEP_INPUT_SET = 4,
  CARESTEP_INPUT_NUMBER = 5,
  CARESTEP_INPUT_DATE = 6
};

/* A declaration in words; the members behind `because` are those of inputs, and empty or 0 for other kinds. */
typedef struct carestep_declaration {
  size_t struct_size;
  char const* name;
  char const* label;    /* empty where there is none, as are all the others */
  char const* because;  /* of a rule */
  char const* question; /* the words to ask with */
  char const* help;
  char const* unit;
  int64_t low;          /* of a number: times 100,000,000 */
  int64_t high;
  int64_t step;
  int32_t type;         /* CARESTEP_INPUT_... */
  int32_t or_never;     /* 1 for `date or never` */
  uint32_t value_count; /* of a scale, choice, set; of current_level: `none` and the levels */
} carestep_declaration;

/* One declaration; of level CARESTEP_LEVEL_NONE, the name `none`.
   out       receives it; the texts belong to the ruleset.
   return    CARESTEP_OK */
CARESTEP_API carestep_status carestep_ruleset_get(carestep_ruleset const* ruleset, int32_t kind, int32_t number,
                                                  carestep_declaration* out);

/* A value of an input, or a member of a set, from 0.
   return    its name, a text of the ruleset; an empty one when there is no such value. */
CARESTEP_API char const* carestep_ruleset_value(carestep_ruleset const* ruleset, int32_t input, size_t value);

/* The ruleset as a document for review.
   format    CARESTEP_FORMAT_TEXT, _MARKDOWN, _HTML or _JSON
   return    CARESTEP_OK */
CARESTEP_API carestep_status carestep_ruleset_describe(carestep_ruleset const* ruleset, int32_t format, char** text,
                                                       size_t* size, carestep_error** err);

/* Runs the `example` blocks of the rules.
   format    CARESTEP_FORMAT_TEXT or _JSON
   passed    receives 1 when all passed, else 0; may be NULL.
   return    CARESTEP_OK, whether they passed or not */
CARESTEP_API carestep_status carestep_ruleset_test(carestep_ruleset const* ruleset, int32_t format, int32_t* passed,
                                                   char** text, size_t* size, carestep_error** err);

/* The canonical layout of one rule file; every comment is kept.
   return    CARESTEP_OK, CARESTEP_ERR_DIAGNOSTICS for syntax errors */
CARESTEP_API carestep_status carestep_format_rules(char const* rules, size_t rules_size, char const* name, char** text,
                                                   size_t* size, carestep_error** err);

/* ---- assessments -------------------------------------------------------------------------------------------------------- */

/* A calendar day: whole days since 1970-01-01. */
typedef int32_t carestep_date;

/* No day is told. */
#define CARESTEP_NO_DATE INT32_MIN

/* The day `year`-`month`-`day`.
   return    CARESTEP_OK, CARESTEP_ERR_NOT_FOUND when that day does not exist or the year is outside 1 to 9999 */
CARESTEP_API carestep_status carestep_date_of(int32_t year, int32_t month, int32_t day, carestep_date* out);

/* Reads `YYYY-MM-DD`.
   return    CARESTEP_OK, CARESTEP_ERR_NOT_FOUND for any other text, and for days that do not exist */
CARESTEP_API carestep_status carestep_date_parse(char const* text, carestep_date* out);

/* Writes `YYYY-MM-DD` and a zero byte.
   return    CARESTEP_OK */
CARESTEP_API carestep_status carestep_date_format(carestep_date date, char text[11]);

/* An assessment in which nothing is known but its day.
   out       receives it; free it with carestep_assessment_free.
   return    CARESTEP_OK */
CARESTEP_API carestep_status carestep_assessment_new(carestep_ruleset const* ruleset, carestep_date date,
                                                     carestep_assessment** out, carestep_error** err);

/* Reads one JSON object, in the form of docs/data.md.
   return    CARESTEP_OK, CARESTEP_ERR_REFUSED (err lists every refusal) */
CARESTEP_API carestep_status carestep_assessment_from_json(carestep_ruleset const* ruleset, char const* json, size_t size,
                                                           carestep_assessment** out, carestep_error** err);

/* The assessment as one line of JSON.
   return    CARESTEP_OK */
CARESTEP_API carestep_status carestep_assessment_json(carestep_assessment const* assessment, char** text, size_t* size,
                                                      carestep_error** err);

/* A second assessment like the first.
   return    CARESTEP_OK */
CARESTEP_API carestep_status carestep_assessment_copy(carestep_assessment const* assessment, carestep_assessment** out,
                                                      carestep_error** err);

/* Frees an assessment.
   return    CARESTEP_OK */
CARESTEP_API carestep_status carestep_assessment_free(carestep_assessment* assessment);

/* The identity that its decisions carry: JSON, a text in quotes or a number. NULL or empty takes it away.
   return    CARESTEP_OK, CARESTEP_ERR_REFUSED for anything else */
CARESTEP_API carestep_status carestep_assessment_set_id(carestep_assessment* assessment, char const* json,
                                                        carestep_error** err);
CARESTEP_API char const* carestep_assessment_id(carestep_assessment const* assessment);

/* The functions below answer an input, each for one type of inputs. A function that refuses leaves the assessment as it was.
   input     its number (carestep_ruleset_find), with CARESTEP_PREVIOUS added for the previous assessment's answer
   on        the day on which the answer was given, for `valid for`; CARESTEP_NO_DATE when that is not told, and for a
             previous answer
   return    CARESTEP_OK, CARESTEP_ERR_REFUSED (err says why) */

CARESTEP_API carestep_status carestep_assessment_set_yes_no(carestep_assessment* assessment, int32_t input, int32_t yes,
                                                            carestep_date on, carestep_error** err);
/* `mantissa` divided by 10 to the power of `decimals`, which is 0 to 18: 14 and 0 is 14, 95 and 2 is 0.95. */
CARESTEP_API carestep_status carestep_assessment_set_number(carestep_assessment* assessment, int32_t input,
                                                            int64_t mantissa, int32_t decimals, carestep_date on,
                                                            carestep_error** err);
/* Digit by digit, as JSON writes numbers: `0.95`. */
CARESTEP_API carestep_status carestep_assessment_set_number_text(carestep_assessment* assessment, int32_t input,
                                                                 char const* number, carestep_date on,
                                                                 carestep_error** err);
/* By the name of a scale's or a choice's value; of current_level, a level or `none`. */
CARESTEP_API carestep_status carestep_assessment_set_value(carestep_assessment* assessment, int32_t input,
                                                           char const* value, carestep_date on, carestep_error** err);
CARESTEP_API carestep_status carestep_assessment_set_date(carestep_assessment* assessment, int32_t input,
                                                          carestep_date date, carestep_date on, carestep_error** err);
/* `never`, to an input of `date or never`. */
CARESTEP_API carestep_status carestep_assessment_set_never(carestep_assessment* assessment, int32_t input,
                                                           carestep_date on, carestep_error** err);
/* All members of a set that are true; the others are not. `members` may be NULL where `count` is 0. */
CARESTEP_API carestep_status carestep_assessment_set_members(carestep_assessment* assessment, int32_t input,
                                                             char const* const* members, size_t count,
                                                             carestep_date on, carestep_error** err);
/* Members of a set that are true, and members that are not; of the others, nothing is known. */
CARESTEP_API carestep_status carestep_assessment_set_partly(carestep_assessment* assessment, int32_t input,
                                                            char const* const* includes, size_t include_count,
                                                            char const* const* excludes, size_t exclude_count,
                                                            carestep_date on, carestep_error** err);

enum { CARESTEP_UNKNOWN_NOT_ASKED = 0, CARESTEP_UNKNOWN_REFUSED = 1, CARESTEP_UNKNOWN_UNABLE = 2 };

/* Says that a present input has no answer, and why; kept with the record, not seen by the rules.
   reason    CARESTEP_UNKNOWN_...
   return    CARESTEP_OK */
CARESTEP_API carestep_status carestep_assessment_set_unknown(carestep_assessment* assessment, int32_t input,
                                                             int32_t reason, carestep_error** err);
/* Takes a present answer away.
   return    CARESTEP_OK */
CARESTEP_API carestep_status carestep_assessment_clear(carestep_assessment* assessment, int32_t input);

/* return    1 when a present input is known, all members of it where it is a set; else 0. */
CARESTEP_API int32_t carestep_assessment_known(carestep_assessment const* assessment, int32_t input);

/* Says that there was no previous assessment, or that there was one; before, that is unknown.
   return    CARESTEP_OK */
CARESTEP_API carestep_status carestep_assessment_no_previous(carestep_assessment* assessment);
CARESTEP_API carestep_status carestep_assessment_has_previous(carestep_assessment* assessment);

/* Says that a level has no place today.
   return    CARESTEP_OK */
CARESTEP_API carestep_status carestep_assessment_set_unavailable(carestep_assessment* assessment, int32_t level,
                                                                 carestep_error** err);

/* ---- decisions ---------------------------------------------------------------------------------------------------------- */

/* Asked before each stretch of work: a batch is decided in stretches of 65,536 records; one decision, explanation or graph is
   one stretch, whose length its budget of steps limits.
   return    0 to go on; anything else ends the work with CARESTEP_ERR_CANCELLED. Must not throw or jump. */
typedef int32_t (*carestep_stop)(void* user);

typedef struct carestep_decide_options {
  size_t struct_size;
  /* Steps that exact settlement of unknown answers may take before a decision is marked `approximate`; 4,000,000 where 0.
     Never time, so that the same input gives the same answer on every machine. */
  uint64_t budget;
  int32_t allow_out_of_force; /* 1: decide also when the ruleset is not in force on the assessment's day */
  int32_t brief;              /* 1: leave the lists out, but what carestep_decision_get gives of brief decisions */
  carestep_stop stop;         /* may be NULL */
  void* stop_user;
} carestep_decide_options;

/* A decision to decide into; it keeps its memory from one to the next.
   out       receives it; free it with carestep_decision_free.
   return    CARESTEP_OK */
CARESTEP_API carestep_status carestep_decision_new(carestep_ruleset const* ruleset, carestep_decision** out,
                                                   carestep_error** err);

/* Frees a decision.
   return    CARESTEP_OK */
CARESTEP_API carestep_status carestep_decision_free(carestep_decision* decision);

/* Places one assessment on the care-level graph.
   decision  receives what the rules say. An assessment that is impossible, was made for another ruleset or lies outside the
             days in force gives a decision of the status `refused`.
   return    CARESTEP_OK, CARESTEP_ERR_CANCELLED (the decision is then as it was) */
CARESTEP_API carestep_status carestep_decide(carestep_ruleset const* ruleset, carestep_assessment const* assessment,
                                             carestep_decide_options const* options, carestep_decision* decision,
                                             carestep_error** err);

/* One assessment as JSON in, its decision as one line of JSON out. An assessment that cannot be read gives a decision of the
   status `refused` too.
   return    CARESTEP_OK, CARESTEP_ERR_CANCELLED */
CARESTEP_API carestep_status carestep_decide_json(carestep_ruleset const* ruleset, char const* json, size_t json_size,
                                                  carestep_decide_options const* options, char** text, size_t* size,
                                                  carestep_error** err);

enum { CARESTEP_DETERMINED = 0, CARESTEP_UNDETERMINED = 1, CARESTEP_REFUSED = 2 };

enum {
  CARESTEP_MOVE_ADMIT = 0,
  CARESTEP_MOVE_STEP_UP = 1,
  CARESTEP_MOVE_STAY = 2,
  CARESTEP_MOVE_STEP_DOWN = 3,
  CARESTEP_MOVE_DISCHARGE = 4,
  CARESTEP_MOVE_NONE = 5
};

/* Bits of `marks`. */
enum {
  CARESTEP_MARK_NOT_APPLICABLE = 1,
  CARESTEP_MARK_CONFLICT = 2,
  CARESTEP_MARK_NOT_ELIGIBLE = 4,
  CARESTEP_MARK_GUARANTEE_BROKEN = 8,
  CARESTEP_MARK_BY_DEFAULT = 16,
  CARESTEP_MARK_HELD = 32,
  CARESTEP_MARK_OFF_PATHWAY = 64,
  CARESTEP_MARK_APPROXIMATE = 128,
  CARESTEP_MARK_DRAFT = 256
};

/* The heart of a decision. Sets of levels have a bit for each level, the least intensive one the least significant.
   Undetermined: move, levels, marks, admissible, reassess_on and placement are the provisional decision's. Refused: only
   `status` counts. Brief: the members behind possible_indicated_none are empty. */
typedef struct carestep_outcome {
  size_t struct_size;
  int32_t status;                  /* CARESTEP_DETERMINED, ... */
  int32_t move;                    /* CARESTEP_MOVE_... */
  int32_t next;                    /* a level or CARESTEP_LEVEL_NONE */
  int32_t indicated;               /* likewise */
  uint32_t marks;                  /* CARESTEP_MARK_... */
  int32_t possible_next_none;      /* 1 when `none` is possible too */
  uint64_t possible_next;
  uint64_t possible_indicated;
  int32_t possible_indicated_none;
  int32_t placement;               /* a level, CARESTEP_LEVEL_NONE or CARESTEP_LEVEL_UNTOLD */
  uint64_t admissible;
  carestep_date reassess_on;       /* CARESTEP_NO_DATE where there is none */
  int32_t plan_known;              /* 0 where the completions differ in their pathway */
} carestep_outcome;

/* out       receives the decision's heart.
   return    CARESTEP_OK */
CARESTEP_API carestep_status carestep_decision_get(carestep_decision const* decision, carestep_outcome* out);

/* The lists of a decision, and what their items are. */
enum {
  CARESTEP_LIST_PLAN = 0,              /* levels, the next one first */
  CARESTEP_LIST_ASK = 1,               /* inputs still to ask, the most useful first; CARESTEP_PREVIOUS may be added */
  CARESTEP_LIST_ACTIVE = 2,            /* rules */
  CARESTEP_LIST_OPEN = 3,              /* rules */
  CARESTEP_LIST_SUGGEST = 4,           /* services */
  CARESTEP_LIST_ASSUMED = 5,           /* inputs */
  CARESTEP_LIST_STALE = 6,             /* inputs */
  CARESTEP_LIST_BROKEN_GUARANTEES = 7, /* guarantees */
  CARESTEP_LIST_OPEN_GUARANTEES = 8,   /* guarantees */
  CARESTEP_LIST_LACKING = 9,           /* services */
  CARESTEP_LIST_ALERTS = 10,           /* texts, as all that follow */
  CARESTEP_LIST_OPEN_ALERTS = 11,
  CARESTEP_LIST_NOTES = 12,
  CARESTEP_LIST_CONFLICT = 13,
  CARESTEP_LIST_REFUSALS = 14          /* refusals: carestep_decision_refusal */
};

/* return    how many items a list has; 0 when `decision` or `list` is none. */
CARESTEP_API size_t carestep_decision_count(carestep_decision const* decision, int32_t list);

/* The number of an item: of the level, input, rule, service or guarantee.
   return    CARESTEP_OK */
CARESTEP_API carestep_status carestep_decision_item(carestep_decision const* decision, int32_t list, size_t index,
                                                    int32_t* out);

/* An item in words: its name where it has a number.
   return    a text of the decision, until it is decided into again; an empty one when there is no such item. */
CARESTEP_API char const* carestep_decision_text(carestep_decision const* decision, int32_t list, size_t index);

/* One refusal of a refused decision.
   out       receives it; the texts belong to the decision, until it is decided into again.
   return    CARESTEP_OK */
CARESTEP_API carestep_status carestep_decision_refusal(carestep_decision const* decision, size_t index,
                                                       carestep_refusal* out);

/* The decision as one line of JSON, in the form of docs/data.md, with the id of its assessment.
   brief     1 for the brief form
   return    CARESTEP_OK */
CARESTEP_API carestep_status carestep_decision_json(carestep_decision const* decision, int32_t brief, char** text,
                                                    size_t* size, carestep_error** err);

/* The words of the data form: `step_down`, `off_pathway`, `undetermined`.
   return    a text that lives as long as the library is loaded; an empty one for any other number. */
CARESTEP_API char const* carestep_move_name(int32_t move);
CARESTEP_API char const* carestep_mark_name(uint32_t mark);
CARESTEP_API char const* carestep_decision_status_name(int32_t status);

/* ---- explanations ------------------------------------------------------------------------------------------------------- */

/* Decides and explains from one evaluation, so that the two cannot disagree.
   out       receives the explanation; free it with carestep_explanation_free.
   return    CARESTEP_OK, CARESTEP_ERR_CANCELLED */
CARESTEP_API carestep_status carestep_explain(carestep_ruleset const* ruleset, carestep_assessment const* assessment,
                                              carestep_decide_options const* options, carestep_explanation** out,
                                              carestep_error** err);

/* Frees an explanation.
   return    CARESTEP_OK */
CARESTEP_API carestep_status carestep_explanation_free(carestep_explanation* explanation);

/* The decision in one sentence, and how sure it is in words.
   return    a text of the explanation; an empty one when `explanation` is none. */
CARESTEP_API char const* carestep_explanation_summary(carestep_explanation const* explanation);
CARESTEP_API char const* carestep_explanation_certainty(carestep_explanation const* explanation);

/* The decision that is explained.
   return    a handle of the explanation, not to be freed or decided into; NULL when `explanation` is none. */
CARESTEP_API carestep_decision const* carestep_explanation_decision(carestep_explanation const* explanation);

/* The explanation as a document.
   format    CARESTEP_FORMAT_TEXT, _MARKDOWN, _HTML (a page that stands alone), or _JSON: the decision's line of JSON with
             the explanation in it
   return    CARESTEP_OK */
CARESTEP_API carestep_status carestep_explanation_render(carestep_explanation const* explanation, int32_t format,
                                                         char** text, size_t* size, carestep_error** err);

/* The rules that an explanation shows. */
enum {
  CARESTEP_SHOWN_ACTIVE = 0,   /* rules that are active */
  CARESTEP_SHOWN_OPEN = 1,     /* rules that depend on what is not known */
  CARESTEP_SHOWN_CRITERIA = 2, /* criteria of the levels that matter here */
  CARESTEP_SHOWN_MOVES = 3     /* step and discharge lines that leave the current level */
};
/* Whether a condition holds. */
enum { CARESTEP_TRUTH_NO = 0, CARESTEP_TRUTH_YES = 1, CARESTEP_TRUTH_OPEN = 2 };

typedef struct carestep_shown_rule {
  size_t struct_size;
  char const* name;
  char const* label;     /* empty where there is none, as is `because` */
  char const* because;
  char const* file;
  uint32_t line;
  uint32_t action_count;
  int32_t state;         /* CARESTEP_TRUTH_... */
  int32_t binding;       /* 1: it excludes a level less intensive than the indicated one, or is part of the conflict */
} carestep_shown_rule;

/* return    how many there are of CARESTEP_SHOWN_...; 0 when `explanation` or `shown` is none. */
CARESTEP_API size_t carestep_explanation_rule_count(carestep_explanation const* explanation, int32_t shown);

/* One of them.
   out       receives it; the texts belong to the explanation.
   return    CARESTEP_OK */
CARESTEP_API carestep_status carestep_explanation_rule(carestep_explanation const* explanation, int32_t shown, size_t index,
                                                       carestep_shown_rule* out);

/* What one of them does: `at least residential`.
   return    a text of the explanation; an empty one when there is no such action. */
CARESTEP_API char const* carestep_explanation_action(carestep_explanation const* explanation, int32_t shown, size_t index,
                                                     size_t action);

/* What keeps a level from being the indicated one: that it holds, or perhaps, depending on what is not known. */
enum {
  CARESTEP_EXCLUDED_BY_RULE = 0,
  CARESTEP_EXCLUDED_BY_CRITERION = 1, /* `admit residential`: no line of it holds */
  CARESTEP_PERHAPS_BY_RULE = 2,
  CARESTEP_PERHAPS_BY_CRITERION = 3
};

/* return    how many levels less intensive than the indicated one are not it, or perhaps not; 0 when `explanation` is none. */
CARESTEP_API size_t carestep_explanation_excluded_count(carestep_explanation const* explanation);

/* One of them.
   return    its name, a text of the explanation; an empty one when there is no such level. */
CARESTEP_API char const* carestep_explanation_excluded_level(carestep_explanation const* explanation, size_t index);

/* What excludes it.
   by        CARESTEP_EXCLUDED_BY_... or CARESTEP_PERHAPS_BY_...
   return    how many there are; 0 when there is no such level. */
CARESTEP_API size_t carestep_explanation_reason_count(carestep_explanation const* explanation, size_t index, int32_t by);

/* return    the name of one of them, a text of the explanation; an empty one when there is none. */
CARESTEP_API char const* carestep_explanation_reason(carestep_explanation const* explanation, size_t index, int32_t by,
                                                     size_t reason);

/* The questions that matter and have no answer, the most useful first: `Relapse risk (relapse_risk)`.
   return    how many there are; 0 when `explanation` is none. */
CARESTEP_API size_t carestep_explanation_question_count(carestep_explanation const* explanation);
/* return    one of them, a text of the explanation; an empty one when there is none. */
CARESTEP_API char const* carestep_explanation_question(carestep_explanation const* explanation, size_t index);

/* The care-level graph; with an assessment, the current level, the pathway and the blocked levels are marked.
   assessment, options   may be NULL
   format    CARESTEP_FORMAT_DOT, _MERMAID or _SVG
   return    CARESTEP_OK, CARESTEP_ERR_CANCELLED */
CARESTEP_API carestep_status carestep_ruleset_graph(carestep_ruleset const* ruleset, int32_t format,
                                                    carestep_assessment const* assessment,
                                                    carestep_decide_options const* options, char** text, size_t* size,
                                                    carestep_error** err);

/* ---- questions about every possible person ------------------------------------------------------------------------------ */

typedef struct carestep_analysis_options {
  size_t struct_size;
  uint64_t budget;    /* steps that one question may take; 100,000,000 where 0. Never time. */
  carestep_stop stop; /* asked now and then; once it says stop, what is still open is given up. May be NULL */
  void* stop_user;
} carestep_analysis_options;

/* Bits of `checks`: the checks of section 9 of the rule language. */
enum {
  CARESTEP_CHECK_GUARANTEE = 1,
  CARESTEP_CHECK_CONFLICT = 2,
  CARESTEP_CHECK_ELIGIBLE = 4,
  CARESTEP_CHECK_COVERED = 8,
  CARESTEP_CHECK_DEAD = 16,
  CARESTEP_CHECK_REDUNDANT = 32,
  CARESTEP_CHECK_LEVEL = 64,
  CARESTEP_CHECK_GAP = 128,
  CARESTEP_CHECK_OVERLAP = 256,
  CARESTEP_CHECK_MONOTONE = 512,
  CARESTEP_CHECK_STRANDED = 1024
};

typedef struct carestep_prove_options {
  size_t struct_size;
  uint64_t budget;    /* steps that one check may take; 100,000,000 where 0. Never time. */
  uint32_t checks;    /* CARESTEP_CHECK_...; all of them where 0 */
  carestep_stop stop; /* asked now and then; once it says stop, what is still open is given up. May be NULL */
  void* stop_user;
} carestep_prove_options;

/* How many of the things checked (guarantees, rules, levels, tables, ...) came out how. */
typedef struct carestep_proof_tally {
  size_t struct_size;
  uint64_t proved;
  uint64_t refuted; /* and no waiver accepts it */
  uint64_t waived;  /* refuted, and the rules say why that is accepted */
  uint64_t gave_up; /* it took more than its limits, and nothing is known */
} carestep_proof_tally;

/* Proves or refutes what the rules promise, for every complete assessment that is possible and to whom they apply.
   format    CARESTEP_FORMAT_TEXT, _JSON (the object of `carestep prove --format json`) or _SARIF
   tally     receives how many came out how; may be NULL. The rules keep their promises where `refuted` and `gave_up` are 0.
   return    CARESTEP_OK, whatever came out */
CARESTEP_API carestep_status carestep_prove(carestep_ruleset const* ruleset, carestep_prove_options const* options,
                                            int32_t format, carestep_proof_tally* tally, char** text, size_t* size,
                                            carestep_error** err);

enum {
  CARESTEP_DIFF_SAME = 0,
  CARESTEP_DIFF_DIFFERENT = 1,
  CARESTEP_DIFF_GAVE_UP = 2 /* it took more than its limits, and nothing is known */
};

/* What two versions of a ruleset decide differently, of every complete assessment that one of them decides.
   format    CARESTEP_FORMAT_TEXT or _JSON
   verdict   receives CARESTEP_DIFF_...; may be NULL.
   return    CARESTEP_OK, whatever the verdict */
CARESTEP_API carestep_status carestep_diff(carestep_ruleset const* older, carestep_ruleset const* newer,
                                           carestep_analysis_options const* options, int32_t format, int32_t* verdict,
                                           char** text, size_t* size, carestep_error** err);

/* A small set of assessments that makes every rule active, shows every clause deciding its condition both ways, and stands on
   both sides of every boundary, as far as any possible assessment does.
   format    CARESTEP_FORMAT_JSON: an assessment a line; CARESTEP_FORMAT_TEXT: what they cover and what they do not
   return    CARESTEP_OK */
CARESTEP_API carestep_status carestep_ruleset_cases(carestep_ruleset const* ruleset,
                                                    carestep_analysis_options const* options, int32_t format,
                                                    char** text, size_t* size, carestep_error** err);

/* ---- batches: columns in, columns out ----------------------------------------------------------------------------------- */

enum {
  CARESTEP_COLUMN_VALUES = 0,  /* CARESTEP_U8: places in the input's values; current_level: 0 none, 1 the first level */
  CARESTEP_COLUMN_YES_NO = 1,  /* CARESTEP_BITS */
  CARESTEP_COLUMN_NUMBERS = 2, /* times 10 to the power of `decimals`: with two, 87 is 0.87 */
  CARESTEP_COLUMN_DAYS = 3,    /* CARESTEP_I32: days since 1970-01-01; INT32_MIN is `never` */
  CARESTEP_COLUMN_MEMBERS = 4  /* a bit for each member of a set, the first the least significant */
};
enum {
  CARESTEP_BITS = 0, /* one bit a record, least significant first */
  CARESTEP_U8 = 1,
  CARESTEP_I8 = 2,
  CARESTEP_U16 = 3,
  CARESTEP_I16 = 4,
  CARESTEP_U32 = 5,
  CARESTEP_I32 = 6
};

/* The answers of many people to one question, in the caller's memory, which must outlive the batch. */
typedef struct carestep_column {
  size_t struct_size;
  int32_t kind;         /* CARESTEP_COLUMN_... */
  int32_t type;         /* CARESTEP_BITS, ... */
  void const* data;
  size_t size;          /* records */
  uint8_t const* known; /* one bit a record, least significant first, 0 where unknown; NULL: all are known */
  int32_t decimals;
} carestep_column;

/* Many assessments of one ruleset on one day, as columns. An input without a column is unknown for everybody.
   out       receives it; free it with carestep_batch_free.
   return    CARESTEP_OK */
CARESTEP_API carestep_status carestep_batch_new(carestep_ruleset const* ruleset, size_t size, carestep_date date,
                                                carestep_batch** out, carestep_error** err);

/* Frees a batch.
   return    CARESTEP_OK */
CARESTEP_API carestep_status carestep_batch_free(carestep_batch* batch);

/* return    its records; 0 when `batch` is none. */
CARESTEP_API size_t carestep_batch_size(carestep_batch const* batch);

/* Takes a column as it is; values out of range are refused record by record when the batch is decided.
   input     its number; with CARESTEP_PREVIOUS added, answers of the previous assessment
   return    CARESTEP_OK, CARESTEP_ERR_REFUSED for a column of another length, or of a kind or type that does not fit */
CARESTEP_API carestep_status carestep_batch_set(carestep_batch* batch, int32_t input, carestep_column const* column,
                                                carestep_error** err);

/* Says that nobody had a previous assessment.
   return    CARESTEP_OK */
CARESTEP_API carestep_status carestep_batch_no_previous(carestep_batch* batch);

/* The same answers in the library's own form: smaller, and faster to decide again and again. It takes no columns any more.
   out       receives it; free it with carestep_batch_free. The columns must stay as they are all the same.
   return    CARESTEP_OK */
CARESTEP_API carestep_status carestep_batch_pack(carestep_batch const* batch, carestep_batch** out, carestep_error** err);

/* Where the decisions go: one element a record in each list that is not NULL. */
typedef struct carestep_batch_decisions {
  size_t struct_size;
  uint8_t* status;    /* CARESTEP_DETERMINED, ... */
  uint8_t* move;      /* CARESTEP_MOVE_... */
  int8_t* next;       /* levels */
  int8_t* indicated;
  uint16_t* marks;    /* CARESTEP_MARK_... */
  uint64_t* active;   /* for each rule, in their order, (size + 63) / 64 words with one bit a record */
} carestep_batch_decisions;

typedef struct carestep_batch_options {
  size_t struct_size;
  uint64_t budget;            /* of each record; see carestep_decide_options */
  int32_t allow_out_of_force;
  size_t first;               /* records to decide: threads share a batch by deciding parts of it; a multiple of 4,096 */
  size_t count;               /* all that follow where 0 */
  carestep_stop stop;         /* may be NULL */
  void* stop_user;
} carestep_batch_options;

typedef struct carestep_batch_tally {
  size_t struct_size;
  uint64_t records;
  uint64_t undetermined;
  uint64_t refused;
  uint64_t settled_singly; /* one by one, after the passes over the columns */
} carestep_batch_tally;

/* Decides a batch: of every record exactly what deciding it alone gives. Many threads may decide parts of one batch.
   into      says where the decisions go; each list is as long as the batch, whatever part is decided.
   tally     receives what became of the records; may be NULL.
   return    CARESTEP_OK, CARESTEP_ERR_CANCELLED (a first part of the lists is then filled) */
CARESTEP_API carestep_status carestep_batch_decide(carestep_batch const* batch, carestep_batch_options const* options,
                                                   carestep_batch_decisions const* into, carestep_batch_tally* tally,
                                                   carestep_error** err);

/* Collects assessments one by one into a batch; their days may differ.
   out       receives the builder; free it with carestep_batch_builder_free.
   return    CARESTEP_OK */
CARESTEP_API carestep_status carestep_batch_builder_new(carestep_ruleset const* ruleset, carestep_batch_builder** out,
                                                        carestep_error** err);

/* return    CARESTEP_OK, CARESTEP_ERR_REFUSED for an assessment of another ruleset or outside the days in force */
CARESTEP_API carestep_status carestep_batch_builder_add(carestep_batch_builder* builder,
                                                        carestep_assessment const* assessment, carestep_error** err);

/* What was added so far, packed; the builder is then empty.
   return    CARESTEP_OK */
CARESTEP_API carestep_status carestep_batch_builder_finish(carestep_batch_builder* builder, carestep_batch** out,
                                                           carestep_error** err);

/* Frees a builder.
   return    CARESTEP_OK */
CARESTEP_API carestep_status carestep_batch_builder_free(carestep_batch_builder* builder);

/* ---- batches by the Arrow C data interface ------------------------------------------------------------------------------ */

#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE

#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE 2
#define ARROW_FLAG_MAP_KEYS_SORTED 4

struct ArrowSchema {
  const char* format;
  const char* name;
  const char* metadata;
  int64_t flags;
  int64_t n_children;
  struct ArrowSchema** children;
  struct ArrowSchema* dictionary;
  void (*release)(struct ArrowSchema*);
  void* private_data;
};

struct ArrowArray {
  int64_t length;
  int64_t null_count;
  int64_t offset;
  int64_t n_buffers;
  int64_t n_children;
  const void** buffers;
  struct ArrowArray** children;
  struct ArrowArray* dictionary;
  void (*release)(struct ArrowArray*);
  void* private_data;
};

#endif

#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE

struct ArrowArrayStream {
  int (*get_schema)(struct ArrowArrayStream*, struct ArrowSchema* out);
  int (*get_next)(struct ArrowArrayStream*, struct ArrowArray* out);
  const char* (*get_last_error)(struct ArrowArrayStream*);
  void (*release)(struct ArrowArrayStream*);
  void* private_data;
};

#endif

/* A batch out of a struct array (a record batch) whose columns are called as the inputs are: `phq9`, `current_level`, and
   `previous.phq9` for the previous assessment. A column `id` is passed over; any other is refused. Nulls are unknown.

     input           columns
     yes/no          bool *
     scale, choice,  dictionary of utf8 * (int8 or uint8 places, and the dictionary begins as the input's values do), with
     current_level   any other integers or order of values, utf8
     number          integers of 8, 16 and 32 bits *, of 64 bits; decimals of 32 bits *, of 64 and 128 bits
     date            date32, date64; where `never` is an answer, INT32_MIN in date32, or utf8 (`2026-03-30`, `never`)
     set             uint8, uint16, uint32 * with a bit for each member, list of utf8

   *: as it stands in memory, nothing is copied but bitmaps that do not begin with a whole byte. utf8 may be large, lists too.
   A value that is none of its input's makes its record refused when the batch is decided. There are no floating-point
   numbers: a decimal is a decimal.

   schema, columns   are taken over, whatever comes of it: their release callbacks are called here or when the batch is freed
   return    CARESTEP_OK, CARESTEP_ERR_REFUSED for columns that do not fit (err says which) */
CARESTEP_API carestep_status carestep_batch_from_arrow(carestep_ruleset const* ruleset, carestep_date date,
                                                       struct ArrowSchema* schema, struct ArrowArray* columns,
                                                       carestep_batch** out, carestep_error** err);

typedef struct carestep_arrow_options {
  size_t struct_size;
  uint64_t budget;            /* of each record; see carestep_decide_options */
  int32_t allow_out_of_force;
  int32_t active;             /* 1: also which rules are active */
  int32_t no_previous;        /* of a stream: 1 says that nobody had a previous assessment */
  carestep_stop stop;         /* may be NULL */
  void* stop_user;
} carestep_arrow_options;

/* Decides a batch into a struct array with a record for each of the batch, in its order:

     status            dictionary of utf8: determined, undetermined, refused
     move              dictionary of utf8: admit, step_up, ...
     next_level        dictionary of utf8: none, then the levels from the least intensive one; null when refused
     indicated_level   likewise
     marks             uint16: CARESTEP_MARK_...
     active            struct of a bool for each rule, by its name; only where it is asked for

   schema, decisions   receive it; the caller releases both.
   return    CARESTEP_OK, CARESTEP_ERR_CANCELLED */
CARESTEP_API carestep_status carestep_batch_decide_arrow(carestep_batch const* batch, carestep_arrow_options const* options,
                                                         struct ArrowSchema* schema, struct ArrowArray* decisions,
                                                         carestep_error** err);

/* Turns a stream of assessments into a stream of their decisions, each array decided when its turn comes: columns as in
   carestep_batch_from_arrow, decisions as in carestep_batch_decide_arrow. A failure ends the stream with an errno
   (EINVAL, ENOMEM, ECANCELED, or what the assessments' stream failed with), and its get_last_error says why.
   assessments   is taken over, whatever comes of it; released with `decisions`
   decisions     receives the stream; the caller releases it. Needs no other handle to stay alive.
   return    CARESTEP_OK */
CARESTEP_API carestep_status carestep_decide_arrow_stream(carestep_ruleset const* ruleset, carestep_date date,
                                                          struct ArrowArrayStream* assessments,
                                                          carestep_arrow_options const* options,
                                                          struct ArrowArrayStream* decisions, carestep_error** err);

#ifdef __cplusplus
}
#endif

#endif
