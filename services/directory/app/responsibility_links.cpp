#include "services/directory/app/responsibility_links.h"

#include "continuo/directory/v1/events.pb.h"
#include "continuo/directory/v1/responsibility_link.pb.h"
#include "continuo/directory/v1/user.pb.h"
#include "libs/events/append.h"
#include "libs/ids/kinds.h"
#include "libs/postgres/database.h"
#include "libs/postgres/list.h"
#include "libs/postgres/revision.h"
#include "services/directory/app/app.h"
#include "services/directory/app/peer_methods.h"
#include "services/directory/app/resource.h"
#include "services/directory/store/sql.h"

namespace continuo::directory::app {
namespace {

using calendar::Date;
using postgres::IdOrNull;
using postgres::NullIfEmpty;
using postgres::Transaction;

constexpr Kind kLink{"responsibility link", "link"};
// Links follow the day of the transaction's row-level security, which is UTC's.
const calendar::Zone kZone = calendar::Zone::Utc();

Failure UnknownAccount(const std::string& id) {
  return Invalid("/account_id", "REFERENCE_NOT_FOUND",
                 "There is no account " + id + ", or you do not see it. Check the id.");
}

// In the projection, or, where it has not arrived yet, in crm: under the caller's own eyes.
Result<void> RequireAccount(const App& app, const rpc::Call& call, const std::string& id) {
  ASSIGN_OR_RETURN(const bool known, app.database.Read(call, [&](Transaction& tx) -> Result<bool> {
    return !tx.Run(sql::find_account_node, IdOrNull("acc", id)).empty();
  }));
  if (known) return {};
  const auto asked =
      AskByName(app.peers, call, "continuo.crm.v1.CrmService/GetAccount", {{"id", id}});
  if (asked) return {};
  const Code code = asked.error().code;
  if (code == Code::kNotFound || code == Code::kPermissionDenied) return UnknownAccount(id);
  return Failure(asked.error());
}

Result<void> RequireActiveUser(Transaction& tx, const std::string& id) {
  const auto user = Load<v1::User>(tx, sql::select_user, {"user", "usr"}, id);
  if (!user) {
    return Invalid("/user_id", "REFERENCE_NOT_FOUND", "There is no user " + id + ". Check the id.");
  }
  if (user->status() == v1::USER_STATUS_ACTIVE) return {};
  return FailedPrecondition("USER_DEACTIVATED",
                            "User " + id + " is deactivated. Name an active user.",
                            {{"user_id", id}});
}

struct Window {
  Date from;
  std::optional<Date> to;
};

Result<Window> WindowOf(Transaction& tx, const v1::ResponsibilityLink& link) {
  Window window{.from = tx.Today(kZone)};
  if (!link.valid_from().empty()) {
    ASSIGN_OR_RETURN(window.from, Date::Parse(link.valid_from()));
  }
  if (link.valid_to().empty()) return window;
  ASSIGN_OR_RETURN(window.to, Date::Parse(link.valid_to()));
  if (*window.to > window.from) return window;
  return Invalid("/valid_to", "OUT_OF_RANGE",
                 "valid_to is the day after the last and must come after valid_from, " +
                     window.from.ToString() + ".");
}

// What was known of the link's end, and since when, stays.
void KeepEnding(Transaction& tx, const std::string& id) {
  const rpc::Principal& by = tx.call().principal;
  tx.Run(sql::insert_link_ending, IdOrNull("link", id), tx.now(),
         by.user_id.empty() ? by.service : by.user_id, tx.call().request_id);
}

void AppendCreated(Transaction& tx, const v1::ResponsibilityLink& link) {
  v1::ResponsibilityLinkCreated event;
  event.set_id(link.id());
  event.set_user_id(link.user_id());
  event.set_account_id(link.account_id());
  event.set_role(link.role());
  events::Append(tx, event, {.source_version = 1});
}

Result<v1::ResponsibilityLink> Create(Transaction& tx, const v1::ResponsibilityLink& wanted) {
  RETURN_IF_FAULT(RequireActiveUser(tx, wanted.user_id()));
  ASSIGN_OR_RETURN(const Window window, WindowOf(tx, wanted));
  const auto id = ids::ResponsibilityLinkId::New();
  tx.Run(sql::insert_responsibility_link, id, IdOrNull("usr", wanted.user_id()),
         IdOrNull("acc", wanted.account_id()), wanted.role(), std::max(wanted.level(), 1),
         window.from, window.to, NullIfEmpty(wanted.cause()), nullptr, tx.now());
  KeepEnding(tx, id.ToString());
  ASSIGN_OR_RETURN(auto made, Load<v1::ResponsibilityLink>(tx, sql::select_responsibility_link,
                                                           kLink, id.ToString()));
  AppendCreated(tx, made);
  return made;
}

Result<v1::ResponsibilityLink> End(Transaction& tx,
                                   const v1::EndResponsibilityLinkRequest& request) {
  tx.Run(sql::lock_responsibility_link, IdOrNull("link", request.id()));
  ASSIGN_OR_RETURN(const auto before,
                   Load<v1::ResponsibilityLink>(tx, sql::select_responsibility_link, kLink,
                                                request.id()));
  RETURN_IF_FAULT(postgres::CheckRevision(tx.call(), before.revision()));
  tx.AuditBefore(before);
  const Date today = tx.Today(kZone);
  Date end = today;
  if (!request.valid_to().empty()) {
    ASSIGN_OR_RETURN(end, Date::Parse(request.valid_to()));
  }
  if (end < today) {
    return Invalid("/valid_to", "OUT_OF_RANGE",
                   "A link cannot end in the past. Name today, " + today.ToString() +
                       ", or a later day.");
  }
  if (!before.valid_to().empty() && before.valid_to() <= today.ToString()) {
    return FailedPrecondition("LINK_ENDED",
                              "The link ended on " + before.valid_to() + ". Make a new one.",
                              {{"valid_to", before.valid_to()}});
  }
  tx.Run(sql::end_responsibility_link, IdOrNull("link", request.id()), end);
  KeepEnding(tx, request.id());
  ASSIGN_OR_RETURN(auto after,
                   Load<v1::ResponsibilityLink>(tx, sql::select_responsibility_link, kLink,
                                                request.id()));
  v1::ResponsibilityLinkEnded event;
  event.set_id(after.id());
  event.set_user_id(after.user_id());
  event.set_account_id(after.account_id());
  event.set_valid_to(after.valid_to());
  events::Append(tx, event, {.source_version = after.revision()});
  return after;
}

}  // namespace

Result<v1::ResponsibilityLink> CreateResponsibilityLink(
    const App& app, const rpc::Call& call, const v1::CreateResponsibilityLinkRequest& request) {
  const v1::ResponsibilityLink& wanted = request.responsibility_link();
  RETURN_IF_FAULT(RequireAccount(app, call, wanted.account_id()));
  return app.database.Command<v1::ResponsibilityLink>(
      call, [&](Transaction& tx) { return Create(tx, wanted); });
}

Result<v1::ResponsibilityLink> GetResponsibilityLink(
    const App& app, const rpc::Call& call, const v1::GetResponsibilityLinkRequest& request) {
  return app.database.Read(call, [&](Transaction& tx) {
    return Load<v1::ResponsibilityLink>(tx, sql::select_responsibility_link, kLink, request.id());
  });
}

Result<v1::ListResponsibilityLinksResponse> ListResponsibilityLinks(
    const App& app, const rpc::Call& call, const v1::ListResponsibilityLinksRequest& request) {
  return app.database.Read(
      call, [&](Transaction& tx) -> Result<v1::ListResponsibilityLinksResponse> {
        v1::ListResponsibilityLinksResponse response;
        RETURN_IF_FAULT(
            postgres::List(tx, {.select = sql::select_responsibility_link}, request, &response));
        return response;
      });
}

Result<v1::ResponsibilityLink> EndResponsibilityLink(
    const App& app, const rpc::Call& call, const v1::EndResponsibilityLinkRequest& request) {
  return app.database.Command<v1::ResponsibilityLink>(
      call, [&](Transaction& tx) { return End(tx, request); });
}

void LinkCreatorOfAccount(Transaction& tx, const std::string& account_id,
                          const std::string& user_id, const std::string& source_id) {
  const auto id = ids::ResponsibilityLinkId::New();
  const postgres::Rows made =
      tx.Run(sql::insert_responsibility_link, id, IdOrNull("usr", user_id),
             IdOrNull("acc", account_id), "creator", 1, tx.Today(kZone), nullptr, "created",
             source_id, tx.now());
  if (made.empty()) return;
  v1::ResponsibilityLink link;
  link.set_id(id.ToString());
  link.set_user_id(user_id);
  link.set_account_id(account_id);
  link.set_role("creator");
  AppendCreated(tx, link);
}

}  // namespace continuo::directory::app
