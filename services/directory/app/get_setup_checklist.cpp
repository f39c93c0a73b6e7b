#include <array>

#include "continuo/directory/v1/operations.pb.h"
#include "libs/postgres/database.h"
#include "libs/rpc/call.h"
#include "services/directory/app/app.h"
#include "services/directory/app/operations.h"
#include "services/directory/app/peer_methods.h"
#include "services/directory/store/sql.h"

namespace continuo::directory::app {
namespace {

using Item = v1::SetupChecklist::Item;

struct Step {
  const char* step;
  const char* title;
  const char* call;
  const char* method;                 // a list: done when it has an element
  const char* filter;                 // of the list, by field name
  const char* value;
};
constexpr std::array<Step, 4> kOfOthers{{
    {"tax_rate", "Enter the tax rates you invoice with", "POST /v1/tax_rates",
     "continuo.billing.v1.BillingService/ListTaxRates", nullptr, nullptr},
    {"product", "Publish a product", "POST /v1/products",
     "continuo.catalogue.v1.CatalogueService/ListProducts", "status", "published"},
    {"account", "Open a customer's account", "POST /v1/accounts",
     "continuo.crm.v1.CrmService/ListAccounts", nullptr, nullptr},
    {"webhook_endpoint", "Tell us where to send events", "POST /v1/webhook_endpoints",
     "continuo.webhooks.v1.WebhooksService/ListWebhookEndpoints", nullptr, nullptr},
}};

Item MakeItem(const char* step, const char* title, const char* call, bool done) {
  Item item;
  item.set_step(step);
  item.set_title(title);
  item.set_call(call);
  item.set_done(done);
  return item;
}

Item AskStep(const App& app, const rpc::Call& call, const Step& step) {
  Item item = MakeItem(step.step, step.title, step.call, false);
  std::map<std::string, std::string> fields{{"limit", "1"}};
  if (step.filter != nullptr) fields[step.filter] = step.value;
  const auto answer = AskByName(app.peers, call, step.method, fields);
  if (answer) {
    item.set_done(DataSize(**answer) > 0);
  } else {
    item.set_problem(answer.error().message);
  }
  return item;
}

}  // namespace

Result<v1::SetupChecklist> GetSetupChecklist(const App& app, const rpc::Call& call,
                                             const v1::GetSetupChecklistRequest&) {
  v1::SetupChecklist checklist;
  RETURN_IF_FAULT(app.database.Read(call, [&](postgres::Transaction& tx) -> Result<void> {
    const postgres::Rows rows = tx.Run(sql::count_setup);
    const bool division = rows.front().Int("divisions") > 0;
    *checklist.add_items() =
        MakeItem("division", "Set up your company's division", "POST /v1/divisions", division);
    // A part of the division, which cannot be made without it.
    *checklist.add_items() =
        MakeItem("invoice_series", "Name the series of its invoice numbers: invoice_series",
                 "POST /v1/divisions", division);
    *checklist.add_items() = MakeItem("user", "Add a colleague beside the first administrator",
                                      "POST /v1/users", rows.front().Int("users") > 1);
    return {};
  }));
  // As a service: what is set up does not depend on what the caller may see.
  rpc::Call asking = rpc::Call::AsService("directory", call.request_id);
  asking.deadline = call.deadline;
  for (const Step& step : kOfOthers) *checklist.add_items() = AskStep(app, asking, step);
  const auto& items = checklist.items();
  checklist.set_done(
      std::all_of(items.begin(), items.end(), [](const Item& item) { return item.done(); }));
  return checklist;
}

}  // namespace continuo::directory::app
