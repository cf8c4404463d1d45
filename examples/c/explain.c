/* Reads one assessment from JSON, and says for the chart why the rules decide as they do. */

#include <carestep/carestep.h>
#include <stdio.h>

/* Prints what went wrong and frees it; whether nothing did. */
static int ok(carestep_status status, carestep_error** error) {
  if (status == CARESTEP_OK) return 1;
  fprintf(stderr, "%s: %s\n", carestep_status_name(status), carestep_error_message(*error));
  carestep_error_free(*error);
  *error = NULL;
  return 0;
}

/* Reads a small file; how many bytes, 0 when there is none or it is larger. */
static size_t read(char const* path, char* text, size_t room) {
  FILE* const file = fopen(path, "rb");
  size_t size = 0;
  if (file == NULL) return 0;
  size = fread(text, 1, room, file);
  fclose(file);
  return size < room ? size : 0;
}

static void print_rules(carestep_explanation const* why) {
  size_t i, action;
  for (i = 0; i < carestep_explanation_rule_count(why, CARESTEP_SHOWN_ACTIVE); ++i) {
    carestep_shown_rule rule = {sizeof(rule)};
    carestep_explanation_rule(why, CARESTEP_SHOWN_ACTIVE, i, &rule);
    printf("%s%s", rule.binding ? "* " : "  ", rule.name);
    for (action = 0; action < rule.action_count; ++action)
      printf(", %s", carestep_explanation_action(why, CARESTEP_SHOWN_ACTIVE, i, action));
    printf("\n");
  }
}

static void print_reasons(carestep_explanation const* why, size_t level, int32_t by, char const* before) {
  size_t i;
  for (i = 0; i < carestep_explanation_reason_count(why, level, by); ++i)
    printf("%s%s", before, carestep_explanation_reason(why, level, by, i));
}

static void print(carestep_explanation const* why) {
  size_t i;
  printf("%s\n\n", carestep_explanation_summary(why));
  print_rules(why);
  for (i = 0; i < carestep_explanation_excluded_count(why); ++i) {
    printf("not %s:", carestep_explanation_excluded_level(why, i));
    print_reasons(why, i, CARESTEP_EXCLUDED_BY_RULE, " ");
    print_reasons(why, i, CARESTEP_EXCLUDED_BY_CRITERION, " ");
    print_reasons(why, i, CARESTEP_PERHAPS_BY_RULE, " perhaps ");
    printf("\n");
  }
  for (i = 0; i < carestep_explanation_question_count(why); ++i)
    printf("still to ask: %s\n", carestep_explanation_question(why, i));
}

int main(void) {
  static char json[65536];
  size_t const size = read("examples/assessments/riverbend.json", json, sizeof(json));
  carestep_ruleset* rules = NULL;
  carestep_assessment* person = NULL;
  carestep_explanation* why = NULL;
  carestep_error* error = NULL;
  int const done = ok(carestep_ruleset_load("examples/riverbend.care", &rules, &error), &error) &&
                   ok(carestep_assessment_from_json(rules, json, size, &person, &error), &error) &&
                   ok(carestep_explain(rules, person, NULL, &why, &error), &error);
  if (done) print(why);
  carestep_explanation_free(why);
  carestep_assessment_free(person);
  carestep_ruleset_free(rules);
  return done ? 0 : 1;
}
