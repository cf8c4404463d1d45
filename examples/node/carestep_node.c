/* The part of carestep for Node.js that calls carestep.h; carestep.js is what programs use. By Node-API, whose binary
   interface is the same in every version of Node.js:

     cc -shared -fPIC -I/usr/include/node carestep_node.c -lcarestep_c -o carestep.node */

#define NAPI_VERSION 8
#include <carestep/carestep.h>

#include <node_api.h>
#include <stdlib.h>
#include <string.h>

/* ---- what JavaScript holds
 * ----------------------------------------------------------------------------------------------- */

enum { RULESET, ASSESSMENT };

typedef struct {
  int kind;
  void* handle; /* NULL when closed */
} Box;

static void free_handle(Box* box) {
  if (box->kind == RULESET) carestep_ruleset_free(box->handle);
  if (box->kind == ASSESSMENT) carestep_assessment_free(box->handle);
  box->handle = NULL;
}

static void finalize(napi_env env, void* data, void* hint) {
  (void)env;
  (void)hint;
  free_handle(data);
  free(data);
}

/* A handle of the library as a value of JavaScript, which frees it when it is collected. */
static napi_value wrap(napi_env env, int kind, void* handle) {
  napi_value value = NULL;
  Box* box = malloc(sizeof(Box));
  Box made = {kind, handle};
  if (box == NULL) {
    free_handle(&made);
    napi_throw_error(env, "no_memory", "no memory");
    return NULL;
  }
  *box = made;
  if (napi_create_external(env, box, finalize, NULL, &value) != napi_ok) finalize(env, box, NULL);
  return value;
}

/* The handle that `value` holds; NULL, which the library refuses, when it holds none of the kind or was closed. */
static void* unwrap(napi_env env, napi_value value, int kind) {
  void* data = NULL;
  napi_valuetype type = napi_undefined;
  if (napi_typeof(env, value, &type) != napi_ok || type != napi_external) return NULL;
  napi_get_value_external(env, value, &data);
  return ((Box*)data)->kind == kind ? ((Box*)data)->handle : NULL;
}

/* ---- values
 * ---------------------------------------------------------------------------------------------------------------- */

typedef struct {
  char* data; /* to free */
  size_t size;
} Text;

/* A string of JavaScript as UTF-8; NULL for any other value, and when there is no memory. */
static Text text_of(napi_env env, napi_value value) {
  Text text = {NULL, 0};
  if (napi_get_value_string_utf8(env, value, NULL, 0, &text.size) != napi_ok) return text;
  text.data = malloc(text.size + 1);
  if (text.data != NULL) napi_get_value_string_utf8(env, value, text.data, text.size + 1, &text.size);
  return text;
}

/* Likewise for what C takes to end at its first zero byte: NULL also for a text that has one inside. */
static Text name_of(napi_env env, napi_value value) {
  Text text = text_of(env, value);
  if (text.data != NULL && strlen(text.data) != text.size) {
    free(text.data);
    text.data = NULL;
  }
  return text;
}

static int32_t int_of(napi_env env, napi_value value) {
  int32_t number = -1;
  napi_get_value_int32(env, value, &number);
  return number;
}

static napi_value string(napi_env env, char const* text) {
  napi_value value = NULL;
  napi_create_string_utf8(env, text, NAPI_AUTO_LENGTH, &value);
  return value;
}

static void set(napi_env env, napi_value object, char const* name, char const* text) {
  napi_set_named_property(env, object, name, string(env, text));
}

/* A text of the library's, which is freed. */
static napi_value take_text(napi_env env, char* text, size_t size) {
  napi_value value = NULL;
  napi_create_string_utf8(env, text, size, &value);
  carestep_text_free(text);
  return value;
}

/* ---- errors
 * ---------------------------------------------------------------------------------------------------------------- */

static napi_value refusals(napi_env env, carestep_error const* error) {
  napi_value list = NULL;
  uint32_t i;
  napi_create_array(env, &list);
  for (i = 0; i < carestep_error_refusal_count(error); ++i) {
    carestep_refusal refusal = {sizeof(refusal)};
    napi_value object = NULL;
    carestep_error_refusal(error, i, &refusal);
    napi_create_object(env, &object);
    set(env, object, "code", refusal.code);
    set(env, object, "path", refusal.path);
    set(env, object, "message", refusal.message);
    napi_set_element(env, list, i, object);
  }
  return list;
}

