#include "libs/rpc/call.h"

namespace continuo::rpc {

bool Grants(const std::vector<std::string>& permissions, std::string_view permission) {
  const auto plural = permission.substr(0, permission.find('.'));
  for (const std::string& granted : permissions) {
    if (granted == "*" || granted == permission) return true;
    const bool whole_resource = granted.size() == plural.size() + 2 && granted.ends_with(".*");
    if (whole_resource && granted.starts_with(plural)) return true;
  }
  return false;
}

bool Call::Permits(std::string_view permission) const {
  return Grants(principal.permissions, permission);
}

Call Call::AsService(std::string service, std::string request_id) {
  Call call;
  call.principal.service = std::move(service);
  call.principal.permissions = {"*"};
  call.principal.sees_all = true;
  call.request_id = std::move(request_id);
  return call;
}

}  // namespace continuo::rpc
