#include "services/quoting/domain/quote_state.h"

#include <sstream>

#include "libs/testing/catch/catch.h"

namespace continuo::quoting::domain {
namespace {

constexpr Status kStatuses[] = {Status::kDraft,    Status::kSubmitted, Status::kApproved,
                                Status::kRejected, Status::kReleased,  Status::kAccepted,
                                Status::kDeclined, Status::kExpired,  Status::kNegotiating};
constexpr Action kActions[] = {Action::kEdit,    Action::kRevise, Action::kSubmit, Action::kApprove,
                               Action::kReject,  Action::kRelease, Action::kAccept,
                               Action::kDecline, Action::kExpire, Action::kSelect, Action::kNegotiate};

// One row for each status, one column for each action: what it becomes, "+" for the next version,
// "-" where the action is refused.
TEST_CASE("What each action makes of each status") {
  const std::string expected =
      "            edit       revise     submit     approve    reject     release    accept     "
      "decline    expire     select      negotiate  \n"
      "draft       draft      -          submitted  -          -          -          -          "
      "declined   -          draft       -          \n"
      "submitted   draft+     draft+     -          approved   rejected   -          -          "
      "declined   expired    submitted   -          \n"
      "approved    draft+     draft+     -          -          -          released   -          "
      "declined   expired    approved    -          \n"
      "rejected    draft+     draft+     -          -          -          -          -          "
      "declined   -          rejected    -          \n"
      "released    draft+     draft+     -          -          -          -          accepted   "
      "declined   expired    released    negotiating\n"
      "accepted    -          -          -          -          -          -          -          "
      "-          -          -           -          \n"
      "declined    -          draft+     -          -          -          -          -          "
      "-          -          -           -          \n"
      "expired     -          draft+     -          -          -          -          -          "
      "-          -          -           -          \n"
      "negotiating draft+     draft+     -          -          -          released   -          "
      "declined   expired    negotiating -          \n";
  std::ostringstream table;
  table << std::left;
  const auto cell = [&](std::string text, int width) {
    text.resize(width, ' ');
    table << text;
  };
  cell("", 12);
  for (const Action action : kActions) {
    cell(std::string(Name(action)), action == Action::kSelect ? 12 : 11);
  }
  table << "\n";
  for (const Status status : kStatuses) {
    cell(std::string(Name(status)), 12);
    for (const Action action : kActions) {
      const Result<Move> move = Next(status, action);
      const std::string to =
          move ? std::string(Name(move->to)) + (move->begins_version ? "+" : "") : "-";
      cell(to, action == Action::kSelect ? 12 : 11);
    }
    table << "\n";
  }
  CHECK(table.str() == expected);
}

TEST_CASE("A refusal says why, and what would be allowed") {
  struct Row {
    Status status;
    Action action;
    const char* reason;
    const char* allowed;
  };
  const Row row = GENERATE(values<Row>({
      {Status::kAccepted, Action::kAccept, "QUOTE_ALREADY_ACCEPTED", "released"},
      {Status::kExpired, Action::kAccept, "QUOTE_EXPIRED", "released"},
      {Status::kDraft, Action::kAccept, "QUOTE_ACTION_NOT_ALLOWED", "released"},
      {Status::kAccepted, Action::kEdit, "QUOTE_NOT_EDITABLE",
       "draft, submitted, approved, rejected, released, negotiating"},
      {Status::kDraft, Action::kRelease, "QUOTE_ACTION_NOT_ALLOWED",
       "approved, negotiating"},
  }));
  const Result<Move> move = Next(row.status, row.action);
  REQUIRE_FALSE(move);
  CHECK(move.error().code == Code::kFailedPrecondition);
  CHECK(move.error().reason == row.reason);
  CHECK(move.error().metadata.at("allowed") == row.allowed);
  CHECK(move.error().metadata.at("status") == std::string(Name(row.status)));
}

TEST_CASE("A status reads as it is written") {
  for (const Status status : kStatuses) CHECK(ParseStatus(Name(status)) == status);
}

}  // namespace
}  // namespace continuo::quoting::domain