/* Throws what the library says, and frees it: an Error with the status as `code`, and `refusals` or, as JSON,
 * `diagnostics`. */
static napi_value fail(napi_env env, carestep_status status, carestep_error* error) {
  napi_value exception = NULL;
  carestep_diagnostics const* diagnostics = carestep_error_diagnostics(error);
  char const* message = carestep_error_message(error);
  char* json = NULL;
  size_t size = 0;
  napi_create_error(env, string(env, carestep_status_name(status)),
                    string(env, message[0] != '\0' ? message : carestep_status_name(status)), &exception);
  if (status == CARESTEP_ERR_REFUSED) napi_set_named_property(env, exception, "refusals", refusals(env, error));
  if (diagnostics != NULL &&
      carestep_diagnostics_render(diagnostics, CARESTEP_FORMAT_JSON, &json, &size, NULL) == CARESTEP_OK)
    napi_set_named_property(env, exception, "diagnostics", take_text(env, json, size));
  carestep_error_free(error);
  napi_throw(env, exception);
  return NULL;
}

/* ---- functions
 * ------------------------------------------------------------------------------------------------------------- */

enum { MOST_ARGUMENTS = 5 };

/* Those that are not given are `undefined`. */
static void arguments(napi_env env, napi_callback_info info, napi_value* values) {
  size_t count = MOST_ARGUMENTS;
  napi_get_cb_info(env, info, &count, values, NULL, NULL);
}

static napi_value engine_version(napi_env env, napi_callback_info info) {
  (void)info;
  return string(env, carestep_engine_version());
}

/* close(handle) */
static napi_value close_handle(napi_env env, napi_callback_info info) {
  napi_value argument[MOST_ARGUMENTS];
  void* data = NULL;
  arguments(env, info, argument);
  if (napi_get_value_external(env, argument[0], &data) == napi_ok) free_handle(data);
  return NULL;
}

/* load(path) */
static napi_value load(napi_env env, napi_callback_info info) {
  napi_value argument[MOST_ARGUMENTS];
  carestep_ruleset* rules = NULL;
  carestep_error* error = NULL;
  carestep_status status;
  Text path;
  arguments(env, info, argument);
  path = name_of(env, argument[0]);
  status = carestep_ruleset_load(path.data, &rules, &error);
  free(path.data);
  return status == CARESTEP_OK ? wrap(env, RULESET, rules) : fail(env, status, error);
}

/* loadText(text, name) */
static napi_value load_text(napi_env env, napi_callback_info info) {
  napi_value argument[MOST_ARGUMENTS];
  carestep_ruleset* rules = NULL;
  carestep_error* error = NULL;
  carestep_status status;
  Text text, name;
  arguments(env, info, argument);
  text = text_of(env, argument[0]);
  name = name_of(env, argument[1]);
  status = carestep_ruleset_load_text(text.data, text.size, name.data, NULL, &rules, &error);
  free(text.data);
  free(name.data);
  return status == CARESTEP_OK ? wrap(env, RULESET, rules) : fail(env, status, error);
}

/* describe(rules): what the ruleset says of itself */
static napi_value describe(napi_env env, napi_callback_info info) {
  napi_value argument[MOST_ARGUMENTS], object = NULL;
  carestep_ruleset* rules;
  arguments(env, info, argument);
  rules = unwrap(env, argument[0], RULESET);
  napi_create_object(env, &object);
  set(env, object, "name", carestep_ruleset_name(rules));
  set(env, object, "title", carestep_ruleset_title(rules));
  set(env, object, "version", carestep_ruleset_version(rules));
  set(env, object, "status", carestep_ruleset_status(rules));
  set(env, object, "sha256", carestep_ruleset_sha256(rules));
  return object;
}

