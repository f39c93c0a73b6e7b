#include "libs/postgres/message.h"

#include <google/protobuf/message.h>
#include <google/protobuf/timestamp.pb.h>

#include <charconv>
#include <shared_mutex>
#include <stdexcept>
#include <unordered_map>

#include "continuo/type/v1/money.pb.h"
#include "continuo/type/v1/options.pb.h"
#include "libs/ids/type_id.h"
#include "libs/json/read.h"
#include "libs/json/timestamp.h"
#include "libs/money/money.h"
#include "libs/postgres/array_text.h"
#include "libs/postgres/enum_text.h"
#include "libs/postgres/instant_text.h"
#include "libs/postgres/rows_data.h"

namespace continuo::postgres {
namespace {

namespace pb = google::protobuf;

// How a column's text becomes a field's value.
enum class Way {
  kScalar,     // one value of the field's own type
  kArray,      // an array literal into a repeated field of scalars
  kTimestamp,  // timestamptz into google.protobuf.Timestamp
  kMoney,      // (minor, currency) into type.v1.Money
  kJson,       // JSON into a message, repeated or map field
};

// Where the text of a scalar needs another form for a string field.
enum class TextForm { kPlain, kId, kDecimal, kInstant };

struct Step {
  int column = 0;
  const pb::FieldDescriptor* field = nullptr;
  Way way = Way::kScalar;
  TextForm form = TextForm::kPlain;
  std::string id_prefix;
  std::unordered_map<std::string, int> enum_numbers;
};
using Plan = std::vector<Step>;

[[noreturn]] void CannotHold(const pb::FieldDescriptor& field, std::string_view text) {
  throw std::logic_error(field.full_name() + " cannot hold '" + std::string(text) + "'");
}

template <class Number>
Number ParseNumber(const pb::FieldDescriptor& field, std::string_view text) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) CannotHold(field, text);
  return value;
}

