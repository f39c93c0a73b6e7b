#include "services/gateway/exchange.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <algorithm>

#include "continuo/type/v1/batch.pb.h"
#include "continuo/type/v1/http_answer.pb.h"
#include "google/api/httpbody.pb.h"
#include "libs/document/html.h"
#include "libs/http/responder.h"
#include "libs/ids/type_id.h"
#include "libs/ids/uuid.h"
#include "libs/json/read.h"
#include "libs/json/write.h"
#include "libs/rpc/channels.h"
#include "libs/runtime/log.h"
#include "services/gateway/authenticate.h"
#include "services/gateway/batch.h"
#include "services/gateway/client_addresses.h"
#include "services/gateway/content_coding.h"
#include "services/gateway/problem.h"
#include "services/gateway/rate_limit.h"
#include "services/gateway/trace.h"

namespace continuo::gateway {
namespace {

using Clock = std::chrono::steady_clock;
using google::protobuf::Message;

constexpr std::chrono::seconds kDeadline{25};  // below the edge's own, so that the answer is ours

// The caller's own request id goes on when it is one of ours, so that a client can ask for
// /v1/requests/{id} even when it never saw the answer.
std::string RequestId(const http::Headers& headers) {
  const auto* given = http::FindHeader(headers, "x-request-id");
  if (given != nullptr && ids::ParseTypeId("req", *given)) return *given;
  return ids::FormatTypeId("req", ids::NewUuid());
}

Failure MethodNotAllowed(const RouteMatch& match) {
  std::string allow;
  for (const auto& verb : VerbsOf(match)) allow += (allow.empty() ? "" : ", ") + verb;
  return Failure(Fault{.code = Code::kUnimplemented,
                       .reason = "METHOD_NOT_ALLOWED",
                       .message = "This path has " + allow + ".",
                       .metadata = {{"allow", allow}}});
}

// "7" -> 7; a list or a weak tag is handed on as it is and matches no revision.
std::string Unquoted(const std::string& tag) {
  const bool quoted = tag.size() >= 2 && tag.front() == '"' && tag.back() == '"';
  return quoted ? tag.substr(1, tag.size() - 2) : tag;
}

// The deflated form of a representation has a tag of its own (RFC 9110 section 8.8.3.3); what it
// stands for is the same revision, so it is as good in If-Match.
constexpr std::string_view kGzipTag = "-gzip";

std::string RevisionTag(const std::string& tag) {
  std::string revision = Unquoted(tag);
  if (revision.ends_with(kGzipTag)) revision.resize(revision.size() - kGzipTag.size());
  return revision;
}

std::string TagOfGzip(const std::string& etag) {
  return etag.substr(0, etag.size() - 1) + std::string(kGzipTag) + "\"";
}

Failure UnsupportedCoding(const std::string& coding) {
  return Failure(Fault{.code = Code::kInvalidArgument,
                       .reason = "UNSUPPORTED_CODING",
                       .message = "Send the body plain, or with Content-Encoding: gzip.",
                       .metadata = {{"content_encoding", coding}}});
}

// No scripts, no requests, no frames, no forms; a page brings its style along.
constexpr char kNothingRuns[] =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'";

constexpr size_t kEdgeValueMax = 500;

EdgeValues EdgeOf(const http::Request& request, const ClientAddresses& addresses) {
  const auto header = [&](const char* name) {
    const auto* value = http::FindHeader(request.headers, name);
    std::string text = value == nullptr ? std::string() : value->substr(0, kEdgeValueMax);
    for (char& c : text) {
      if (c < ' ' || c > '~') c = '?';
    }
    return text;
  };
  return {header("accept"), header("user-agent"), addresses.Of(request)};
}

Fault RateLimited(std::chrono::seconds wait) {
  return {.code = Code::kResourceExhausted,
          .reason = "RATE_LIMITED",
          .message = "There have been too many calls. Wait for Retry-After seconds.",
          .metadata = {{"retry_after", std::to_string(wait.count())}}};
}

bool Matches(const std::string& if_none_match, const std::string& etag) {
  if (if_none_match == "*") return true;
  for (size_t begin = 0; begin < if_none_match.size();) {
    auto end = std::min(if_none_match.find(',', begin), if_none_match.size());
    std::string_view tag(if_none_match.data() + begin, end - begin);
    while (!tag.empty() && tag.front() == ' ') tag.remove_prefix(1);
    while (!tag.empty() && tag.back() == ' ') tag.remove_suffix(1);
    if (tag.starts_with("W/")) tag.remove_prefix(2);
    if (tag == etag || tag == TagOfGzip(etag)) return true;
    begin = end + 1;
  }
  return false;
}

std::string TextField(const Message& message, const char* name) {
  const auto* field = message.GetDescriptor()->FindFieldByName(name);
  const bool text = field != nullptr && !field->is_repeated() &&
                    field->cpp_type() == google::protobuf::FieldDescriptor::CPPTYPE_STRING;
  return text ? message.GetReflection()->GetString(message, field) : std::string();
}

std::string Escaped(std::string_view text) {
  constexpr char kHex[] = "0123456789ABCDEF";
  std::string out;
  for (const unsigned char c : text) {
    if (std::isalnum(c) || c == '-' || c == '_' || c == '.' || c == '~') {
      out += static_cast<char>(c);
    } else {
      out += {'%', kHex[c >> 4], kHex[c & 15]};
    }
  }
  return out;
}

// Of a page: of each of its rows, and the page itself stays whole.
Result<json::Selection> SelectFields(const std::string& fields,
                                     const google::protobuf::Descriptor& answer) {
  const auto* rows = PageData(answer);
  if (rows == nullptr) return json::ParseSelection(fields, answer);
  json::Selection page;
  for (int i = 0; i < answer.field_count(); ++i) page.parts[answer.field(i)->name()] = {};
  ASSIGN_OR_RETURN(page.parts[rows->name()], json::ParseSelection(fields, *rows->message_type()));
  return page;
}

// The same query with the next cursor.
std::string NextLink(const http::Request& request, const std::string& cursor) {
  std::string query;
  for (const auto& parameter : request.parameters) {
    if (parameter.name == "cursor") continue;
    query += Escaped(parameter.name) + "=" + Escaped(parameter.value) + "&";
  }
  return "<" + request.path + "?" + query + "cursor=" + Escaped(cursor) + ">; rel=\"next\"";
}

}  // namespace

Result<std::string> ReadIdempotencyKey(const std::string& header) {
  const std::string key = Unquoted(header);
  const bool printable =
      std::all_of(key.begin(), key.end(), [](unsigned char c) { return c > 32 && c < 127; });
  if (key.empty() || key.size() > 255 || !printable) {
    return Failure(Fault{.code = Code::kInvalidArgument,
                         .reason = "IDEMPOTENCY_KEY_INVALID",
                         .message = "An Idempotency-Key is 1 to 255 printable ASCII characters."});
  }
  return key;
}

Exchange::Exchange(const EdgeParts& parts, http::Request request, Answer answer,
                   std::shared_ptr<http::Responder> pieces)
    : parts_(parts),
      request_(std::move(request)),
      send_(std::move(answer)),
      pieces_(std::move(pieces)),
      received_(Clock::now()) {
  call_.request_id = RequestId(request_.headers);
  call_.traceparent = ContinueTrace(http::FindHeader(request_.headers, "traceparent"));
  call_.deadline = received_ + kDeadline;
}

Exchange::~Exchange() = default;

void Exchange::Start(http::Headers extra) {
  extra_ = std::move(extra);
  const std::string verb = request_.method == "HEAD" ? "GET" : request_.method;
  match_ = parts_.routes.Match(verb, request_.segments);
  if (match_.route == nullptr) {
    if (!match_.allowed.empty()) return SendFault(MethodNotAllowed(match_).value());
    return SendFault(NotFound("path", request_.path).value());
  }
  if (IsPublic()) return AdmitPublic();
  Authenticate();
}

void Exchange::StartWithin(const rpc::Call& call, RouteMatch match) {
  call_.principal = call.principal;
  call_.request_id = call.request_id;
  call_.traceparent = call.traceparent;
  call_.deadline = call.deadline;
  match_ = std::move(match);
  Admit();
}

Result<void> Exchange::ReadHeaders() {
  RETURN_IF_FAULT(CheckAccept());
  if (const auto* key = http::FindHeader(request_.headers, "idempotency-key")) {
    ASSIGN_OR_RETURN(call_.idempotency_key, ReadIdempotencyKey(*key));
  }
  if (const auto* tag = http::FindHeader(request_.headers, "if-match")) {
    call_.if_match = RevisionTag(*tag);
    if (call_.if_match->empty()) {
      return Failure(Fault{.code = Code::kInvalidArgument,
                           .reason = "IF_MATCH_INVALID",
                           .message = "If-Match holds no tag. Send the ETag as you have read it."});
    }
  }
  return {};
}

Result<void> Exchange::Inflate() {
  const auto* coding = http::FindHeader(request_.headers, "content-encoding");
  if (coding == nullptr || *coding == "identity") return {};
  if (*coding != "gzip" && *coding != "x-gzip") return UnsupportedCoding(*coding);
  ASSIGN_OR_RETURN(request_.body, Gunzip(request_.body, match_.route->body_limit));
  return {};
}

Result<void> Exchange::CheckAccept() const {
  const auto* accept = http::FindHeader(request_.headers, "accept");
  if (accept == nullptr || match_.route->raw_answer) return {};
  for (const auto* type : {"*/*", "application/*", "application/json", "application/problem+json"}) {
    if (accept->find(type) != std::string::npos) return {};
  }
  return Failure(Fault{.code = Code::kInvalidArgument,
                       .reason = "NOT_ACCEPTABLE",
                       .message = "This answers application/json. Accept it."});
}

void Exchange::Authenticate() {
  parts_.authenticator.Authenticate(
      http::FindHeader(request_.headers, "authorization"), call_,
      [self = shared_from_this()](Result<rpc::Principal> principal) {
        if (!principal) return self->SendFault(principal.error());
        self->call_.principal = std::move(*principal);
        self->Admit();
      });
}

void Exchange::Admit() {
  if (!parts_.limiter.limits()) return Call();
  const auto& caller = call_.principal;
  const auto verdict =
      parts_.limiter.Take(caller.key_id.empty() ? caller.user_id : caller.key_id, Clock::now());
  for (auto& header : parts_.limiter.Tell(verdict)) extra_.push_back(std::move(header));
  if (!verdict.admitted) {
    delay_ = parts_.limiter.DelayOfRefusal();
    return SendFault(RateLimited(verdict.wait));
  }
  Call();
}

bool Exchange::IsPublic() const {
  return match_.route != nullptr && match_.route->rules.audience == rpc::Audience::kPublic;
}

// Nobody is known here but by where they call from.
void Exchange::AdmitPublic() {
  const auto verdict = parts_.public_limiter.Take(
      ClientAddresses::NetworkOf(parts_.addresses.Of(request_)), Clock::now());
  if (!verdict.admitted) {
    delay_ = parts_.public_limiter.DelayOfRefusal();
    return SendFault(RateLimited(verdict.wait));
  }
  Call();
}

// A batch needs one of its calls' permissions to be looked at; each call then needs its own.
Result<void> Exchange::CheckPermission() const {
  const Route& route = *match_.route;
  if (route.rules.audience != rpc::Audience::kApi) return {};
  std::string wanted = route.rules.permission;
  if (route.batch) {
    for (const Route* each : route.batch->All()) {
      if (call_.Permits(each->rules.permission)) return {};
      wanted = each->rules.permission;
    }
  } else if (wanted.empty() || call_.Permits(wanted)) {
    return {};
  }
  return PermissionDenied("PERMISSION_DENIED", "This needs the permission " + wanted + ".",
                          {{"permission", wanted}});
}

void Exchange::Call() {
  const Route& route = *match_.route;
  // Before headers and body are looked at: who may not call learns nothing of what would have been wrong.
  if (auto permitted = CheckPermission(); !permitted) return SendFault(permitted.error());
  if (auto read = ReadHeaders(); !read) return SendFault(read.error());
  if (auto inflated = Inflate(); !inflated) return SendFault(inflated.error());
  if (route.batch) return CallBatch();
  const auto* content_type = http::FindHeader(request_.headers, "content-type");
  auto transcoded = ToRequest({match_, request_.parameters, request_.body,
                               content_type == nullptr ? std::string_view() : *content_type,
                               EdgeOf(request_, parts_.addresses)});
  if (!transcoded) return SendFault(transcoded.error());
  transcoded_ = std::move(*transcoded);
  const auto& type = *route.method->output_type();
  auto expansions = Expansions::Parse(transcoded_.view.expand, parts_.routes, type);
  if (!expansions) return SendFault(expansions.error());
  expansions_ = std::move(*expansions);
  if (!transcoded_.view.fields.empty()) {
    auto selection = SelectFields(transcoded_.view.fields, type);
    if (!selection) return SendFault(selection.error());
    selection_ = std::move(*selection);
  }
  answer_.reset(
      google::protobuf::MessageFactory::generated_factory()->GetPrototype(&type)->New());
  parts_.channels.Start(
      route.rules.service, route.rules.path, call_, *transcoded_.request, answer_.get(),
      [self = shared_from_this()](Result<void> outcome) { self->Answered(std::move(outcome)); });
}

void Exchange::CallBatch() {
  const auto* content_type = http::FindHeader(request_.headers, "content-type");
  auto text = JsonText(request_.body, content_type == nullptr ? std::string_view() : *content_type);
  if (!text) return SendFault(text.error());
  for (const auto& parameter : request_.parameters) {
    if (parameter.name == "fields" || parameter.name == "expand[]") continue;
    return SendFault(UnknownParameter(parameter.name).value());
  }
  auto request = ReadBatch(*text, *match_.route->batch);
  if (!request) return SendFault(request.error());
  std::make_shared<BatchRun>(
      parts_, *match_.route->batch, std::move(*request),
      request_.path.substr(0, request_.path.rfind('/')), request_.parameters, call_,
      [self = shared_from_this()](std::string json, std::chrono::milliseconds delay) {
        self->delay_ = delay;
        self->SendJson(std::move(json));
      })
      ->Next();
}

void Exchange::SendJson(std::string json) {
  Send({.status = 200, .headers = {{"Content-Type", "application/json"}}, .body = std::move(json)});
}

void Exchange::Answered(Result<void> outcome) {
  if (!outcome) {
    PointIntoBody(*match_.route, &outcome.error());
    return SendFault(std::move(outcome).error());
  }
  if (expansions_.empty()) return SendAnswer();
  expansions_.Fetch(
      parts_.channels, call_, *answer_,
      [self = shared_from_this()](Result<void> fetched) { self->Expanded(std::move(fetched)); });
}

void Exchange::Expanded(Result<void> outcome) {
  if (!outcome) return SendFault(std::move(outcome).error());
  SendAnswer();
}

// Where what was made is read; beneath the collection it was posted to, unless it has a place of its
// own.
std::string Exchange::LocationOf(const std::string& id) const {
  const Route* getter = parts_.routes.GetterOf(id.substr(0, id.rfind('_')));
  if (getter == nullptr) return request_.path + "/" + id;
  return getter->path.substr(0, getter->path.find('{')) + id;
}

void Exchange::SendAnswer() {
  const Route& route = *match_.route;
  http::Response response{.status = route.success_status};
  if (call_.notes->replayed) response.headers.push_back({"Idempotency-Replayed", "true"});
  if (route.raw_answer) {
    return SendRaw(std::move(response));
  }
  if (transcoded_.view.plain()) {
    if (const auto etag = EtagOf(*answer_)) {
      response.headers.push_back({"ETag", *etag});
      const auto* if_none_match = http::FindHeader(request_.headers, "if-none-match");
      if (route.verb == "GET" && if_none_match != nullptr && Matches(*if_none_match, *etag)) {
        response.status = 304;
        return Send(std::move(response));
      }
    }
  }
  const std::string id = TextField(*answer_, "id");
  if (response.status == 201 && !id.empty()) {
    response.headers.push_back({"Location", LocationOf(id)});
  }
  const std::string cursor = TextField(*answer_, "next_cursor");
  if (!cursor.empty()) response.headers.push_back({"Link", NextLink(request_, cursor)});
  response.headers.push_back({"Content-Type", "application/json"});
  const bool selects = !transcoded_.view.fields.empty();
  json::WriteMessage(*answer_, &response.body,
                     expansions_.Options(selects ? &selection_ : nullptr));
  Send(std::move(response));
}

void Exchange::SendRaw(http::Response response) {
  auto& body = static_cast<google::api::HttpBody&>(*answer_);
  type::v1::HttpAnswer says;
  for (const auto& extension : body.extensions()) extension.UnpackTo(&says);
  if (says.status() != 0) response.status = says.status();
  response.headers.push_back({"Content-Type", body.content_type()});
  // Documents hold customers' text: nothing in them may run.
  response.headers.push_back({"Content-Security-Policy", says.content_security_policy().empty()
                                                             ? kNothingRuns
                                                             : says.content_security_policy()});
  if (!says.file_name().empty()) {
    response.headers.push_back({"Content-Disposition", "inline; filename=\"" + says.file_name() + "\""});
  }
  if (!says.etag().empty()) {
    const std::string etag = "\"" + says.etag() + "\"";
    response.headers.push_back({"ETag", etag});
    const auto* if_none_match = http::FindHeader(request_.headers, "if-none-match");
    if (match_.route->verb == "GET" && if_none_match != nullptr && Matches(*if_none_match, etag)) {
      response.status = 304;
      return Send(std::move(response));
    }
  }
  if (!says.next().empty() && pieces_) {
    return SendPieces(std::move(response), {std::move(*body.mutable_data()), says.next()});
  }
  response.body = std::move(*body.mutable_data());
  Send(std::move(response));
}

void Exchange::SendPieces(http::Response head, Piece first) {
  const bool gzip = AcceptsGzip(http::FindHeader(request_.headers, "accept-encoding"));
  const int status = head.status;
  const auto run = PieceRun::Seat(
      parts_.documents,
      {.responder = pieces_,
       .ask = [self = shared_from_this()](const std::string& next, PieceRun::Asked asked) {
         self->AskPiece(next, std::move(asked));
       },
       .ended = [self = shared_from_this(), status](size_t bytes, const std::string& code) {
         self->code_ = code;
         self->Record(status, bytes);
       },
       .gzip = gzip});
  if (!run) {
    return SendFault(Unavailable("UNAVAILABLE", "Too many documents are on their way. Try again "
                                                "in a moment.").value());
  }
  head.headers.push_back({"Vary", "Accept-Encoding"});
  if (gzip) head.headers.push_back({"Content-Encoding", "gzip"});
  Seal(&head);
  if (request_.method == "HEAD") first = {};
  run->Start(std::move(head), std::move(first));
}

// As a request of its own: whose key is revoked meanwhile, or lacks the permission now, gets no more.
void Exchange::AskPiece(const std::string& next, PieceRun::Asked asked) {
  call_.deadline = Clock::now() + kDeadline;
  if (IsPublic()) return AskPieceAs({}, next, std::move(asked));
  parts_.authenticator.Authenticate(
      http::FindHeader(request_.headers, "authorization"), call_,
      [self = shared_from_this(), next, asked = std::move(asked)](Result<rpc::Principal> principal) {
        if (!principal) return asked(Failure(principal.error()));
        self->AskPieceAs(std::move(*principal), next, asked);
      });
}

void Exchange::AskPieceAs(rpc::Principal principal, const std::string& next, PieceRun::Asked asked) {
  call_.principal = std::move(principal);
  auto& request = *transcoded_.request;
  const auto* after = request.GetDescriptor()->FindFieldByName("after");
  if (after == nullptr) return asked(Internal("A document in pieces is asked for by `after`."));
  if (auto set = json::ReadText(next, *after, &request); !set) return asked(Failure(set.error()));
  answer_->Clear();
  const Route& route = *match_.route;
  parts_.channels.Start(
      route.rules.service, route.rules.path, call_, request, answer_.get(),
      [self = shared_from_this(), asked = std::move(asked)](Result<void> outcome) {
        if (!outcome) return asked(Failure(std::move(outcome).error()));
        auto& body = static_cast<google::api::HttpBody&>(*self->answer_);
        type::v1::HttpAnswer says;
        for (const auto& extension : body.extensions()) extension.UnpackTo(&says);
        asked(Piece{std::move(*body.mutable_data()), says.next()});
      });
}

// A person with a browser, who came by a link.
bool Exchange::WantsPage() const {
  const auto* accept = http::FindHeader(request_.headers, "accept");
  return IsPublic() && accept != nullptr && accept->find("text/html") != std::string::npos;
}

void Exchange::SendFault(Fault fault) {
  code_ = fault.reason;
  http::Response response{.status = StatusOf(fault)};
  response.headers.push_back({"Content-Type", "application/problem+json"});
  if (fault.reason == "METHOD_NOT_ALLOWED") {
    response.headers.push_back({"Allow", fault.metadata["allow"]});
  }
  if (response.status == 401) response.headers.push_back({"WWW-Authenticate", "Bearer"});
  const bool retry = response.status == 503 || response.status == 429 ||
                     fault.reason == "IDEMPOTENCY_KEY_IN_FLIGHT";
  if (retry) {
    const auto wait = fault.metadata.find("retry_after");
    response.headers.push_back({"Retry-After", wait == fault.metadata.end() ? "1" : wait->second});
  }
  if (fault.reason == "UNSUPPORTED_CODING") {
    response.headers.push_back({"Accept-Encoding", "gzip"});
  }
  if (WantsPage()) {
    response.headers.front() = {"Content-Type", "text/html; charset=utf-8"};
    response.headers.push_back({"Content-Security-Policy",
                                document::ContentSecurityPolicy(document::Forms::kNone)});
    response.body = ProblemPage(fault);
  } else {
    response.body = ProblemJson(fault, call_.request_id);
  }
  if (response.status >= 500) {
    runtime::log::Error("a request failed", {{"request_id", call_.request_id},
                                             {"trace_id", runtime::log::TraceId(call_.traceparent)},
                                             {"route", match_.route ? match_.route->path : ""},
                                             {"code", fault.reason},
                                             {"detail", fault.message},
                                             {"transport", fault.metadata["transport"]}});
  }
  Send(std::move(response));
}

void Exchange::Deflate(http::Response* response) const {
  response->headers.push_back({"Vary", "Accept-Encoding"});
  if (response->body.size() < kWorthGzip ||
      !AcceptsGzip(http::FindHeader(request_.headers, "accept-encoding"))) {
    return;
  }
  response->body = Gzip(response->body);
  response->headers.push_back({"Content-Encoding", "gzip"});
  for (auto& header : response->headers) {
    if (header.name == "ETag") header.value = TagOfGzip(header.value);
  }
}

// The headers that go on every answer.
void Exchange::Seal(http::Response* response) {
  response->headers.push_back({"X-Request-Id", call_.request_id});
  // What a public token opens stays with whoever has opened it.
  response->headers.push_back({"Cache-Control", IsPublic() ? "no-store" : "private, no-cache"});
  if (IsPublic()) {
    response->headers.push_back({"Referrer-Policy", "no-referrer"});
    response->headers.push_back({"X-Robots-Tag", "noindex, nofollow"});
  }
  response->headers.push_back({"X-Content-Type-Options", "nosniff"});
  for (auto& header : extra_) response->headers.push_back(std::move(header));
}

void Exchange::Send(http::Response response) {
  Deflate(&response);
  Seal(&response);
  Record(response.status, response.body.size());
  send_(std::move(response), delay_);
}

// One line for each request. It has the route, never the path: that may hold a public token, and a
// query a person's name.
void Exchange::Record(int status, size_t bytes) const {
  const double seconds = std::chrono::duration<double>(Clock::now() - received_).count();
  if (match_.route != nullptr) parts_.observe(*match_.route, status, seconds);
  runtime::log::Info("request",
                     {{"request_id", call_.request_id},
                      {"trace_id", runtime::log::TraceId(call_.traceparent)},
                      {"principal", call_.principal.user_id},
                      {"key_id", call_.principal.key_id},
                      {"method", request_.method},
                      {"route", match_.route == nullptr ? "" : match_.route->path},
                      {"status", std::to_string(status)},
                      {"code", code_},
                      {"bytes", std::to_string(bytes)},
                      {"ms", std::to_string(static_cast<int64_t>(seconds * 1000))}});
}

}  // namespace continuo::gateway
