#include "services/catalogue/app/suppliers.h"

#include "continuo/catalogue/v1/events.pb.h"
#include "continuo/catalogue/v1/supplier.pb.h"
#include "libs/events/append.h"
#include "libs/ids/kinds.h"
#include "libs/json/patch.h"
#include "libs/postgres/resource.h"
#include "services/catalogue/store/sql.h"

namespace continuo::catalogue::app {
namespace {

constexpr int kPaymentDays = 30;

const postgres::Resource kSupplier{sql::select_supplier, sql::lock_supplier};

// Inserts or updates by `statement`; the code may be taken.
template <class... Values>
Result<void> Save(postgres::Transaction& tx, const postgres::Statement& statement,
                  const v1::Supplier& supplier, const postgres::Parameter& id,
                  const Values&... values) {
  const std::string document = postgres::Document(supplier);
  try {
    tx.Run(statement, id, postgres::Json{document}, values...);
  } catch (const postgres::UniqueViolation&) {
    return FailedPrecondition("SUPPLIER_CODE_TAKEN",
                              "There is a supplier with code " + supplier.code() +
                                  ". Use another code, or that supplier.",
                              {{"code", supplier.code()}});
  }
  return {};
}

template <class Fact>
void Publish(postgres::Transaction& tx, const v1::Supplier& supplier) {
  Fact fact;
  fact.set_id(supplier.id());
  fact.set_revision(supplier.revision());
  events::Append(tx, fact, {.source_version = supplier.revision()});
}

}  // namespace

Result<v1::Supplier> CreateSupplier(postgres::Database& database, const rpc::Call& call,
                                    const v1::CreateSupplierRequest& request) {
  return database.Command<v1::Supplier>(
      call, [&](postgres::Transaction& tx) -> Result<v1::Supplier> {
        v1::Supplier supplier = request.supplier();
        if (!supplier.has_payment_days()) supplier.set_payment_days(kPaymentDays);
        const ids::SupplierId id = ids::SupplierId::New();
        RETURN_IF_FAULT(Save(tx, sql::insert_supplier, supplier, id, tx.now()));
        ASSIGN_OR_RETURN(v1::Supplier stored, Load<v1::Supplier>(tx, kSupplier, id.ToString()));
        Publish<v1::SupplierCreated>(tx, stored);
        return stored;
      });
}

Result<v1::Supplier> GetSupplier(postgres::Database& database, const rpc::Call& call,
                                 const v1::GetSupplierRequest& request) {
  return postgres::Get<v1::Supplier>(database, call, kSupplier, request);
}

Result<v1::ListSuppliersResponse> ListSuppliers(postgres::Database& database,
                                                const rpc::Call& call,
                                                const v1::ListSuppliersRequest& request) {
  return postgres::ListOf<v1::ListSuppliersResponse>(database, call, kSupplier, request);
}

Result<v1::Supplier> UpdateSupplier(postgres::Database& database, const rpc::Call& call,
                                    const v1::UpdateSupplierRequest& request) {
  return database.Command<v1::Supplier>(
      call, [&](postgres::Transaction& tx) -> Result<v1::Supplier> {
        ASSIGN_OR_RETURN(v1::Supplier supplier,
                         LoadForChange<v1::Supplier>(tx, kSupplier, request.id()));
        RETURN_IF_FAULT(json::ApplyPatch(request.update_mask(), request.supplier(), &supplier));
        if (!supplier.has_payment_days()) supplier.set_payment_days(kPaymentDays);
        RETURN_IF_FAULT(Save(tx, sql::update_supplier, supplier,
                             postgres::IdOrNull("sup", supplier.id())));
        ASSIGN_OR_RETURN(v1::Supplier stored, Load<v1::Supplier>(tx, kSupplier, request.id()));
        Publish<v1::SupplierUpdated>(tx, stored);
        return stored;
      });
}

}  // namespace continuo::catalogue::app
