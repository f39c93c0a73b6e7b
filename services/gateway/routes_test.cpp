#include "services/gateway/routes.h"

#include <set>

#include "continuo/quoting/v1/public_quote.pb.h"
#include "libs/testing/catch/catch.h"
#include "services/gateway/exchange.h"
#include "services/gateway/problem.h"
#include "services/gateway/trace.h"
#include "services/gateway/transcode.h"

namespace continuo::gateway {
namespace {

TEST_CASE("a path is matched by its literals first, then by its variables") {
  const Routes routes;
  const auto match = routes.Match("GET", {"v1", "divisions", "div_1"});
  REQUIRE(match.route != nullptr);
  CHECK(match.route->rules.action == "directory.GetDivision");
  CHECK(match.variables == std::vector<std::pair<std::string, std::string>>{{"id", "div_1"}});
  const auto by_external_id =
      routes.Match("PUT", {"v1", "accounts", "by_external_id", "erp", "4711"});
  REQUIRE(by_external_id.route != nullptr);
  CHECK(by_external_id.variables.size() == 2);
}

TEST_CASE("what has another verb only is told with the verbs it has") {
  const Routes routes;
  const auto match = routes.Match("DELETE", {"v1", "divisions"});
  CHECK(match.route == nullptr);
  CHECK(match.allowed == std::vector<std::string>{"GET", "POST"});
  CHECK(routes.Match("GET", {"v1", "nothing"}).allowed.empty());
  CHECK(routes.Match("GET", {"v1", "divisions", ""}).route == nullptr);
}

TEST_CASE("a collection's calls may come in a batch, as far as it has them") {
  const Routes routes;
  const auto match = routes.Match("POST", {"v1", "accounts", "batch"});
  REQUIRE(match.route != nullptr);
  REQUIRE(match.route->batch != nullptr);
  CHECK(match.route->batch->Actions() == "get, create, update");
  CHECK(routes.Match("POST", {"v1", "audit_entries", "batch"}).route->batch->Actions() == "get");
  for (const char* verb : {"GET", "PATCH", "PUT"}) {
    const auto other = routes.Match(verb, {"v1", "accounts", "batch"});
    CHECK(other.route == nullptr);
    CHECK(other.allowed == std::vector<std::string>{"POST"});
  }
}

TEST_CASE("POST to a collection makes something, POST below an id does something with it") {
  const Routes routes;
  CHECK(routes.Match("POST", {"v1", "divisions"}).route->success_status == 201);
  CHECK(routes.Match("POST", {"v1", "quotes", "x", "submit"}).route->success_status == 200);
  CHECK(routes.Match("POST", {"v1", "price_previews"}).route->success_status == 200);
}

TEST_CASE("every operation says who may call it, and how a repeat is recognised") {
  const Routes routes;
  for (const auto& route : routes.all()) {
    INFO(route->verb << " " << route->path);
    const bool open = route->rules.audience == rpc::Audience::kPublic;
    const bool anyone = route->path == "/v1/me" || route->path == "/v1/requests/{request_id}";
    CHECK((open || anyone || !route->rules.permission.empty()));
    CHECK(route->path.starts_with("/v1/"));
    if (route->verb == "GET") CHECK(route->rules.idempotency == rpc::Idempotency::kNone);
  }
}

TEST_CASE("only a link's own operations are open, and those are a person's with a page") {
  const Routes routes;
  for (const auto& route : routes.all()) {
    INFO(route->verb << " " << route->path);
    const bool open = route->rules.audience == rpc::Audience::kPublic;
    CHECK(open == route->path.starts_with("/v1/public/"));
    if (open) CHECK(route->raw_answer);
    if (route->takes_form) CHECK(open);
  }
}

Result<quoting::v1::AcceptPublicQuoteRequest> Accepted(const char* body, const char* type) {
  const Routes routes;
  const auto match = routes.Match("POST", {"v1", "public", "quotes", "token"});
  auto call = ToRequest({match, {}, body, type, {"text/html", "Browser/1", "192.0.2.7"}});
  if (!call) return Failure(call.error());
  return static_cast<quoting::v1::AcceptPublicQuoteRequest&>(*call->request);
}

TEST_CASE("a page's form is read as JSON would be, and nobody says of themselves who they are") {
  constexpr char kForm[] = "application/x-www-form-urlencoded";
  const auto form = Accepted("name=Erika+M%C3%BCller&consent=true&version=2&content_hash=", kForm);
  REQUIRE(form);
  CHECK(form->token() == "token");
  CHECK(form->name() == "Erika Müller");
  CHECK(form->consent());
  CHECK(form->version() == 2);
  CHECK(form->content_hash().empty());
  CHECK(form->client_address() == "192.0.2.7");
  CHECK(form->user_agent() == "Browser/1");
  for (const char* bad : {"client_address=1.2.3.4", "token=other", "nothing=1", "name=a&name=b",
                          "version=x", "name=%zz", "name=%ff"}) {
    INFO(bad);
    CHECK(!Accepted(bad, kForm));
  }
  const auto json = Accepted(R"({"name":"Erika","client_address":"1.2.3.4"})", "application/json");
  REQUIRE(json);
  CHECK(json->name() == "Erika");
  CHECK(json->client_address() == "192.0.2.7");
  CHECK(Accepted("name=Erika", "text/plain").error().reason == "UNSUPPORTED_MEDIA_TYPE");
}

TEST_CASE("every resource that has a prefix and a getter can be expanded") {
  const Routes routes;
  for (const auto* prefix : {"acc", "div", "opp", "quo", "ord", "ctr", "prod"}) {
    INFO(prefix);
    CHECK(routes.GetterOf(prefix) != nullptr);
  }
  CHECK(routes.GetterOf("nothing") == nullptr);
}

TEST_CASE("an error code is declared once, with a status, a title and a remedy") {
  std::set<std::string> seen;
  for (const auto& error : AllErrors()) {
    INFO(error.code);
    CHECK(seen.insert(error.code).second);
    CHECK(error.status >= 400);
    CHECK(error.status < 600);
    CHECK(!error.title.empty());
    CHECK(!error.remedy.empty());
  }
}

TEST_CASE("a fault becomes a problem, and nothing internal leaks") {
  const Fault fault{.code = Code::kInvalidArgument,
                    .reason = "INVALID_REQUEST",
                    .message = "name is required.",
                    .violations = {{"/name", "REQUIRED", "name is required."}}};
  CHECK(StatusOf(fault) == 400);
  const std::string problem = ProblemJson(fault, "req_1");
  CHECK(problem.find(R"("errors":[{"pointer":"/name","code":"REQUIRED")") != std::string::npos);
  CHECK(problem.find(R"("instance":"/v1/requests/req_1")") != std::string::npos);
  const Fault internal{.code = Code::kInternal,
                       .reason = "INTERNAL",
                       .message = "relation \"secret\" does not exist",
                       .metadata = {{"transport", "10.0.0.1"}}};
  CHECK(ProblemJson(internal, "req_1").find("secret") == std::string::npos);
  CHECK(ProblemJson(internal, "req_1").find("10.0.0.1") == std::string::npos);
}

TEST_CASE("an idempotency key is bare or quoted, and printable") {
  CHECK(*ReadIdempotencyKey("order-4711") == "order-4711");
  CHECK(*ReadIdempotencyKey("\"order-4711\"") == "order-4711");
  CHECK(!ReadIdempotencyKey(""));
  CHECK(!ReadIdempotencyKey("\"\""));
  CHECK(!ReadIdempotencyKey("two words"));
  CHECK(ReadIdempotencyKey(std::string(255, 'k')));
  CHECK(!ReadIdempotencyKey(std::string(256, 'k')));
}

TEST_CASE("a trace goes on when it is well formed, and begins anew otherwise") {
  const std::string given = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  const std::string next = ContinueTrace(&given);
  CHECK(next.substr(0, 36) == given.substr(0, 36));
  CHECK(next.substr(36, 16) != given.substr(36, 16));
  for (const std::string bad : {"", "00-00000000000000000000000000000000-00f067aa0ba902b7-01", "x"}) {
    const std::string fresh = ContinueTrace(&bad);
    CHECK(fresh.size() == 55);
    CHECK(fresh.substr(3, 32) != std::string(32, '0'));
  }
}

}  // namespace
}  // namespace continuo::gateway
