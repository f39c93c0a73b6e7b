#include "services/catalogue/app/version_adoptions.h"

#include "continuo/catalogue/v1/events.pb.h"
#include "continuo/catalogue/v1/product.pb.h"
#include "continuo/catalogue/v1/version_adoption.pb.h"
#include "libs/events/append.h"
#include "libs/ids/id.h"
#include "libs/postgres/resource.h"
#include "services/catalogue/app/product_rows.h"
#include "services/catalogue/app/product_versions.h"
#include "services/catalogue/store/sql.h"

namespace continuo::catalogue::app {
namespace {

using postgres::Transaction;

using VersionAdoptionId = ids::Id<"vad">;

// Adoptions never change: there is nothing to lock.
Result<v1::VersionAdoption> Load(Transaction& tx, const std::string& id) {
  const auto* kind = v1::VersionAdoption::descriptor();
  if (!VersionAdoptionId::Parse(id)) return postgres::NoSuch(kind, id);
  const postgres::Rows found = tx.Run(sql::select_version_adoption, postgres::IdOf(kind, id));
  if (found.empty()) return postgres::NoSuch(kind, id);
  v1::VersionAdoption adoption;
  postgres::Fill(found.front(), &adoption);
  return adoption;
}

Result<void> CheckAdoptable(Transaction& tx, const v1::VersionAdoption& asked) {
  const Result<v1::Product> product = LoadProduct(tx, asked.product_id());
  if (!product && product.error().code == Code::kNotFound) {
    return Invalid("/product_id", "REFERENCE_NOT_FOUND", "There is no such product. Check the id.");
  }
  RETURN_IF_FAULT(product);
  if (product->status() == v1::PRODUCT_STATUS_RETIRED) {
    return FailedPrecondition("PRODUCT_RETIRED",
                              "Product " + product->code() + " is no longer sold, to nobody.",
                              {{"product_id", asked.product_id()}});
  }
  const Result<v1::ProductVersion> version = FindVersion(tx, asked.product_id(), asked.version());
  if (!version && version.error().code == Code::kNotFound) {
    return Invalid("/version", "REFERENCE_NOT_FOUND",
                   "Product " + product->code() + " has no such version. Its newest is " +
                       std::to_string(product->version()) + ".");
  }
  RETURN_IF_FAULT(version);
  // Days of this form are ordered as their texts are.
  if (asked.effective_from() < version->effective_from()) {
    return Invalid("/effective_from", "OUT_OF_RANGE",
                   "The version itself is sold from " + version->effective_from() +
                       " on. Name that day or a later one.");
  }
  return {};
}

}  // namespace

std::string Adopt(Transaction& tx, const std::string& product_id, int32_t version,
                  calendar::Date effective_from, const std::string& reason) {
  const VersionAdoptionId id = VersionAdoptionId::New();
  tx.Run(sql::insert_version_adoption, id, postgres::IdOrNull("prod", product_id), version,
         effective_from, postgres::NullIfEmpty(reason), tx.now());
  return id.ToString();
}

Result<v1::VersionAdoption> CreateVersionAdoption(postgres::Database& database,
                                                  const rpc::Call& call,
                                                  const v1::CreateVersionAdoptionRequest& request) {
  const v1::VersionAdoption& asked = request.version_adoption();
  return database.Command<v1::VersionAdoption>(
      call, [&](Transaction& tx) -> Result<v1::VersionAdoption> {
        RETURN_IF_FAULT(CheckAdoptable(tx, asked));
        const std::string id =
            Adopt(tx, asked.product_id(), asked.version(), DayOrToday(tx, asked.effective_from()),
                  asked.reason());
        v1::VersionAdoptionCreated created;
        created.set_id(id);
        created.set_product_id(asked.product_id());
        created.set_version(asked.version());
        created.set_effective_from(asked.effective_from());
        events::Append(tx, created, {.source_version = 1});
        return Load(tx, id);
      });
}

Result<v1::VersionAdoption> GetVersionAdoption(postgres::Database& database, const rpc::Call& call,
                                               const v1::GetVersionAdoptionRequest& request) {
  return database.Read(call, [&](Transaction& tx) { return Load(tx, request.id()); });
}

Result<v1::ListVersionAdoptionsResponse> ListVersionAdoptions(
    postgres::Database& database, const rpc::Call& call,
    const v1::ListVersionAdoptionsRequest& request) {
  return database.Read(
      call, [&](Transaction& tx) -> Result<v1::ListVersionAdoptionsResponse> {
        v1::ListVersionAdoptionsResponse response;
        const postgres::Parameter all[] = {nullptr};
        RETURN_IF_FAULT(postgres::List(
            tx, {.select = sql::select_version_adoption, .parameters = all}, request, &response));
        return response;
      });
}

}  // namespace continuo::catalogue::app
