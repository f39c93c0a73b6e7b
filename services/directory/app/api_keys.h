// API keys: issued for a user, rotated with a grace period, revoked; and who calls with one.
//
// Expiry and revocation go by the wall clock. The secret is in the creating answer only; its SHA-256
// and first characters are stored.
#pragma once

#include "libs/result/result.h"

namespace continuo::rpc {
struct Call;
}
namespace continuo::directory::v1 {
class ApiKey;
class AuthenticateIdentityRequest;
class AuthenticateKeyRequest;
class AuthenticatedPrincipal;
class CreateApiKeyRequest;
class CredentialRevision;
class GetApiKeyRequest;
class GetCredentialRevisionRequest;
class ListApiKeysRequest;
class ListApiKeysResponse;
class RevokeApiKeyRequest;
class RotateApiKeyRequest;
}  // namespace continuo::directory::v1

namespace continuo::directory::app {

struct App;

Result<v1::ApiKey> CreateApiKey(const App& app, const rpc::Call& call,
                                const v1::CreateApiKeyRequest& request);
Result<v1::ApiKey> GetApiKey(const App& app, const rpc::Call& call,
                             const v1::GetApiKeyRequest& request);
Result<v1::ListApiKeysResponse> ListApiKeys(const App& app, const rpc::Call& call,
                                            const v1::ListApiKeysRequest& request);
Result<v1::ApiKey> RotateApiKey(const App& app, const rpc::Call& call,
                                const v1::RotateApiKeyRequest& request);
Result<v1::ApiKey> RevokeApiKey(const App& app, const rpc::Call& call,
                                const v1::RevokeApiKeyRequest& request);

Result<v1::AuthenticatedPrincipal> AuthenticateKey(const App& app, const rpc::Call& call,
                                                   const v1::AuthenticateKeyRequest& request);
Result<v1::AuthenticatedPrincipal> AuthenticateIdentity(
    const App& app, const rpc::Call& call, const v1::AuthenticateIdentityRequest& request);
Result<v1::CredentialRevision> GetCredentialRevision(
    const App& app, const rpc::Call& call, const v1::GetCredentialRevisionRequest& request);

}  // namespace continuo::directory::app
