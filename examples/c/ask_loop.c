/* Asks only what matters: each answer goes in, and the decision says which question is the most useful next.
   The answers stand here; in an application they come from a person. */

#include <carestep/carestep.h>
#include <stdio.h>
#include <string.h>

static carestep_date const untold = CARESTEP_NO_DATE;

/* Prints what went wrong and frees it; whether nothing did. Takes the error's address: when its value would be read is not
   said, the call that gives it may come later. */
static int ok(carestep_status status, carestep_error** error) {
  if (status == CARESTEP_OK) return 1;
  fprintf(stderr, "%s: %s\n", carestep_status_name(status), carestep_error_message(*error));
  carestep_error_free(*error);
  *error = NULL;
  return 0;
}

/* Answers one question. */
static int answer(carestep_assessment* person, int32_t input, char const* name) {
  carestep_error* error = NULL;
  carestep_date last_use = untold;
  if (input & CARESTEP_PREVIOUS) return carestep_assessment_no_previous(person) == CARESTEP_OK;
  if (strcmp(name, "age") == 0) return ok(carestep_assessment_set_number(person, input, 34, 0, untold, &error), &error);
  if (strcmp(name, "phq9") == 0) return ok(carestep_assessment_set_number(person, input, 6, 0, untold, &error), &error);
  if (strcmp(name, "attendance") == 0)
    return ok(carestep_assessment_set_number_text(person, input, "0.9", untold, &error), &error);
  if (strcmp(name, "sober_housing") == 0)
    return ok(carestep_assessment_set_yes_no(person, input, 0, untold, &error), &error);
  if (strcmp(name, "conditions") == 0)
    return ok(carestep_assessment_set_members(person, input, NULL, 0, untold, &error), &error);
  if (strcmp(name, "last_use") == 0)
    return carestep_date_of(2026, 5, 10, &last_use) == CARESTEP_OK &&
           ok(carestep_assessment_set_date(person, input, last_use, untold, &error), &error);
  if (strcmp(name, "home_environment") == 0)
    return ok(carestep_assessment_set_value(person, input, "unsafe", untold, &error), &error);
  if (strcmp(name, "relapse_risk") == 0)
    return ok(carestep_assessment_set_value(person, input, "moderate", untold, &error), &error);
  /* withdrawal_risk, current_level */
  return ok(carestep_assessment_set_value(person, input, "none", untold, &error), &error);
}

static int ask(carestep_ruleset const* rules, carestep_assessment* person, carestep_decision* decision) {
  carestep_error* error = NULL;
  carestep_outcome outcome = {sizeof(outcome)};
  carestep_declaration level = {sizeof(level)};
  if (!ok(carestep_decide(rules, person, NULL, decision, &error), &error)) return 0;
  carestep_decision_get(decision, &outcome);
  while (outcome.status == CARESTEP_UNDETERMINED && carestep_decision_count(decision, CARESTEP_LIST_ASK) > 0) {
    int32_t input = 0;
    char const* name = carestep_decision_text(decision, CARESTEP_LIST_ASK, 0);
    carestep_decision_item(decision, CARESTEP_LIST_ASK, 0, &input);
    printf("asked: %s%s\n", input & CARESTEP_PREVIOUS ? "previous " : "", name);
    if (!answer(person, input, name)) return 0;
    if (!ok(carestep_decide(rules, person, NULL, decision, &error), &error)) return 0;
    carestep_decision_get(decision, &outcome);
  }
  carestep_ruleset_get(rules, CARESTEP_KIND_LEVEL, outcome.next, &level);
  printf("%s: %s to %s\n", carestep_decision_status_name(outcome.status), carestep_move_name(outcome.move), level.name);
  return 1;
}

int main(void) {
  carestep_ruleset* rules = NULL;
  carestep_assessment* person = NULL;
  carestep_decision* decision = NULL;
  carestep_error* error = NULL;
  carestep_date today = untold;
  int done = ok(carestep_ruleset_load("examples/riverbend.care", &rules, &error), &error) &&
             carestep_date_of(2026, 5, 14, &today) == CARESTEP_OK &&
             ok(carestep_assessment_new(rules, today, &person, &error), &error) &&
             ok(carestep_decision_new(rules, &decision, &error), &error) && ask(rules, person, decision);
  carestep_decision_free(decision);
  carestep_assessment_free(person);
  carestep_ruleset_free(rules);
  return done ? 0 : 1;
}
