#include "check/unused.hpp"

namespace carestep::checking {

void warn_unused(Context& ctx) {
  for (auto const& [name, symbol] : ctx.names.all()) {
    if (symbol.used || symbol.built_in) continue;
    switch (symbol.kind) {
      case NameKind::input:
      case NameKind::list:
        break;
      case NameKind::definition:
        if (symbol.sort == "criterion") continue;  // it decides without being named
        break;
      case NameKind::source:
        ctx.sink.report(Code::unused_name, symbol.at, "the source `{}` is never cited", name)
            .help("cite it, or leave it out");
        continue;
      case NameKind::service:
        ctx.sink.report(Code::unused_name, symbol.at, "the service `{}` is never offered, needed or suggested", name)
            .help("offer it at a level, or leave it out");
        continue;
      case NameKind::rule:
      case NameKind::level:
      case NameKind::guarantee:
      case NameKind::impossible:
        continue;
    }
    ctx.sink.report(Code::unused_name, symbol.at, "the {} `{}` is never used", symbol.sort, name)
        .help("use it in a condition, or leave it out");
  }
}

}  // namespace carestep::checking
