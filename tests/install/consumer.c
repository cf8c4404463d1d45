#include <carestep/carestep.h>

#include <stdio.h>
#include <string.h>

int main(void) {
  static char const rules[] =
      "ruleset smallest \"The smallest pathway\"\n  language 1\n  version \"1\"\n  status active\n"
      "levels outpatient < residential\nrule everyone then at least outpatient\n";
  static char const person[] = "{\"assessment_date\": \"2026-05-14\", \"current_level\": \"none\"}";
  carestep_ruleset* ruleset = NULL;
  char* decision = NULL;
  int found;
  if (carestep_ruleset_load_text(rules, strlen(rules), NULL, NULL, &ruleset, NULL) != CARESTEP_OK) return 1;
  if (carestep_decide_json(ruleset, person, strlen(person), NULL, &decision, NULL, NULL) != CARESTEP_OK) return 1;
  found = strstr(decision, "\"next_level\":\"outpatient\"") != NULL;
  puts(found ? "outpatient" : decision);
  carestep_text_free(decision);
  carestep_ruleset_free(ruleset);
  return 0;
}