/* declaration(rules, kind, name): its number and its words */
static napi_value declaration(napi_env env, napi_callback_info info) {
  napi_value argument[MOST_ARGUMENTS], object = NULL, number = NULL, type = NULL;
  carestep_declaration declared = {sizeof(declared)};
  carestep_ruleset* rules;
  carestep_status status;
  int32_t kind, found = 0;
  Text name;
  arguments(env, info, argument);
  rules = unwrap(env, argument[0], RULESET);
  kind = int_of(env, argument[1]);
  name = name_of(env, argument[2]);
  status = carestep_ruleset_find(rules, kind, name.data, &found);
  free(name.data);
  if (status == CARESTEP_OK)
    status =
        carestep_ruleset_get(rules, kind, kind == CARESTEP_KIND_INPUT ? found & ~CARESTEP_PREVIOUS : found, &declared);
  if (status != CARESTEP_OK) return fail(env, status, NULL);
  napi_create_object(env, &object);
  napi_create_int32(env, found, &number);
  napi_set_named_property(env, object, "number", number);
  napi_create_int32(env, declared.type, &type);
  napi_set_named_property(env, object, "type", type);
  set(env, object, "name", declared.name);
  set(env, object, "label", declared.label);
  set(env, object, "because", declared.because);
  set(env, object, "question", declared.question);
  set(env, object, "help", declared.help);
  set(env, object, "unit", declared.unit);
  return object;
}

/* parseDate(text): days since 1970-01-01 */
static napi_value parse_date(napi_env env, napi_callback_info info) {
  napi_value argument[MOST_ARGUMENTS], days = NULL;
  carestep_date date = CARESTEP_NO_DATE;
  carestep_status status;
  Text text;
  arguments(env, info, argument);
  text = name_of(env, argument[0]);
  status = carestep_date_parse(text.data, &date);
  free(text.data);
  if (status != CARESTEP_OK) return fail(env, status, NULL);
  napi_create_int32(env, date, &days);
  return days;
}

/* newAssessment(rules, days) */
static napi_value new_assessment(napi_env env, napi_callback_info info) {
  napi_value argument[MOST_ARGUMENTS];
  carestep_assessment* person = NULL;
  carestep_error* error = NULL;
  carestep_status status;
  arguments(env, info, argument);
  status = carestep_assessment_new(unwrap(env, argument[0], RULESET), int_of(env, argument[1]), &person, &error);
  return status == CARESTEP_OK ? wrap(env, ASSESSMENT, person) : fail(env, status, error);
}

/* assessmentFromJson(rules, json) */
static napi_value assessment_from_json(napi_env env, napi_callback_info info) {
  napi_value argument[MOST_ARGUMENTS];
  carestep_assessment* person = NULL;
  carestep_error* error = NULL;
  carestep_status status;
  Text json;
  arguments(env, info, argument);
  json = text_of(env, argument[1]);
  status = carestep_assessment_from_json(unwrap(env, argument[0], RULESET), json.data, json.size, &person, &error);
  free(json.data);
  return status == CARESTEP_OK ? wrap(env, ASSESSMENT, person) : fail(env, status, error);
}

/* assessmentJson(person) */
static napi_value assessment_json(napi_env env, napi_callback_info info) {
  napi_value argument[MOST_ARGUMENTS];
  carestep_error* error = NULL;
  carestep_status status;
  char* text = NULL;
  size_t size = 0;
  arguments(env, info, argument);
  status = carestep_assessment_json(unwrap(env, argument[0], ASSESSMENT), &text, &size, &error);
  return status == CARESTEP_OK ? take_text(env, text, size) : fail(env, status, error);
}

static napi_value outcome(napi_env env, carestep_status status, carestep_error* error) {
  return status == CARESTEP_OK ? NULL : fail(env, status, error);
}

/* setYesNo(person, input, yes, on) */
static napi_value set_yes_no(napi_env env, napi_callback_info info) {
  napi_value argument[MOST_ARGUMENTS];
  carestep_error* error = NULL;
  bool yes = false;
  arguments(env, info, argument);
  if (napi_get_value_bool(env, argument[2], &yes) != napi_ok) return fail(env, CARESTEP_ERR_ARGUMENT, NULL);
  return outcome(env,
                 carestep_assessment_set_yes_no(unwrap(env, argument[0], ASSESSMENT), int_of(env, argument[1]), yes,
                                                int_of(env, argument[3]), &error),
                 error);
}

