#include "libs/postgres/failpoint.h"

#include <algorithm>
#include <charconv>
#include <csignal>
#include <cstdlib>
#include <map>
#include <mutex>
#include <stdexcept>

namespace continuo::postgres {
namespace {

struct Armed {
  std::function<void()> action;
  int passes_before = 0;  // how often it is passed without the action
  bool once = false;
};

std::mutex mutex;

std::map<std::string, Armed, std::less<>>& Points() {
  static std::map<std::string, Armed, std::less<>> points;
  return points;
}

constexpr std::string_view kNames[] = {
    "command.before_commit",  "command.after_commit",  "relay.before_commit",
    "relay.after_commit",     "relay.after_produce",   "consumer.after_effect",
    "consumer.before_commit", "consumer.after_commit", "job.after_slice"};

[[noreturn]] void Refuse(std::string_view text, const std::string& why) {
  throw std::invalid_argument("CONTINUO_FAILPOINTS: " + std::string(text) + " " + why + ".");
}

int NthOf(std::string_view text) {
  const std::size_t at = text.find('@');
  if (at == std::string_view::npos) return 1;
  const std::string_view digits = text.substr(at + 1);
  int nth = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), nth);
  const bool whole = read.ec == std::errc() && read.ptr == digits.data() + digits.size();
  if (!whole || nth < 1) Refuse(text, "needs a number from 1 on after the @");
  return nth;
}

// "relay.after_commit=kill@3"
void ArmFromText(std::string_view text) {
  const std::size_t equals = text.find('='), at = text.find('@');
  const std::string_view name = text.substr(0, equals);
  const std::string_view verb =
      equals == std::string_view::npos ? "" : text.substr(equals + 1, at - equals - 1);
  if (std::ranges::find(kNames, name) == std::end(kNames)) Refuse(text, "names no failpoint");
  if (verb != "kill" && verb != "stop") {
    Refuse(text, "is not <name>=kill or <name>=stop, with @<n> for the n-th time");
  }
  const int signal = verb == "kill" ? SIGKILL : SIGSTOP;
  Points()[std::string(name)] = {.action = [signal] { ::raise(signal); },
                               .passes_before = NthOf(text) - 1,
                               .once = true};
}

}  // namespace

namespace internal {

std::atomic<bool> failpoints_armed{false};

void ReachFailpoint(std::string_view name) {
  std::function<void()> action;
  {
    const std::lock_guard lock(mutex);
    const auto found = Points().find(name);
    if (found == Points().end()) return;
    if (found->second.passes_before-- > 0) return;
    found->second.passes_before = 0;
    action = found->second.action;
    if (found->second.once) Points().erase(found);
  }
  action();
}

}  // namespace internal

void ArmFailpointsFromEnvironment() {
  const char* variable = std::getenv("CONTINUO_FAILPOINTS");
  std::string_view rest = variable == nullptr ? "" : variable;
  const std::lock_guard lock(mutex);
  while (!rest.empty()) {
    const std::size_t comma = rest.find(',');
    ArmFromText(rest.substr(0, comma));
    rest = comma == std::string_view::npos ? "" : rest.substr(comma + 1);
  }
  internal::failpoints_armed = !Points().empty();
}

ArmedFailpoint::ArmedFailpoint(std::string name, std::function<void()> action)
    : name_(std::move(name)) {
  const std::lock_guard lock(mutex);
  Points()[name_] = {.action = std::move(action)};
  internal::failpoints_armed = true;
}

ArmedFailpoint::~ArmedFailpoint() {
  const std::lock_guard lock(mutex);
  Points().erase(name_);
}

}  // namespace continuo::postgres
