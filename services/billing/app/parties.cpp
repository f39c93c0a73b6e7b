#include "services/billing/app/parties.h"

#include "continuo/crm/v1/account.pb.h"
#include "continuo/directory/v1/division.pb.h"
#include "libs/postgres/database.h"
#include "libs/rpc/peers.h"
#include "services/billing/store/sql.h"

namespace continuo::billing::app {
namespace {

constexpr int kDefaultPaymentDays = 30;

std::vector<std::string> AddressLines(const crm::v1::Address& address) {
  std::vector<std::string> lines(address.lines().begin(), address.lines().end());
  std::string city = address.postal_code();
  if (!city.empty() && !address.city().empty()) city += " ";
  city += address.city();
  for (const std::string& line : {city, address.region(), address.country()}) {
    if (!line.empty()) lines.push_back(line);
  }
  return lines;
}

}  // namespace

std::string CountryOf(const crm::v1::Account& account) {
  return account.country().empty() ? account.billing_address().country() : account.country();
}

Result<directory::v1::Division> AskDivision(const App& app, const rpc::Call& call,
                                            const std::string& division_id,
                                            const std::string& pointer) {
  directory::v1::GetDivisionRequest request;
  request.set_id(division_id);
  Result<directory::v1::Division> division = app.peers.Ask<directory::v1::Division>(
      OnOwnBehalf(call), "continuo.directory.v1.DirectoryService/GetDivision", request);
  if (!division && division.error().code == Code::kNotFound) {
    return Invalid(pointer, "REFERENCE_NOT_FOUND", "There is no division " + division_id + ".");
  }
  return division;
}

Result<crm::v1::Account> AskAccount(const App& app, const rpc::Call& call,
                                    const std::string& account_id) {
  crm::v1::GetAccountRequest request;
  request.set_id(account_id);
  return app.peers.Ask<crm::v1::Account>(OnOwnBehalf(call),
                                         "continuo.crm.v1.CrmService/GetAccount", request);
}

void StoreSeller(postgres::Transaction& tx, const directory::v1::Division& division) {
  std::vector<std::string> tax_numbers;
  for (const auto& registration : division.tax_registrations()) {
    tax_numbers.push_back(registration.number());
  }
  tx.Run(sql::upsert_seller, postgres::IdOrNull("div", division.id()), division.revision(),
         division.name(), division.legal_name(), division.currency(), division.time_zone(),
         division.country(), division.invoice_series(), tax_numbers, tx.now());
}

void StoreCustomer(postgres::Transaction& tx, const crm::v1::Account& account) {
  std::vector<std::string> tax_numbers;
  for (const auto& tax_id : account.tax_ids()) tax_numbers.push_back(tax_id.number());
  const int payment_days =
      account.has_payment_days() ? account.payment_days() : kDefaultPaymentDays;
  tx.Run(sql::upsert_customer, postgres::IdOrNull("acc", account.id()), account.revision(),
         account.name(), postgres::NullIfEmpty(CountryOf(account)), payment_days,
         AddressLines(account.billing_address()), tax_numbers, tx.now());
}

Result<Seller> CurrentSeller(postgres::Transaction& tx, const ids::Uuid& division) {
  const postgres::Rows found = tx.Run(sql::find_seller, division);
  if (found.empty()) return Internal("no snapshot of division " + division.ToString());
  const postgres::Row row = found.front();
  ASSIGN_OR_RETURN(const calendar::Zone zone,
                   calendar::Zone::Find(std::string(row.Text("time_zone"))));
  return Seller{.revision = row.Int("revision"),
                .country = std::string(row.Text("country")),
                .invoice_series = std::string(row.Text("invoice_series")),
                .zone = zone};
}

}  // namespace continuo::billing::app
