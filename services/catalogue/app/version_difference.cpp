#include "services/catalogue/app/version_difference.h"

#include <google/protobuf/message.h>

#include <algorithm>

#include "continuo/catalogue/v1/product.pb.h"
#include "continuo/catalogue/v1/version_difference.pb.h"
#include "continuo/type/v1/options.pb.h"
#include "libs/json/patch.h"
#include "libs/json/write.h"
#include "libs/postgres/database.h"
#include "services/catalogue/app/product_rows.h"
#include "services/catalogue/app/product_versions.h"

namespace continuo::catalogue::app {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

std::string Text(const Message& message) {
  std::string text;
  json::WriteMessage(message, &text);
  return text;
}

class Comparison {
 public:
  explicit Comparison(v1::ProductVersionDifference* found) : found_(found) {}

  void Compare(const std::string& pointer, const Message& before, const Message& after) {
    for (int i = 0; i < before.GetDescriptor()->field_count(); ++i) {
      const FieldDescriptor& field = *before.GetDescriptor()->field(i);
      // Revision, warnings and the like tell of the draft, not of what is sold.
      if (field.options().GetExtension(type::v1::field).output_only()) continue;
      CompareField(pointer + "/" + std::string(field.name()), field, before, after);
    }
  }

 private:
  void CompareField(const std::string& pointer, const FieldDescriptor& field, const Message& before,
                    const Message& after) {
    const bool of_ours = field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE && !field.is_map() &&
                         field.message_type()->full_name().starts_with("continuo.");
    if (of_ours && field.is_repeated()) return CompareElements(pointer, field, before, after);
    if (of_ours && before.GetReflection()->HasField(before, &field) &&
        after.GetReflection()->HasField(after, &field)) {
      return Compare(pointer, before.GetReflection()->GetMessage(before, &field),
                     after.GetReflection()->GetMessage(after, &field));
    }
    Tell(pointer, json::FieldText(before, field.name()), json::FieldText(after, field.name()));
  }

  void CompareElements(const std::string& pointer, const FieldDescriptor& field,
                       const Message& before, const Message& after) {
    const auto& reflection = *before.GetReflection();
    const int had = reflection.FieldSize(before, &field);
    const int has = reflection.FieldSize(after, &field);
    for (int i = 0; i < std::max(had, has); ++i) {
      const std::string element = pointer + "/" + std::to_string(i);
      if (i >= had) {
        Tell(element, "null", Text(reflection.GetRepeatedMessage(after, &field, i)));
      } else if (i >= has) {
        Tell(element, Text(reflection.GetRepeatedMessage(before, &field, i)), "null");
      } else {
        Compare(element, reflection.GetRepeatedMessage(before, &field, i),
                reflection.GetRepeatedMessage(after, &field, i));
      }
    }
  }

  void Tell(const std::string& pointer, const std::string& before, const std::string& after) {
    if (before == after) return;
    v1::ProductFieldDifference& difference = *found_->add_fields();
    difference.set_field(pointer);
    difference.set_before(before);
    difference.set_after(after);
  }

  v1::ProductVersionDifference* found_;
};

}  // namespace

Result<v1::ProductVersionDifference> GetProductVersionDifference(
    postgres::Database& database, const rpc::Call& call,
    const v1::GetProductVersionDifferenceRequest& request) {
  return database.Read(
      call, [&](postgres::Transaction& tx) -> Result<v1::ProductVersionDifference> {
        ASSIGN_OR_RETURN(const v1::ProductVersion before,
                         FindVersion(tx, request.product_id(), request.version()));
        ASSIGN_OR_RETURN(const v1::Product product, LoadProduct(tx, request.product_id()));
        const int32_t to = request.has_to() ? request.to() : product.version();
        ASSIGN_OR_RETURN(const v1::ProductVersion after,
                         FindVersion(tx, request.product_id(), to));
        v1::ProductVersionDifference difference;
        difference.set_product_id(request.product_id());
        difference.set_from_version(request.version());
        difference.set_to_version(to);
        Comparison(&difference).Compare("", before.product(), after.product());
        return difference;
      });
}

}  // namespace continuo::catalogue::app