typedef carestep_status (*TextSetter)(carestep_assessment*, int32_t, char const*, carestep_date, carestep_error**);

static napi_value set_text(napi_env env, napi_callback_info info, TextSetter setter) {
  napi_value argument[MOST_ARGUMENTS];
  carestep_error* error = NULL;
  carestep_status status;
  Text text;
  arguments(env, info, argument);
  text = name_of(env, argument[2]);
  status = setter(unwrap(env, argument[0], ASSESSMENT), int_of(env, argument[1]), text.data, int_of(env, argument[3]),
                  &error);
  free(text.data);
  return outcome(env, status, error);
}

/* setNumber(person, input, digits, on) */
static napi_value set_number(napi_env env, napi_callback_info info) {
  return set_text(env, info, carestep_assessment_set_number_text);
}

/* setValue(person, input, name, on) */
static napi_value set_value(napi_env env, napi_callback_info info) {
  return set_text(env, info, carestep_assessment_set_value);
}

/* setDate(person, input, days, on) */
static napi_value set_date(napi_env env, napi_callback_info info) {
  napi_value argument[MOST_ARGUMENTS];
  carestep_error* error = NULL;
  arguments(env, info, argument);
  return outcome(env,
                 carestep_assessment_set_date(unwrap(env, argument[0], ASSESSMENT), int_of(env, argument[1]),
                                              int_of(env, argument[2]), int_of(env, argument[3]), &error),
                 error);
}

/* setNever(person, input, unused, on) */
static napi_value set_never(napi_env env, napi_callback_info info) {
  napi_value argument[MOST_ARGUMENTS];
  carestep_error* error = NULL;
  arguments(env, info, argument);
  return outcome(env,
                 carestep_assessment_set_never(unwrap(env, argument[0], ASSESSMENT), int_of(env, argument[1]),
                                               int_of(env, argument[3]), &error),
                 error);
}

/* setMembers(person, input, names, on) */
static napi_value set_members(napi_env env, napi_callback_info info) {
  napi_value argument[MOST_ARGUMENTS];
  carestep_error* error = NULL;
  carestep_status status;
  uint32_t count = 0, i;
  char** names;
  arguments(env, info, argument);
  if (napi_get_array_length(env, argument[2], &count) != napi_ok) return fail(env, CARESTEP_ERR_ARGUMENT, NULL);
  names = calloc(count + 1U, sizeof(*names));
  if (names == NULL) return fail(env, CARESTEP_ERR_NO_MEMORY, NULL);
  for (i = 0; i < count; ++i) {
    napi_value name = NULL;
    napi_get_element(env, argument[2], i, &name);
    names[i] = name_of(env, name).data;
  }
  status = carestep_assessment_set_members(unwrap(env, argument[0], ASSESSMENT), int_of(env, argument[1]),
                                           (char const* const*)names, count, int_of(env, argument[3]), &error);
  for (i = 0; i < count; ++i) free(names[i]);
  free(names);
  return outcome(env, status, error);
}

/* setUnknown(person, input, reason) */
static napi_value set_unknown(napi_env env, napi_callback_info info) {
  napi_value argument[MOST_ARGUMENTS];
  carestep_error* error = NULL;
  arguments(env, info, argument);
  return outcome(env,
                 carestep_assessment_set_unknown(unwrap(env, argument[0], ASSESSMENT), int_of(env, argument[1]),
                                                 int_of(env, argument[2]), &error),
                 error);
}

/* noPrevious(person) */
static napi_value no_previous(napi_env env, napi_callback_info info) {
  napi_value argument[MOST_ARGUMENTS];
  arguments(env, info, argument);
  return outcome(env, carestep_assessment_no_previous(unwrap(env, argument[0], ASSESSMENT)), NULL);
}

/* setUnavailable(person, level) */
static napi_value set_unavailable(napi_env env, napi_callback_info info) {
  napi_value argument[MOST_ARGUMENTS];
  carestep_error* error = NULL;
  arguments(env, info, argument);
  return outcome(
      env, carestep_assessment_set_unavailable(unwrap(env, argument[0], ASSESSMENT), int_of(env, argument[1]), &error),
      error);
}

