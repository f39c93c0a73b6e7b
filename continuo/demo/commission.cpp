#include "continuo/demo/commission.h"

#include <cstdint>
#include <stdexcept>

namespace continuo::demo {
namespace {

constexpr char kRepProfile[] = R"({"name":"Sales representative","sees":"linked","permissions":[
  "sale_links.read","sale_links.claim","credits.read","commission_statements.read"]})";
constexpr char kManagerProfile[] = R"({"name":"Sales manager","sees":"all","permissions":[
  "sale_links.*","credits.read","commission_statements.*"]})";
constexpr char kPlan[] = R"({"name":"Field sales","terms":{"valid_from":"2026-01-01",
  "credit_on":"invoice","rate_percent":"5","rates":[
    {"commission_class":"licence","rate_percent":"8"},
    {"commission_class":"support","rate_percent":"3"}]}})";

void Expect(const std::string& what, const std::string& actual, const std::string& expected) {
  if (actual == expected) return;
  throw std::runtime_error(what + " is " + actual + " and not " + expected);
}

int64_t Cents(std::string amount) {
  amount.erase(amount.find('.'), 1);
  return std::stoll(amount);
}

struct User {
  std::string id, key;
};

User Add(RestClient& admin, const std::string& name, const std::string& email,
         const std::string& profile) {
  const auto profile_id = admin.Post("/v1/security_profiles", profile).Text("id");
  const auto user = admin.Post("/v1/users", R"({"name":")" + name + R"(","email":")" + email +
                                                R"(","profile_id":")" + profile_id + R"("})");
  const auto key = admin.Post("/v1/api_keys", R"({"user_id":")" + user.Text("id") + R"("})");
  return {user.Text("id"), key.Text("secret")};
}

}  // namespace

// Told once everything that followed is done, as far as the administrator sees it: all of it.
void Commission::Tell(const std::string& what, const Answer& answer, const std::string& amount) {
  tell_({what, answer.Text("id"), amount, admin_.AwaitFollowUps(answer.request_id)});
}

void Commission::SetUp() {
  const User rep = Add(admin_, "Robin Rep", "robin@example.com", kRepProfile);
  manager_key_ = Add(admin_, "Mia Manager", "mia@example.com", kManagerProfile).key;
  rep_key_ = rep.key;
  const auto plan = admin_.Post("/v1/commission_plans", kPlan);
  Tell("commission plan set up", plan, "5 %, licence 8 %, support 3 %");
  const auto participant = admin_.Post(
      "/v1/participants", R"({"user_id":")" + rep.id + R"(","plan_id":")" + plan.Text("id") +
                              R"(","valid_from":"2026-01-01"})");
  Tell("a rep earns commission", participant);
}

void Commission::ClaimAndVerify(const std::string& contract_id) {
  RestClient rep = admin_.As(rep_key_);
  const auto open = rep.Get("/v1/sale_links?status=open");
  Expect("what the rep may recognise is masked:", open.Text("data/0/masked"), "true");
  Expect("the customer in it", open.Text("data/0/account_id"), "");
  Expect("the price in it", open.Text("data/0/price_band"), "10000-100000 EUR");
  const std::string path = "/v1/sale_links/" + open.Text("data/0/id");
  Tell("the rep claims the contract from a masked list",
       rep.Post(path + "/claim", R"({"evidence":"Met the customer at the fair."})"),
       open.Text("data/0/price_band"));
  const auto verified =
      admin_.As(manager_key_).Post(path + "/verify", R"({"reason":"I was there."})");
  Expect("the contract of the sale", verified.Text("contract_id"), contract_id);
  Expect("the contract's price", verified.Text("contract_price/amount"), "57600.00");
  Tell("the manager verifies the claim", verified,
       verified.Text("contract_price/amount") + " EUR, " + verified.Text("variance/amount") +
           " EUR beside crm's value");
  Expect("the rep now sees it in full: masked", rep.Get(path).Text("masked"), "false");
}

void Commission::PayOut() {
  RestClient rep = admin_.As(rep_key_), manager = admin_.As(manager_key_);
  const auto first = rep.Get("/v1/commission_statements?limit=2");
  Expect("the first month's commission", first.Text("data/0/earned/amount"), "180.00");
  Expect("the second month's commission", first.Text("data/1/earned/amount"), "260.00");
  int64_t earned = 0, paid = 0, count = 0;
  std::string cursor;
  do {
    const auto page = rep.Get("/v1/commission_statements?limit=25" +
                              (cursor.empty() ? "" : "&cursor=" + cursor));
    for (const auto& statement : page.body["data"].GetArray()) {
      const std::string path = std::string("/v1/commission_statements/") +
                               statement["id"].GetString();
      manager.Post(path + "/approve", "{}");
      const auto settled = manager.Post(path + "/pay", R"({"reference":"Payroll"})");
      earned += Cents(settled.Text("earned/amount"));
      paid += Cents(settled.Text("paid/amount"));
      if (++count == 1) {
        Tell("the first statement is approved and paid", settled,
             settled.Text("paid/amount") + " EUR");
      }
    }
    cursor = page.Text("next_cursor");
  } while (!cursor.empty());
  Expect("the number of statements", std::to_string(count), "37");
  Expect("all commission earned, in cents,", std::to_string(earned), "360000");
  Expect("all commission paid, in cents,", std::to_string(paid), "360000");
  tell_({"commission of three years paid", "", "37 statements, 3600.00 EUR", ""});
}

}  // namespace continuo::demo
