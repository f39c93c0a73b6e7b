// The first administrator, for `continuo keys create`: a way in before there is anyone to let you in.
//
//   ASSIGN_OR_RETURN(const auto made, CreateAdministrator(database, call, {.sandbox = true}));
//   made.secret                        // "ck_test_..."; it cannot be shown again
//
// It needs the database, not the API: whoever has that may do everything anyway. The profile
// "administrator" (all permissions, sees all) and the user are made once and found again later.
#pragma once

#include <string>

#include "libs/result/result.h"

namespace continuo::postgres {
class Database;
}
namespace continuo::rpc {
struct Call;
}

namespace continuo::directory {

struct AdministratorWanted {
  std::string email = "administrator@localhost.localdomain";
  std::string name = "Administrator";
  std::string key_name = "first key";
  bool sandbox = false;  // ck_test_ instead of ck_live_
};
struct AdministratorMade {
  std::string user_id;
  std::string key_id;
  std::string secret;
};

// `database` is directory's.
Result<AdministratorMade> CreateAdministrator(postgres::Database& database, const rpc::Call& call,
                                              const AdministratorWanted& wanted);

}  // namespace continuo::directory
