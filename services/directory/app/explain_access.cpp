#include "continuo/directory/v1/responsibility_link.pb.h"
#include "continuo/directory/v1/user.pb.h"
#include "libs/postgres/database.h"
#include "libs/rpc/call.h"
#include "services/directory/app/account_access.h"
#include "services/directory/app/app.h"
#include "services/directory/app/owned_kinds.h"
#include "services/directory/app/peer_methods.h"
#include "services/directory/app/resource.h"
#include "services/directory/domain/permissions.h"
#include "services/directory/store/sql.h"

namespace continuo::directory::app {
namespace {

using postgres::Transaction;

struct Thing {
  std::string plural;
  std::string account_id;   // empty: it belongs to no account
  std::string division_id;  // empty: to no division
};

Result<Thing> FindThing(const App& app, const rpc::Call& call, const std::string& id) {
  const auto prefix = std::string_view(id).substr(0, id.find('_'));
  const OwnedKind* kind = FindOwnedKind(prefix);
  if (kind == nullptr) {
    return Invalid("/resource", "UNKNOWN_KIND",
                   "There is no kind of thing with such an id. Name an account, or something that "
                   "belongs to one.");
  }
  Thing thing{.plural = kind->plural};
  // As a service: what the user in question sees is the question, not what the caller sees.
  rpc::Call asking = rpc::Call::AsService("directory", call.request_id);
  asking.deadline = call.deadline;
  ASSIGN_OR_RETURN(const auto answer,
                   AskByName(app.peers, asking, kind->getter, {{"id", id}}));
  thing.account_id = prefix == "acc" ? id : TextField(*answer, "account_id");
  thing.division_id = prefix == "div" ? id : TextField(*answer, "division_id");
  return thing;
}

void AddCheck(v1::AccessExplanation& explanation, std::string rule, bool holds,
              std::string detail) {
  auto* check = explanation.add_checks();
  check->set_rule(std::move(rule));
  check->set_holds(holds);
  check->set_detail(std::move(detail));
}

void AddLinkCheck(Transaction& tx, const Thing& thing, const v1::User& user, bool sees_all,
                  v1::AccessExplanation& explanation) {
  if (thing.account_id.empty()) {
    return AddCheck(explanation, "link", true, "It belongs to no account; no link is needed.");
  }
  if (sees_all) {
    return AddCheck(explanation, "link", true, "The user's profile sees all accounts.");
  }
  const postgres::Rows links =
      tx.Run(sql::list_links_above, postgres::IdOrNull("acc", thing.account_id),
             postgres::IdOrNull("usr", user.id()));
  if (links.empty()) {
    return AddCheck(explanation, "link", false,
                    "No link leads from the user to the account or to one above it.");
  }
  const postgres::Row nearest = links.front();
  const std::string account = nearest.Id("acc", "account_id");
  AddCheck(explanation, "link", nearest.Bool("valid"),
           nearest.Bool("valid") ? "A link is made on account " + account + "."
                                 : "The link on account " + account + " is not valid today.");
  auto* check = explanation.mutable_checks(explanation.checks_size() - 1);
  check->set_link_id(nearest.Id("link", "id"));
  check->set_linked_account_id(account);
}

void AddDivisionCheck(const Thing& thing, const v1::User& user,
                      v1::AccessExplanation& explanation) {
  const auto& own = user.division_ids();
  const bool holds = thing.division_id.empty() || own.empty() ||
                     std::find(own.begin(), own.end(), thing.division_id) != own.end();
  AddCheck(explanation, "division", holds,
           thing.division_id.empty() ? "It belongs to no division."
           : own.empty()             ? "The user is not limited to divisions."
           : holds                   ? "The division is one of the user's."
                                     : "The user is limited to other divisions.");
}

Result<v1::AccessExplanation> Explain(Transaction& tx, const Thing& thing,
                                      const v1::ExplainAccessRequest& request) {
  ASSIGN_OR_RETURN(const auto user, Load<v1::User>(tx, sql::select_user, {"user", "usr"},
                                                   request.user_id()));
  ASSIGN_OR_RETURN(const auto profile,
                   Load<v1::SecurityProfile>(tx, sql::select_security_profile,
                                             {"security profile", "prof"}, user.profile_id()));
  v1::AccessExplanation explanation;
  explanation.set_user_id(user.id());
  explanation.set_resource(request.resource());
  explanation.set_account_id(thing.account_id);
  const bool active = user.status() == v1::USER_STATUS_ACTIVE;
  AddCheck(explanation, "active", active,
           active ? "The user is active." : "The user is deactivated.");
  const std::string permission = thing.plural + ".read";
  const bool may = !domain::FirstNotHeld(
      {profile.permissions().begin(), profile.permissions().end()}, {permission});
  AddCheck(explanation, "permission", may,
           "The profile " + profile.name() + (may ? " allows " : " does not allow ") + permission +
               ".");
  AddLinkCheck(tx, thing, user, profile.sees() == v1::SEES_ALL, explanation);
  AddDivisionCheck(thing, user, explanation);
  const auto& checks = explanation.checks();
  explanation.set_sees(
      std::all_of(checks.begin(), checks.end(), [](const auto& check) { return check.holds(); }));
  return explanation;
}

}  // namespace

Result<v1::AccessExplanation> ExplainAccess(const App& app, const rpc::Call& call,
                                            const v1::ExplainAccessRequest& request) {
  ASSIGN_OR_RETURN(const Thing thing, FindThing(app, call, request.resource()));
  // As the worker: a link that the caller does not see explains just as much.
  return app.database.Work(call,
                           [&](Transaction& tx) { return Explain(tx, thing, request); });
}

}  // namespace continuo::directory::app
