// The snapshots of divisions and accounts that documents are made with.
//
// A division's is taken when it is first needed and when it changes; an account's before it is
// billed. Documents keep the revision that they were made with, so that what they say never
// changes.
#pragma once

#include <optional>
#include <string>

#include "libs/calendar/zone.h"
#include "libs/ids/kinds.h"
#include "libs/result/result.h"
#include "services/billing/app/app.h"

namespace continuo::postgres {
class Transaction;
}
namespace continuo::crm::v1 {
class Account;
}
namespace continuo::directory::v1 {
class Division;
}

namespace continuo::billing::app {

struct Seller {
  int64_t revision = 0;
  std::string country;
  std::string invoice_series;
  calendar::Zone zone;
};

// Asks the owner; `pointer` names the field that holds the id. Not inside a transaction.
Result<directory::v1::Division> AskDivision(const App& app, const rpc::Call& call,
                                            const std::string& division_id,
                                            const std::string& pointer);
// NOT_FOUND stays NOT_FOUND.
Result<crm::v1::Account> AskAccount(const App& app, const rpc::Call& call,
                                    const std::string& account_id);

// Where the account is established decides its tax; an account that does not say is where it is
// billed. Empty: it does not say that either.
std::string CountryOf(const crm::v1::Account& account);

void StoreSeller(postgres::Transaction& tx, const directory::v1::Division& division);
void StoreCustomer(postgres::Transaction& tx, const crm::v1::Account& account);

// INTERNAL when the division was never stored: whoever uses one stores it first.
Result<Seller> CurrentSeller(postgres::Transaction& tx, const ids::Uuid& division);

}  // namespace continuo::billing::app
