#include "services/directory/domain/progress.h"

#include "libs/testing/catch/catch.h"

namespace continuo::directory::domain {
namespace {

calendar::Instant At(std::string_view text) { return *calendar::ParseInstant(text); }

const calendar::Instant kMarch = At("2026-03-01T00:00:00Z");
const calendar::Instant kMid = At("2026-03-15T00:00:00Z");
const calendar::Instant kApril = At("2026-04-01T00:00:00Z");

// crm has sent two events that billing listens to, billing has consumed them; all is done.
Pass AtRest() {
  ServiceProgress crm{.service = "crm", .emitted = {{{"crm", 3}, 2}}, .clock = kMarch};
  ServiceProgress billing{.service = "billing",
                          .consumed = {{{"crm", 3}, 2}},
                          .topics = {"crm"},
                          .clock = kMarch};
  return {crm, billing};
}

TEST_CASE("the clock goes from one instant with work due to the next, then to its target") {
  struct Row {
    std::string name;
    std::optional<calendar::Instant> due;
    calendar::Instant target;
    Step::Kind kind;
    calendar::Instant to;
  };
  const Row row = GENERATE(values<Row>({
      {"work is due on the way", kMid, kApril, Step::kMove, kMid},
      {"work is due at the target", kApril, kApril, Step::kMove, kApril},
      {"work is due later", kApril, kMid, Step::kMove, kMid},
      {"nothing is foreseen", {}, kApril, Step::kMove, kApril},
      {"it has arrived", kMid, kMarch, Step::kReady, {}},
  }));
  INFO(row.name);
  Pass pass = AtRest();
  pass[1].next_due_at = row.due;
  const Step step = NextStep(pass, pass, {.at = kMarch, .target = row.target});
  CHECK(step.kind == row.kind);
  CHECK(step.to == row.to);
  CHECK(step.blockers.empty());
}

TEST_CASE("what is still to be done holds up the clock, and is named") {
  struct Row {
    std::string blocker;
    std::function<void(Pass&)> change;
  };
  const Row row = GENERATE(values<Row>({
      {"billing: 1 event of crm is not consumed", [](Pass& p) { p[1].consumed[{"crm", 3}] = 1; }},
      {"billing: 5 events of crm are not consumed", [](Pass& p) { p[0].emitted[{"crm", 4}] = 5; }},
      {"crm: 2 events are not sent yet", [](Pass& p) { p[0].unstamped = 2; }},
      {"billing: jobs are running", [](Pass& p) { p[1].jobs_running = true; }},
      {"billing: work due at 2026-03-01T00:00:00Z is not done",
       [](Pass& p) { p[1].next_due_at = kMarch; }},
      {"billing: 1 event waits for another fact", [](Pass& p) { p[1].waiting = 1; }},
      {"crm: does not answer", [](Pass& p) { p[0].answers = false; }},
  }));
  Pass pass = AtRest();
  row.change(pass);
  const Step step = NextStep(pass, pass, {.at = kMarch, .target = kApril});
  CHECK(step.kind == Step::kWait);
  CHECK(step.blockers == std::vector<std::string>{row.blocker});
}

TEST_CASE("a topic that a service does not listen to does not hold up the clock") {
  Pass pass = AtRest();
  pass[1].emitted[{"billing", 0}] = 9;
  CHECK(NextStep(pass, pass, {.at = kMarch, .target = kApril}).kind == Step::kMove);
}

TEST_CASE("one pass proves nothing: what a service did between two answers shows in the next pass") {
  const Pass before = AtRest();
  Pass now = AtRest();
  now[0].emitted[{"crm", 3}] = 3;
  now[1].consumed[{"crm", 3}] = 3;
  CHECK(NextStep({}, now, {.at = kMarch, .target = kApril}).kind == Step::kWait);
  CHECK(NextStep(before, now, {.at = kMarch, .target = kApril}).kind == Step::kWait);
  CHECK(NextStep(now, now, {.at = kMarch, .target = kApril}).kind == Step::kMove);
}

TEST_CASE("parked keys are counted and hold nothing up; waiting ones do so only for a while") {
  Pass pass = AtRest();
  pass[0].parked = 2;
  pass[1].parked = 1;
  pass[1].waiting = 1;
  CHECK(ParkedIn(pass) == 3);
  CHECK(NextStep(pass, pass, {kMarch, kApril, false}).kind == Step::kWait);
  CHECK(NextStep(pass, pass, {kMarch, kApril, true}).kind == Step::kMove);
}

TEST_CASE("a service that stands before the clock is set first") {
  Pass pass = AtRest();
  pass[0].clock = kMarch;
  pass[1].clock = kMid;
  const Step step = NextStep(pass, pass, {.at = kMid, .target = kApril});
  CHECK(step.kind == Step::kSetClock);
  CHECK(step.to == kMid);
  CHECK(step.services == std::vector<std::string>{"crm"});
}

TEST_CASE("an event is awaited from every service that listens to its topic and has not got to it") {
  const Pass pass = AtRest();
  struct Row {
    std::string name;
    FollowUp event;
    std::vector<std::string> awaited;
  };
  const Row row = GENERATE(values<Row>({
      {"consumed", {{"crm", 3}, 2}, {}},
      {"next", {{"crm", 3}, 3}, {"billing"}},
      {"on a partition that was never read", {{"crm", 4}, 1}, {"billing"}},
      {"not on its way yet", {{"crm", 3}, 0}, {"billing"}},
      {"nobody listens", {{"billing", 3}, 7}, {}},
      {"nobody listens, not on its way yet", {{"billing", 3}, 0}, {}},
  }));
  INFO(row.name);
  CHECK(AwaitedFrom(row.event, pass) == row.awaited);
}

}  // namespace
}  // namespace continuo::directory::domain
