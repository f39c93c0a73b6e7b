#include "services/gateway/authenticate.h"

#include <openssl/sha.h>

#include <memory>
#include <utility>

#include "continuo/directory/v1/api_key.pb.h"
#include "libs/rpc/channels.h"

namespace continuo::gateway {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds kKeepGranted{5};
constexpr std::chrono::seconds kKeepRefused{1};
constexpr std::chrono::milliseconds kConfirmed{500};
constexpr size_t kEntriesMax = 10'000;
constexpr size_t kKeyMax = 200;

Failure Unauthenticated() {
  return Failure(Fault{.code = Code::kUnauthenticated,
                       .reason = "UNAUTHENTICATED",
                       .message = "Send Authorization: Bearer with a current API key, or the "
                                  "token of a user of Continuo."});
}

std::string Digest(std::string_view secret) {
  std::string digest(SHA256_DIGEST_LENGTH, '\0');
  SHA256(reinterpret_cast<const unsigned char*>(secret.data()), secret.size(),
         reinterpret_cast<unsigned char*>(digest.data()));
  return digest;
}

// What follows "Bearer "; empty: nothing does.
std::string_view BearerCredential(const std::string* authorization) {
  if (authorization == nullptr) return {};
  std::string_view value = *authorization;
  constexpr std::string_view kScheme = "bearer ";
  if (value.size() <= kScheme.size()) return {};
  for (size_t i = 0; i < kScheme.size(); ++i) {
    if (std::tolower(value[i]) != kScheme[i]) return {};
  }
  value.remove_prefix(kScheme.size());
  return value;
}

bool IsKey(std::string_view credential) {
  return credential.starts_with("ck_") && credential.size() <= kKeyMax;
}

rpc::Principal ToPrincipal(const directory::v1::AuthenticatedPrincipal& found) {
  rpc::Principal principal;
  principal.user_id = found.user_id();
  principal.key_id = found.key_id();
  principal.permissions.assign(found.permissions().begin(), found.permissions().end());
  principal.sees_all = found.sees_all();
  principal.division_ids.assign(found.division_ids().begin(), found.division_ids().end());
  return principal;
}

// Not past the credential's own end.
Clock::duration KeepFor(const directory::v1::AuthenticatedPrincipal& found) {
  if (!found.has_expires_at()) return kKeepGranted;
  const auto left = std::chrono::sys_seconds(std::chrono::seconds(found.expires_at().seconds())) -
                    std::chrono::system_clock::now();
  return std::clamp<Clock::duration>(left, Clock::duration::zero(), kKeepGranted);
}

}  // namespace

void Authenticator::Authenticate(const std::string* authorization, const rpc::Call& call,
                                 Done done) {
  const std::string_view credential = BearerCredential(authorization);
  if (credential.empty()) return done(Unauthenticated());
  auto inner = rpc::Call::AsService("gateway", call.request_id);
  inner.traceparent = call.traceparent;
  inner.deadline = std::min(call.deadline, Clock::now() + std::chrono::seconds(5));
  Answer({std::string(credential), Digest(credential), std::move(inner), std::move(done)});
}

void Authenticator::Answer(Question question) {
  std::unique_lock lock(mutex_);
  const auto now = Clock::now();
  const auto entry = known_.find(question.digest);
  if (entry == known_.end() || entry->second.until <= now) {
    auto& waiting = pending_[question.digest];
    waiting.push_back(std::move(question.done));
    const bool first = waiting.size() == 1;
    lock.unlock();
    if (first) LookUp(question);
    return;
  }
  if (now < confirmed_until_) {
    const auto result = entry->second.result;
    lock.unlock();
    return question.done(result);
  }
  const rpc::Call inner = question.call;
  unconfirmed_.push_back(std::move(question));
  const bool first = unconfirmed_.size() == 1;
  lock.unlock();
  if (first) Confirm(inner);
}

void Authenticator::Confirm(const rpc::Call& call) {
  auto answer = std::make_shared<directory::v1::CredentialRevision>();
  channels_.Start("directory", "/continuo.directory.v1.DirectoryService/GetCredentialRevision", call,
                  directory::v1::GetCredentialRevisionRequest(), answer.get(),
                  [this, answer](Result<void> outcome) {
                    Confirmed(outcome ? std::optional(answer->revision()) : std::nullopt);
                  });
}

void Authenticator::Confirmed(std::optional<int64_t> revision) {
  std::vector<Question> waiting;
  {
    std::lock_guard lock(mutex_);
    if (revision && *revision != revision_) {
      known_.clear();
      revision_ = *revision;
    }
    confirmed_until_ = Clock::now() + kConfirmed;
    waiting = std::exchange(unconfirmed_, {});
  }
  for (Question& question : waiting) Answer(std::move(question));
}

int64_t Authenticator::RevisionNow() {
  std::lock_guard lock(mutex_);
  return revision_;
}

void Authenticator::LookUp(const Question& question) {
  if (IsKey(question.credential)) {
    directory::v1::AuthenticateKeyRequest request;
    request.set_secret(question.credential);
    return Ask(question.digest, "/continuo.directory.v1.DirectoryService/AuthenticateKey",
               question.call, request);
  }
  verifier_.Verify(question.credential, [this, digest = question.digest, call = question.call](
                                            Result<oidc::Identity> identity) {
    if (!identity) {
      return Remember(digest, RevisionNow(), Failure(identity.error()), kKeepRefused);
    }
    directory::v1::AuthenticateIdentityRequest request;
    request.set_iss(identity->issuer);
    request.set_sub(identity->subject);
    Ask(digest, "/continuo.directory.v1.DirectoryService/AuthenticateIdentity", call, request);
  });
}

void Authenticator::Ask(const std::string& digest, const char* method, const rpc::Call& call,
                        const google::protobuf::Message& request) {
  auto answer = std::make_shared<directory::v1::AuthenticatedPrincipal>();
  channels_.Start("directory", method, call, request, answer.get(),
                  [this, digest, revision = RevisionNow(), answer](Result<void> outcome) {
                    if (outcome) {
                      return Remember(digest, revision, ToPrincipal(*answer), KeepFor(*answer));
                    }
                    const bool refused = outcome.error().code == Code::kUnauthenticated ||
                                         outcome.error().code == Code::kNotFound;
                    Remember(digest, revision,
                             refused ? Unauthenticated() : Failure(outcome.error()), kKeepRefused);
                  });
}

void Authenticator::Remember(const std::string& digest, int64_t revision,
                             const Result<rpc::Principal>& result, Clock::duration keep) {
  std::vector<Done> waiting;
  {
    std::lock_guard lock(mutex_);
    waiting = std::move(pending_[digest]);
    pending_.erase(digest);
    // A directory that could not be reached says nothing about the key, and what was read before a
    // change is not kept after it.
    const bool settled = result || result.error().code == Code::kUnauthenticated;
    if (known_.size() >= kEntriesMax) known_.clear();
    if (settled && revision == revision_) {
      known_.insert_or_assign(digest, Entry{result, Clock::now() + keep});
    }
  }
  for (auto& done : waiting) done(result);
}

}  // namespace continuo::gateway