std::string CanonicalDecimal(std::string_view text) {
  if (text.find('.') == std::string_view::npos) return std::string(text);
  text = text.substr(0, text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.remove_suffix(1);
  return std::string(text);
}

std::string TextOf(const Step& step, std::string_view text) {
  switch (step.form) {
    case TextForm::kPlain:
      return std::string(text);
    case TextForm::kDecimal:
      return CanonicalDecimal(text);
    case TextForm::kId: {
      const Result<ids::Uuid> uuid = ids::Uuid::Parse(text);
      if (!uuid) CannotHold(*step.field, text);
      return ids::FormatTypeId(step.id_prefix, *uuid);
    }
    case TextForm::kInstant: {
      const std::optional<calendar::Instant> instant = InstantOfText(text);
      if (!instant) CannotHold(*step.field, text);
      return calendar::FormatInstant(*instant);
    }
  }
  return {};
}

int EnumNumberOf(const Step& step, std::string_view text) {
  const auto found = step.enum_numbers.find(std::string(text));
  if (found != step.enum_numbers.end()) return found->second;
  return ParseNumber<int>(*step.field, text);
}

std::string BytesOf(std::string_view hex) {
  std::string bytes;
  const auto digit = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
  for (size_t i = 2; i + 1 < hex.size(); i += 2) {
    bytes += static_cast<char>(digit(hex[i]) << 4 | digit(hex[i + 1]));
  }
  return bytes;
}

// Sets a singular field, or adds to a repeated one.
#define CONTINUO_PUT(Kind, value)                                     \
  (field.is_repeated() ? reflection.Add##Kind(message, &field, value) \
                       : reflection.Set##Kind(message, &field, value))
void PutScalar(const Step& step, std::string_view text, pb::Message* message) {
  const pb::FieldDescriptor& field = *step.field;
  const pb::Reflection& reflection = *message->GetReflection();
  switch (field.cpp_type()) {
    case pb::FieldDescriptor::CPPTYPE_STRING:
      if (field.type() == pb::FieldDescriptor::TYPE_BYTES) {
        return CONTINUO_PUT(String, BytesOf(text));
      }
      return CONTINUO_PUT(String, TextOf(step, text));
    case pb::FieldDescriptor::CPPTYPE_INT32:
      return CONTINUO_PUT(Int32, ParseNumber<int32_t>(field, text));
    case pb::FieldDescriptor::CPPTYPE_INT64:
      return CONTINUO_PUT(Int64, ParseNumber<int64_t>(field, text));
    case pb::FieldDescriptor::CPPTYPE_UINT32:
      return CONTINUO_PUT(UInt32, ParseNumber<uint32_t>(field, text));
    case pb::FieldDescriptor::CPPTYPE_UINT64:
      return CONTINUO_PUT(UInt64, ParseNumber<uint64_t>(field, text));
    case pb::FieldDescriptor::CPPTYPE_BOOL:
      return CONTINUO_PUT(Bool, text == "t");
    case pb::FieldDescriptor::CPPTYPE_ENUM:
      return CONTINUO_PUT(EnumValue, EnumNumberOf(step, text));
    case pb::FieldDescriptor::CPPTYPE_DOUBLE:
      return CONTINUO_PUT(Double, ParseNumber<double>(field, text));
    case pb::FieldDescriptor::CPPTYPE_FLOAT:
      return CONTINUO_PUT(Float, ParseNumber<float>(field, text));
    case pb::FieldDescriptor::CPPTYPE_MESSAGE:
      CannotHold(field, text);
  }
}
#undef CONTINUO_PUT

void PutTimestamp(const pb::FieldDescriptor& field, std::string_view text, pb::Message* message) {
  const std::optional<calendar::Instant> instant = InstantOfText(text);
  if (!instant) CannotHold(field, text);
  *static_cast<pb::Timestamp*>(message->GetReflection()->MutableMessage(message, &field)) =
      json::ToTimestamp(*instant);
}

void PutMoney(const pb::FieldDescriptor& field, std::string_view text, pb::Message* message) {
  const std::vector<std::optional<std::string>> parts = RowElements(text);
  if (parts.size() != 2) CannotHold(field, text);
  if (!parts[0] || !parts[1]) return;  // no amount yet
  const Result<money::Currency> currency = money::Currency::Parse(*parts[1]);
  if (!currency) CannotHold(field, text);
  auto* money =
      static_cast<type::v1::Money*>(message->GetReflection()->MutableMessage(message, &field));
  const auto minor = ParseNumber<int64_t>(field, *parts[0]);
  money->set_amount(money::Money::FromMinor(minor, *currency).AmountText());
  money->set_currency(*parts[1]);
}

// Read as a member of the whole message, so that every kind of field has one form.
void PutJson(const pb::FieldDescriptor& field, std::string_view text, pb::Message* message) {
  std::string object = "{\"" + field.name() + "\":";
  object.append(text).append("}");
  const std::unique_ptr<pb::Message> whole(message->New());
  if (!json::ReadMessage(object, whole.get(), json::Direction::kResponse)) CannotHold(field, text);
  message->GetReflection()->SwapFields(message, whole.get(), {&field});
}

void PutArray(const Step& step, std::string_view text, pb::Message* message) {
  for (const std::optional<std::string>& element : ArrayElements(text)) {
    if (!element) CannotHold(*step.field, text);
    PutScalar(step, *element, message);
  }
}

TextForm FormOf(const pb::FieldDescriptor& field, uint32_t type) {
  constexpr uint32_t kUuidArray = 2951;
  constexpr uint32_t kNumericArray = 1231;
  constexpr uint32_t kTimestamptzArray = 1185;
  const bool is_id = !field.options().GetExtension(type::v1::field).id().empty();
  if ((type == kUuid || type == kUuidArray) && is_id) return TextForm::kId;
  if (type == kNumeric || type == kNumericArray) return TextForm::kDecimal;
  if (type == kTimestamptz || type == kTimestamptzArray) return TextForm::kInstant;
  return TextForm::kPlain;
}

Way WayOf(const pb::FieldDescriptor& field, uint32_t type) {
  const bool is_message = field.cpp_type() == pb::FieldDescriptor::CPPTYPE_MESSAGE;
  if ((type == kJson || type == kJsonb) && (is_message || field.is_repeated())) return Way::kJson;
  if (field.is_repeated()) return Way::kArray;
  if (!is_message) return Way::kScalar;
  const std::string& name = field.message_type()->full_name();
  if (name == "google.protobuf.Timestamp") return Way::kTimestamp;
  if (name == "continuo.type.v1.Money") return Way::kMoney;
  throw std::logic_error(field.full_name() + " can be filled from a json column only");
}

Plan MakePlan(const Shape& shape, const pb::Descriptor& type) {
  Plan plan;
  for (size_t column = 0; column < shape.names.size(); ++column) {
    const pb::FieldDescriptor* field = type.FindFieldByName(shape.names[column]);
    if (field == nullptr) continue;
    const uint32_t column_type = shape.types[column];
    Step step{.column = static_cast<int>(column),
              .field = field,
              .way = WayOf(*field, column_type),
              .form = FormOf(*field, column_type),
              .id_prefix = field->options().GetExtension(type::v1::field).id()};
    for (int i = 0; field->enum_type() != nullptr && i < field->enum_type()->value_count(); ++i) {
      const pb::EnumValueDescriptor& value = *field->enum_type()->value(i);
      step.enum_numbers[EnumText(value)] = value.number();
    }
    plan.push_back(std::move(step));
  }
  return plan;
}

struct PlanKey {
  const Shape* shape;
  const pb::Descriptor* type;
  bool operator==(const PlanKey&) const = default;
};
struct PlanKeyHash {
  size_t operator()(const PlanKey& key) const {
    return std::hash<const void*>{}(key.shape) * 31 + std::hash<const void*>{}(key.type);
  }
};

// Shapes and generated types live for ever, so their addresses are their names.
const Plan& PlanFor(const PlanKey& key) {
  static std::shared_mutex mutex;
  static auto& plans = *new std::unordered_map<PlanKey, std::unique_ptr<const Plan>, PlanKeyHash>();
  {
    const std::shared_lock lock(mutex);
    const auto known = plans.find(key);
    if (known != plans.end()) return *known->second;
  }
  auto plan = std::make_unique<const Plan>(MakePlan(*key.shape, *key.type));
  const std::lock_guard lock(mutex);
  return *plans.try_emplace(key, std::move(plan)).first->second;
}

}  // namespace

void Fill(const Row& row, pb::Message* message) {
  const RowsData& data = row.data();
  for (const Step& step : PlanFor({data.shape, message->GetDescriptor()})) {
    const Cell& cell = data.At(row.index(), static_cast<size_t>(step.column));
    if (cell.text == nullptr) continue;
    const std::string_view text(cell.text, cell.size);
    switch (step.way) {
      case Way::kScalar:
        PutScalar(step, text, message);
        break;
      case Way::kArray:
        PutArray(step, text, message);
        break;
      case Way::kTimestamp:
        PutTimestamp(*step.field, text, message);
        break;
      case Way::kMoney:
        PutMoney(*step.field, text, message);
        break;
      case Way::kJson:
        PutJson(*step.field, text, message);
        break;
    }
  }
}

}  // namespace continuo::postgres
