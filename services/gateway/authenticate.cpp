#include "services/gateway/authenticate.h"

#include <openssl/sha.h>

#include <memory>

#include "continuo/directory/v1/api_key.pb.h"
#include "libs/rpc/channels.h"

namespace continuo::gateway {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds kKeepGranted{5};
constexpr std::chrono::seconds kKeepRefused{1};
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

}  // namespace

void Authenticator::Authenticate(const std::string* authorization, const rpc::Call& call,
                                 Done done) {
  const std::string_view credential = BearerCredential(authorization);
  if (credential.empty()) return done(Unauthenticated());
  const std::string digest = Digest(credential);
  {
    std::unique_lock lock(mutex_);
    const auto entry = known_.find(digest);
    if (entry != known_.end() && Clock::now() < entry->second.until) {
      const auto result = entry->second.result;
      lock.unlock();
      return done(result);
    }
    auto& waiting = pending_[digest];
    waiting.push_back(std::move(done));
    if (waiting.size() > 1) return;
  }
  auto inner = rpc::Call::AsService("gateway", call.request_id);
  inner.traceparent = call.traceparent;
  inner.deadline = std::min(call.deadline, Clock::now() + std::chrono::seconds(5));
  if (IsKey(credential)) return LookUpKey(digest, credential, inner);
  verifier_.Verify(credential, [this, digest, inner](Result<oidc::Identity> identity) {
    if (!identity) return Remember(digest, Failure(identity.error()));
    LookUpIdentity(digest, *identity, inner);
  });
}

void Authenticator::LookUpKey(const std::string& digest, std::string_view secret,
                              const rpc::Call& inner) {
  directory::v1::AuthenticateKeyRequest request;
  request.set_secret(std::string(secret));
  LookUp(digest, "/continuo.directory.v1.DirectoryService/AuthenticateKey", inner, request);
}

void Authenticator::LookUpIdentity(const std::string& digest, const oidc::Identity& identity,
                                   const rpc::Call& inner) {
  directory::v1::AuthenticateIdentityRequest request;
  request.set_iss(identity.issuer);
  request.set_sub(identity.subject);
  LookUp(digest, "/continuo.directory.v1.DirectoryService/AuthenticateIdentity", inner, request);
}

void Authenticator::LookUp(const std::string& digest, const char* method, const rpc::Call& inner,
                           const google::protobuf::Message& request) {
  auto answer = std::make_shared<directory::v1::AuthenticatedPrincipal>();
  channels_.Start("directory", method, inner, request, answer.get(),
                  [this, digest, answer](Result<void> outcome) {
                    Result<rpc::Principal> result = Unauthenticated();
                    if (outcome) {
                      result = ToPrincipal(*answer);
                    } else if (outcome.error().code != Code::kUnauthenticated &&
                               outcome.error().code != Code::kNotFound) {
                      result = Failure(outcome.error());
                    }
                    Remember(digest, result);
                  });
}

void Authenticator::Remember(const std::string& digest, const Result<rpc::Principal>& result) {
  std::vector<Done> waiting;
  {
    std::lock_guard lock(mutex_);
    waiting = std::move(pending_[digest]);
    pending_.erase(digest);
    // A directory that could not be reached says nothing about the key.
    const bool settled = result || result.error().code == Code::kUnauthenticated;
    if (known_.size() >= kEntriesMax) known_.clear();
    if (settled) {
      known_.insert_or_assign(
          digest, Entry{result, Clock::now() + (result ? kKeepGranted : kKeepRefused)});
    }
  }
  for (auto& done : waiting) done(result);
}

}  // namespace continuo::gateway
