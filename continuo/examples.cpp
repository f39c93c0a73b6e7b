// `continuo examples`: one line for each worked example, and how many hold.
#include <cstdio>
#include <fstream>
#include <sstream>

#include "continuo/calculator.h"
#include "continuo/commands.h"
#include "libs/conformance/examples.h"

namespace continuo {
namespace {

struct Tally {
  int passed = 0;
  int failed = 0;

  void Count(const std::vector<conformance::Outcome>& outcomes) {
    for (const conformance::Outcome& each : outcomes) {
      const bool holds = each.wrong.empty();
      ++(holds ? passed : failed);
      std::printf("%s  %s  %s%s%s\n", holds ? "ok    " : "FAILED", each.id.c_str(),
                  each.title.c_str(), holds ? "" : ": ", each.wrong.c_str());
    }
  }
};

}  // namespace

int Examples(const ExampleOptions& options) {
  const Calculator calculator;
  const auto calculate = [&](const std::string& path, const std::string& body) {
    return calculator.Call(path, body);
  };
  Tally tally;
  for (const std::string& name : options.files) {
    std::ifstream file(name);
    std::stringstream text;
    text << file.rdbuf();
    if (!file) {
      std::fprintf(stderr, "%s cannot be read.\n", name.c_str());
      return 2;
    }
    tally.Count(conformance::RunFile(name, text.str(), calculate));
  }
  if (options.files.empty()) {
    for (const conformance::ExampleFile& file : conformance::BuiltInExamples()) {
      tally.Count(conformance::RunFile(file.name, file.text, calculate));
    }
  }
  std::printf("%d passed, %d failed\n", tally.passed, tally.failed);
  return tally.failed == 0 && tally.passed > 0 ? 0 : 1;
}

}  // namespace continuo
