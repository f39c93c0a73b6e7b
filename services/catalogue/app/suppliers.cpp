#include "services/catalogue/app/suppliers.h"

#include "continuo/catalogue/v1/events.pb.h"
#include "continuo/catalogue/v1/supplier.pb.h"
#include "libs/events/append.h"
#include "libs/ids/kinds.h"
#include "libs/json/patch.h"
#include "libs/json/write.h"
#include "libs/postgres/database.h"
#include "libs/postgres/list.h"
#include "libs/postgres/message.h"
#include "libs/postgres/revision.h"
#include "services/catalogue/store/sql.h"

namespace continuo::catalogue::app {
namespace {

constexpr int kPaymentDays = 30;

Result<v1::Supplier> Load(postgres::Transaction& tx, const std::string& id) {
  const postgres::Rows rows = tx.Run(sql::select_supplier, postgres::IdOrNull("sup", id));
  if (rows.empty()) return NotFound("supplier", id);
  v1::Supplier supplier;
  postgres::Fill(rows.front(), &supplier);
  return supplier;
}

// Inserts or updates by `statement`; the code may be taken.
template <class... Values>
Result<void> Save(postgres::Transaction& tx, const postgres::Statement& statement,
                  const v1::Supplier& supplier, const postgres::Parameter& id,
                  const Values&... values) {
  std::string document;
  json::WriteMessage(supplier, &document);
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
        ASSIGN_OR_RETURN(v1::Supplier stored, Load(tx, id.ToString()));
        Publish<v1::SupplierCreated>(tx, stored);
        return stored;
      });
}

Result<v1::Supplier> GetSupplier(postgres::Database& database, const rpc::Call& call,
                                 const v1::GetSupplierRequest& request) {
  return database.Read(call,
                       [&](postgres::Transaction& tx) { return Load(tx, request.id()); });
}

Result<v1::ListSuppliersResponse> ListSuppliers(postgres::Database& database,
                                                const rpc::Call& call,
                                                const v1::ListSuppliersRequest& request) {
  return database.Read(call, [&](postgres::Transaction& tx) -> Result<v1::ListSuppliersResponse> {
    v1::ListSuppliersResponse response;
    const postgres::Parameter all[] = {nullptr};
    RETURN_IF_FAULT(postgres::List(tx, {.select = sql::select_supplier, .parameters = all},
                                   request, &response));
    return response;
  });
}

Result<v1::Supplier> UpdateSupplier(postgres::Database& database, const rpc::Call& call,
                                    const v1::UpdateSupplierRequest& request) {
  return database.Command<v1::Supplier>(
      call, [&](postgres::Transaction& tx) -> Result<v1::Supplier> {
        const postgres::Parameter id = postgres::IdOrNull("sup", request.id());
        if (tx.Run(sql::lock_supplier, id).empty()) return NotFound("supplier", request.id());
        ASSIGN_OR_RETURN(v1::Supplier supplier, Load(tx, request.id()));
        RETURN_IF_FAULT(postgres::CheckRevision(call, supplier.revision()));
        tx.AuditBefore(supplier);
        RETURN_IF_FAULT(json::ApplyPatch(request.update_mask(), request.supplier(), &supplier));
        if (!supplier.has_payment_days()) supplier.set_payment_days(kPaymentDays);
        RETURN_IF_FAULT(Save(tx, sql::update_supplier, supplier, id));
        ASSIGN_OR_RETURN(v1::Supplier stored, Load(tx, request.id()));
        Publish<v1::SupplierUpdated>(tx, stored);
        return stored;
      });
}

}  // namespace continuo::catalogue::app
