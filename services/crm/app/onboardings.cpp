#include "services/crm/app/onboardings.h"

#include "continuo/crm/v1/account.pb.h"
#include "continuo/crm/v1/events.pb.h"
#include "continuo/crm/v1/onboarding.pb.h"
#include "libs/calendar/zone.h"
#include "libs/events/append.h"
#include "libs/ids/kinds.h"
#include "libs/json/patch.h"
#include "services/crm/app/account_rows.h"
#include "services/crm/domain/onboarding.h"
#include "services/crm/store/sql.h"

namespace continuo::crm::app {
namespace {

using domain::OnboardingSteps;
using ids::OnboardingId;
using postgres::Document;
using postgres::IdOrNull;
using postgres::Transaction;

const postgres::Resource kOnboarding{sql::select_onboarding, sql::lock_onboarding};

Result<OnboardingSteps> StepsOf(const v1::Onboarding& onboarding) {
  OnboardingSteps steps;
  for (const v1::OnboardingStep& step : onboarding.steps()) {
    domain::OnboardingStep& read = steps.emplace_back();
    read.code = step.code();
    read.completed_by = step.completed_by();
    if (step.completed_on().empty()) continue;
    ASSIGN_OR_RETURN(read.completed_on, calendar::Date::Parse(step.completed_on()));
  }
  return steps;
}

// The steps stand in the order of the message.
void SetSteps(const OnboardingSteps& steps, v1::Onboarding* onboarding) {
  for (size_t i = 0; i < steps.size(); ++i) {
    v1::OnboardingStep& step = *onboarding->mutable_steps(static_cast<int>(i));
    step.set_completed_on(steps[i].completed_on ? steps[i].completed_on->ToString() : "");
    step.set_completed_by(steps[i].completed_by);
  }
  const auto completed_on = domain::CompletedOn(steps);
  onboarding->set_completed_on(completed_on ? completed_on->ToString() : "");
}

Result<v1::Onboarding> LoadOpenOnboarding(Transaction& tx, const std::string& id) {
  ASSIGN_OR_RETURN(v1::Onboarding onboarding, LoadForChange<v1::Onboarding>(tx, kOnboarding, id));
  if (onboarding.completed_on().empty()) return onboarding;
  return FailedPrecondition("ONBOARDING_COMPLETED",
                            "Onboarding " + id + " was completed on " + onboarding.completed_on() +
                                ". Start another one for what is still to be done.",
                            {{"onboarding_id", id}});
}

void TellUpdated(Transaction& tx, const v1::Onboarding& before, const v1::Onboarding& stored) {
  v1::OnboardingUpdated updated;
  updated.set_id(stored.id());
  updated.set_revision(stored.revision());
  updated.set_account_id(stored.account_id());
  for (const json::ChangedField& field : json::ChangedFields(before, stored)) {
    type::v1::Change& change = (*updated.mutable_changes())[field.name];
    change.set_from(field.from);
    change.set_to(field.to);
  }
  for (const v1::OnboardingStep& step : stored.steps()) {
    if (step.completed_on().empty()) updated.add_open_steps(step.code());
  }
  events::Append(tx, updated, {.source_version = stored.revision()});
}

void TellCompleted(Transaction& tx, const v1::Onboarding& stored) {
  v1::OnboardingCompleted completed;
  completed.set_id(stored.id());
  completed.set_revision(stored.revision());
  completed.set_account_id(stored.account_id());
  completed.set_product_id(stored.product_id());
  completed.set_completed_on(stored.completed_on());
  events::Append(tx, completed, {.source_version = stored.revision()});
}

Result<v1::Onboarding> Save(Transaction& tx, const v1::Onboarding& before,
                            const v1::Onboarding& onboarding) {
  tx.Run(sql::update_onboarding, IdOrNull("onb", before.id()), postgres::Json{Document(onboarding)});
  ASSIGN_OR_RETURN(v1::Onboarding stored, Load<v1::Onboarding>(tx, kOnboarding, before.id()));
  if (stored.completed_on().empty()) {
    TellUpdated(tx, before, stored);
  } else {
    TellCompleted(tx, stored);
  }
  return stored;
}

// Where the account is; an account that names no zone is in UTC.
Result<calendar::Date> TodayAt(Transaction& tx, const std::string& account_id) {
  ASSIGN_OR_RETURN(const v1::Account account, Load<v1::Account>(tx, kAccount, account_id));
  ASSIGN_OR_RETURN(const calendar::Zone zone,
                   calendar::Zone::Find(account.time_zone().empty() ? "UTC" : account.time_zone()));
  return tx.Today(zone);
}

Result<calendar::Date> DayOf(Transaction& tx, const std::string& account_id,
                             const std::string& asked) {
  ASSIGN_OR_RETURN(const calendar::Date today, TodayAt(tx, account_id));
  if (asked.empty()) return today;
  ASSIGN_OR_RETURN(const calendar::Date on, calendar::Date::Parse(asked));
  if (on <= today) return on;
  return Invalid("/completed_on", "OUT_OF_RANGE",
                 "The day lies ahead. Complete steps once they are done.");
}

}  // namespace

Result<v1::Onboarding> CreateOnboarding(postgres::Database& database, const rpc::Call& call,
                                        const v1::CreateOnboardingRequest& request) {
  return database.Command<v1::Onboarding>(call, [&](Transaction& tx) -> Result<v1::Onboarding> {
    const v1::Onboarding& onboarding = request.onboarding();
    RETURN_IF_FAULT(CheckAccountExists(tx, onboarding.account_id(), "/account_id"));
    ASSIGN_OR_RETURN(const OnboardingSteps steps, StepsOf(onboarding));
    if (auto wrong = domain::CheckSteps(steps); !wrong.empty()) return Invalid(std::move(wrong));
    const OnboardingId id = OnboardingId::New();
    tx.Run(sql::insert_onboarding, id, postgres::Json{Document(onboarding)},
           IdOrNull("acc", onboarding.account_id()), IdOrNull("prod", onboarding.product_id()),
           tx.now());
    ASSIGN_OR_RETURN(v1::Onboarding stored, Load<v1::Onboarding>(tx, kOnboarding, id.ToString()));
    v1::OnboardingCreated created;
    created.set_id(stored.id());
    created.set_revision(stored.revision());
    created.set_account_id(stored.account_id());
    created.set_product_id(stored.product_id());
    created.set_blocks_sale(stored.blocks_sale());
    events::Append(tx, created, {.source_version = stored.revision()});
    return stored;
  });
}

Result<v1::Onboarding> GetOnboarding(postgres::Database& database, const rpc::Call& call,
                                     const v1::GetOnboardingRequest& request) {
  return Get<v1::Onboarding>(database, call, kOnboarding, request);
}

Result<v1::ListOnboardingsResponse> ListOnboardings(postgres::Database& database,
                                                    const rpc::Call& call,
                                                    const v1::ListOnboardingsRequest& request) {
  return ListOf<v1::ListOnboardingsResponse>(database, call, kOnboarding, request);
}

Result<v1::Onboarding> UpdateOnboarding(postgres::Database& database, const rpc::Call& call,
                                        const v1::UpdateOnboardingRequest& request) {
  return database.Command<v1::Onboarding>(call, [&](Transaction& tx) -> Result<v1::Onboarding> {
    ASSIGN_OR_RETURN(const v1::Onboarding before, LoadOpenOnboarding(tx, request.id()));
    v1::Onboarding onboarding = before;
    RETURN_IF_FAULT(json::ApplyPatch(request.update_mask(), request.onboarding(), &onboarding));
    ASSIGN_OR_RETURN(const OnboardingSteps known, StepsOf(before));
    ASSIGN_OR_RETURN(OnboardingSteps steps, StepsOf(onboarding));
    if (auto wrong = domain::CheckSteps(steps); !wrong.empty()) return Invalid(std::move(wrong));
    RETURN_IF_FAULT(domain::KeepCompleted(known, &steps));
    SetSteps(steps, &onboarding);
    if (json::ChangedFields(before, onboarding).empty()) return before;
    return Save(tx, before, onboarding);
  });
}

Result<v1::Onboarding> CompleteOnboarding(postgres::Database& database, const rpc::Call& call,
                                          const v1::CompleteOnboardingRequest& request) {
  return database.Command<v1::Onboarding>(call, [&](Transaction& tx) -> Result<v1::Onboarding> {
    ASSIGN_OR_RETURN(const v1::Onboarding before, LoadOpenOnboarding(tx, request.id()));
    domain::Completion completion{.codes = {request.steps().begin(), request.steps().end()},
                                  .by = call.principal.user_id};
    ASSIGN_OR_RETURN(completion.on, DayOf(tx, before.account_id(), request.completed_on()));
    ASSIGN_OR_RETURN(OnboardingSteps steps, StepsOf(before));
    RETURN_IF_FAULT(domain::Complete(completion, &steps));
    v1::Onboarding onboarding = before;
    SetSteps(steps, &onboarding);
    if (json::ChangedFields(before, onboarding).empty()) return before;
    return Save(tx, before, onboarding);
  });
}

}  // namespace continuo::crm::app