static carestep_decide_options options_of(napi_env env, napi_value allow_out_of_force) {
  carestep_decide_options options = {sizeof(options)};
  bool allow = false;
  napi_get_value_bool(env, allow_out_of_force, &allow);
  options.allow_out_of_force = allow;
  return options;
}

/* decide(rules, person, allowOutOfForce): the decision as JSON */
static napi_value decide(napi_env env, napi_callback_info info) {
  napi_value argument[MOST_ARGUMENTS];
  carestep_decide_options options;
  carestep_decision* decision = NULL;
  carestep_error* error = NULL;
  carestep_ruleset* rules;
  carestep_status status;
  char* text = NULL;
  size_t size = 0;
  arguments(env, info, argument);
  rules = unwrap(env, argument[0], RULESET);
  options = options_of(env, argument[2]);
  status = carestep_decision_new(rules, &decision, &error);
  if (status == CARESTEP_OK)
    status = carestep_decide(rules, unwrap(env, argument[1], ASSESSMENT), &options, decision, &error);
  if (status == CARESTEP_OK) status = carestep_decision_json(decision, 0, &text, &size, &error);
  carestep_decision_free(decision);
  return status == CARESTEP_OK ? take_text(env, text, size) : fail(env, status, error);
}

/* decideJson(rules, json, allowOutOfForce) */
static napi_value decide_json(napi_env env, napi_callback_info info) {
  napi_value argument[MOST_ARGUMENTS];
  carestep_decide_options options;
  carestep_error* error = NULL;
  carestep_status status;
  char* text = NULL;
  size_t size = 0;
  Text json;
  arguments(env, info, argument);
  options = options_of(env, argument[2]);
  json = text_of(env, argument[1]);
  status =
      carestep_decide_json(unwrap(env, argument[0], RULESET), json.data, json.size, &options, &text, &size, &error);
  free(json.data);
  return status == CARESTEP_OK ? take_text(env, text, size) : fail(env, status, error);
}

/* explain(rules, person, format) */
static napi_value explain(napi_env env, napi_callback_info info) {
  napi_value argument[MOST_ARGUMENTS];
  carestep_explanation* explanation = NULL;
  carestep_error* error = NULL;
  carestep_status status;
  char* text = NULL;
  size_t size = 0;
  arguments(env, info, argument);
  status = carestep_explain(unwrap(env, argument[0], RULESET), unwrap(env, argument[1], ASSESSMENT), NULL, &explanation,
                            &error);
  if (status == CARESTEP_OK)
    status = carestep_explanation_render(explanation, int_of(env, argument[2]), &text, &size, &error);
  carestep_explanation_free(explanation);
  return status == CARESTEP_OK ? take_text(env, text, size) : fail(env, status, error);
}

NAPI_MODULE_INIT() {
  static struct {
    char const* name;
    napi_callback function;
  } const functions[] = {{"engineVersion", engine_version},
                         {"close", close_handle},
                         {"load", load},
                         {"loadText", load_text},
                         {"describe", describe},
                         {"declaration", declaration},
                         {"parseDate", parse_date},
                         {"newAssessment", new_assessment},
                         {"assessmentFromJson", assessment_from_json},
                         {"assessmentJson", assessment_json},
                         {"setYesNo", set_yes_no},
                         {"setNumber", set_number},
                         {"setValue", set_value},
                         {"setDate", set_date},
                         {"setNever", set_never},
                         {"setMembers", set_members},
                         {"setUnknown", set_unknown},
                         {"noPrevious", no_previous},
                         {"setUnavailable", set_unavailable},
                         {"decide", decide},
                         {"decideJson", decide_json},
                         {"explain", explain}};
  int32_t major = 0, minor = 0;
  size_t i;
  carestep_abi_version(&major, &minor);
  if (major != CARESTEP_ABI_MAJOR || minor < CARESTEP_ABI_MINOR) {
    napi_throw_error(env, NULL, "the carestep library has another version of its interface");
    return NULL;
  }
  for (i = 0; i < sizeof(functions) / sizeof(functions[0]); ++i) {
    napi_value function = NULL;
    napi_create_function(env, functions[i].name, NAPI_AUTO_LENGTH, functions[i].function, NULL, &function);
    napi_set_named_property(env, exports, functions[i].name, function);
  }
  return exports;
}
