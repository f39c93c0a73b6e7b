#include "libs/events/failpoint.h"

#include <csignal>
#include <cstdlib>
#include <map>
#include <mutex>
#include <stdexcept>

namespace continuo::events {
namespace {

struct Armed {
  std::function<void()> action;
  int passes_before = 0;  // how often it is passed without the action
};

std::mutex mutex;

std::map<std::string, Armed, std::less<>>& Points() {
  static std::map<std::string, Armed, std::less<>> points;
  return points;
}

// "relay.after_commit=kill@3"
void ArmFromText(std::string_view text) {
  const std::size_t equals = text.find('='), at = text.find('@');
  const std::string_view verb =
      equals == std::string_view::npos ? "" : text.substr(equals + 1, at - equals - 1);
  if (verb != "kill" && verb != "stop") {
    throw std::invalid_argument("CONTINUO_FAILPOINTS: " + std::string(text) +
                                " is not <name>=kill or <name>=stop, with @<n> for the n-th time");
  }
  const int signal = verb == "kill" ? SIGKILL : SIGSTOP;
  const int nth = at == std::string_view::npos ? 1 : std::stoi(std::string(text.substr(at + 1)));
  Points()[std::string(text.substr(0, equals))] = {[signal] { ::raise(signal); }, nth - 1};
}

bool ArmFromEnvironment() {
  const char* variable = std::getenv("CONTINUO_FAILPOINTS");
  std::string_view rest = variable == nullptr ? "" : variable;
  while (!rest.empty()) {
    const std::size_t comma = rest.find(',');
    ArmFromText(rest.substr(0, comma));
    rest = comma == std::string_view::npos ? "" : rest.substr(comma + 1);
  }
  return !Points().empty();
}

}  // namespace

namespace internal {

std::atomic<bool> failpoints_armed{ArmFromEnvironment()};

void ReachFailpoint(std::string_view name) {
  std::function<void()> action;
  {
    const std::lock_guard lock(mutex);
    const auto found = Points().find(name);
    if (found == Points().end()) return;
    if (found->second.passes_before-- > 0) return;
    found->second.passes_before = 0;
    action = found->second.action;
  }
  action();
}

}  // namespace internal

ArmedFailpoint::ArmedFailpoint(std::string name, std::function<void()> action)
    : name_(std::move(name)) {
  const std::lock_guard lock(mutex);
  Points()[name_] = {std::move(action), 0};
  internal::failpoints_armed = true;
}

ArmedFailpoint::~ArmedFailpoint() {
  const std::lock_guard lock(mutex);
  Points().erase(name_);
}

}  // namespace continuo::events
