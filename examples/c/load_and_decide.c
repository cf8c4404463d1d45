/* Reads a rule file, places one person on its levels and prints the decision. */

#include <carestep/carestep.h>
#include <stdio.h>

/* Prints what went wrong and frees it; whether nothing did. Takes the error's address: when its value would be read is not
   said, the call that gives it may come later. */
static int ok(carestep_status status, carestep_error** error) {
  if (status == CARESTEP_OK) return 1;
  fprintf(stderr, "%s: %s\n", carestep_status_name(status), carestep_error_message(*error));
  carestep_error_free(*error);
  *error = NULL;
  return 0;
}

static int32_t input(carestep_ruleset const* rules, char const* name) {
  int32_t number = -1;
  if (carestep_ruleset_find(rules, CARESTEP_KIND_INPUT, name, &number) != CARESTEP_OK)
    fprintf(stderr, "no input is called %s\n", name);
  return number;
}

static carestep_date day(int year, int month, int number) {
  carestep_date date = CARESTEP_NO_DATE;
  carestep_date_of(year, month, number, &date);
  return date;
}

static int answer(carestep_ruleset const* rules, carestep_assessment* person) {
  static char const* const conditions[] = {"ptsd"};
  carestep_date const untold = CARESTEP_NO_DATE; /* the day of an answer */
  carestep_error* error = NULL;
  return ok(carestep_assessment_set_value(person, CARESTEP_INPUT_CURRENT_LEVEL, "residential", untold, &error), &error) &&
         ok(carestep_assessment_set_number(person, CARESTEP_INPUT_DAYS_IN_LEVEL, 30, 0, untold, &error), &error) &&
         ok(carestep_assessment_set_number(person, input(rules, "age"), 34, 0, untold, &error), &error) &&
         ok(carestep_assessment_set_value(person, input(rules, "withdrawal_risk"), "none", untold, &error), &error) &&
         ok(carestep_assessment_set_value(person, input(rules, "home_environment"), "supportive", untold, &error), &error) &&
         ok(carestep_assessment_set_number(person, input(rules, "phq9"), 6, 0, untold, &error), &error) &&
         ok(carestep_assessment_set_value(person, input(rules, "relapse_risk"), "low", untold, &error), &error) &&
         ok(carestep_assessment_set_number(person, input(rules, "attendance"), 95, 2, untold, &error), &error) &&
         ok(carestep_assessment_set_members(person, input(rules, "conditions"), conditions, 1, untold, &error), &error) &&
         ok(carestep_assessment_set_date(person, input(rules, "last_use"), day(2026, 3, 30), untold, &error), &error) &&
         carestep_assessment_no_previous(person) == CARESTEP_OK;
}

static char const* label(carestep_ruleset const* rules, int32_t level) {
  carestep_declaration declared = {sizeof(declared)};
  carestep_ruleset_get(rules, CARESTEP_KIND_LEVEL, level, &declared);
  return declared.label;
}

static void print(carestep_ruleset const* rules, carestep_decision const* decision) {
  carestep_outcome outcome = {sizeof(outcome)};
  size_t i;
  carestep_decision_get(decision, &outcome);
  printf("status:    %s\n", carestep_decision_status_name(outcome.status));
  printf("move:      %s\n", carestep_move_name(outcome.move));
  printf("next:      %s\n", label(rules, outcome.next));
  printf("indicated: %s\n", label(rules, outcome.indicated));
  for (i = 0; i < carestep_decision_count(decision, CARESTEP_LIST_ACTIVE); ++i) {
    carestep_declaration rule = {sizeof(rule)};
    int32_t number = -1;
    carestep_decision_item(decision, CARESTEP_LIST_ACTIVE, i, &number);
    carestep_ruleset_get(rules, CARESTEP_KIND_RULE, number, &rule);
    printf("active:    %s: %s\n", rule.name, rule.because);
  }
}

int main(void) {
  carestep_ruleset* rules = NULL;
  carestep_assessment* person = NULL;
  carestep_decision* decision = NULL;
  carestep_error* error = NULL;
  int done = ok(carestep_ruleset_load("examples/riverbend.care", &rules, &error), &error) &&
             ok(carestep_assessment_new(rules, day(2026, 5, 14), &person, &error), &error) && answer(rules, person) &&
             ok(carestep_decision_new(rules, &decision, &error), &error) &&
             ok(carestep_decide(rules, person, NULL, decision, &error), &error);
  if (done) print(rules, decision);
  carestep_decision_free(decision);
  carestep_assessment_free(person);
  carestep_ruleset_free(rules);
  return done ? 0 : 1;
}
