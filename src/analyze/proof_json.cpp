#include <carestep/analysis.hpp>

#include "base/json_writer.hpp"

namespace carestep {
namespace {

void write_proof_patient(JsonWriter& json, std::string_view key, std::optional<ShownPatient> const& patient) {
  if (patient)
    json.raw(key, patient->json);
  else
    json.null(key);
}

void write_proof_detail(JsonWriter& json, ProofReport const& report, Proof const& proof) {
  json.object("detail");
  if (!proof.label.empty()) json.text("label", proof.label);
  json.text("file", proof.place.file).number("line", proof.place.line);
  if (!proof.finding.empty()) json.text("finding", proof.finding);
  if (!proof.tally.share.empty()) json.text("share", proof.tally.share);
  if (proof.waived) json.text("because", proof.waived_because);
  if (proof.example) json.text("patient", proof.example->words).text("decision", proof.example->decision);
  if (proof.neighbour) json.text("worse", proof.neighbour->words).text("worse_decision", proof.neighbour->decision);
  if (!proof.example_block.empty()) json.text("example_block", proof.example_block);
  for (ProofDetail const& detail : proof.details) json.texts(detail.name, detail.values);
  if (proof.check == Check::monotone) json.texts("not_examined", report.not_examined);
  json.close();
}

void write_proof(JsonWriter& json, ProofReport const& report, Proof const& proof) {
  json.object()
      .text("check", to_string(proof.check))
      .text("name", proof.name)
      .text("verdict", to_string(proof.verdict))
      .truth("waived", proof.waived);
  if (proof.verdict == Verdict::gave_up)
    json.null("count").null("of");
  else
    json.text("count", proof.tally.count).text("of", proof.tally.of);
  json.texts("inputs", proof.inputs);
  write_proof_patient(json, "example", proof.example);
  write_proof_patient(json, "neighbour", proof.neighbour);
  write_proof_detail(json, report, proof);
  json.close();
}

}  // namespace

std::string ProofReport::json() const {
  JsonWriter json;
  json.object();
  json.object("ruleset")
      .text("name", ruleset_name)
      .text("version", ruleset_version)
      .text("status", ruleset_status)
      .text("sha256", ruleset_sha256)
      .close();
  json.array("checks");
  for (Proof const& proof : proofs) write_proof(json, *this, proof);
  json.close().close();
  return json.take();
}

}  // namespace carestep
