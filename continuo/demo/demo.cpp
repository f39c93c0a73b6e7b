// `continuo demo`: plays the deal once and shows each step as a line; the record shows it again.
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "continuo/commands.h"
#include "continuo/demo/deal.h"
#include "continuo/demo/rest_client.h"

namespace continuo {
namespace {

std::string ReadKey(const std::string& path) {
  std::ifstream file(path);
  std::string key;
  std::getline(file, key);
  return key;
}

std::string Line(int number, const demo::Step& step) {
  char head[160];
  std::snprintf(head, sizeof head, "%3d  %-48s %-34s %22s", number, step.what.c_str(),
                step.id.c_str(), step.amount.c_str());
  return std::string(head) + (step.followed.empty() ? "" : "  -> " + step.followed);
}

}  // namespace

int Demo(const DemoOptions& options) {
  if (!options.record.empty() && std::filesystem::exists(options.record)) {
    std::ifstream record(options.record);
    for (std::string line; std::getline(record, line);) std::puts(line.c_str());
    return 0;
  }
  const std::string key = ReadKey(options.key_file);
  if (key.empty()) {
    std::fprintf(stderr, "There is no key in %s.\n", options.key_file.c_str());
    return 2;
  }
  demo::RestClient client(options.url, key);
  std::string lines;
  int number = 0;
  demo::PlayDeal(client, [&](const demo::Step& step) {
    const std::string line = Line(++number, step);
    std::puts(line.c_str());
    std::fflush(stdout);
    lines += line + "\n";
  });
  // Only a deal that was played to its end is shown again.
  if (!options.record.empty()) std::ofstream(options.record) << lines;
  return 0;
}

}  // namespace continuo
