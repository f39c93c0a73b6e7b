#include "libs/postgres/list.h"

#include <google/protobuf/message.h>
#include <google/protobuf/timestamp.pb.h>

#include <array>

#include "continuo/type/v1/options.pb.h"
#include "libs/ids/type_id.h"
#include "libs/json/timestamp.h"
#include "libs/postgres/cursor.h"
#include "libs/postgres/enum_text.h"
#include "libs/postgres/message.h"

namespace continuo::postgres {
namespace {

namespace pb = google::protobuf;

constexpr int kLimitDefault = 25;
constexpr int kLimitMax = 100;

struct Order {
  std::string column = "id";
  bool descending = false;
};

// The statement as it grows: conditions in its text, values as parameters.
struct Query {
  std::vector<Parameter> parameters;
  std::string conditions;
  std::string binding;  // all that a cursor must agree with

  std::string Place(Parameter value) {
    parameters.push_back(std::move(value));
    return "$" + std::to_string(parameters.size());
  }
  void Require(const std::string& condition) {
    conditions += (conditions.empty() ? "\nWHERE " : "\n  AND ") + condition;
  }
};

const pb::FieldDescriptor* FieldNamed(const pb::Message& message, const std::string& name) {
  return message.GetDescriptor()->FindFieldByName(name);
}

std::string TextField(const pb::Message& message, const std::string& name) {
  const pb::FieldDescriptor* field = FieldNamed(message, name);
  return field == nullptr ? "" : message.GetReflection()->GetString(message, field);
}

// REST writes its comparisons created_at[gte]; that is also how a violation names them.
struct Filter {
  std::string column;
  std::string comparison;
};
Filter FilterOf(const pb::FieldDescriptor& field) {
  constexpr std::array<std::array<std::string_view, 2>, 4> kSuffixes{
      {{"_gte", ">="}, {"_gt", ">"}, {"_lte", "<="}, {"_lt", "<"}}};
  for (const auto& [suffix, comparison] : kSuffixes) {
    if (!field.name().ends_with(suffix)) continue;
    return {field.name().substr(0, field.name().size() - suffix.size()), std::string(comparison)};
  }
  return {field.name(), "="};
}

Result<Parameter> TextValue(const pb::FieldDescriptor& field, const std::string& text) {
  const std::string& prefix = field.options().GetExtension(type::v1::field).id();
  if (prefix.empty()) return Parameter(text);
  const Result<ids::Uuid> id = ids::ParseTypeId(prefix, text);
  if (id) return Parameter(*id);
  return Invalid(field.name(), "INVALID_ID",
                 "'" + text + "' is not an id of this kind: it looks like " + prefix + "_01h...");
}

Parameter InstantValue(const pb::Message& message) {
  return json::ToInstant(static_cast<const pb::Timestamp&>(message));
}

// Value `i` of a repeated field, or the value of a singular one (i < 0).
Result<Parameter> ValueOf(const pb::Message& request, const pb::FieldDescriptor& field, int i) {
  const pb::Reflection& reflection = *request.GetReflection();
  const auto get = [&](auto singular, auto repeated) {
    return i < 0 ? (reflection.*singular)(request, &field)
                 : (reflection.*repeated)(request, &field, i);
  };
  using R = pb::Reflection;
  switch (field.cpp_type()) {
    case pb::FieldDescriptor::CPPTYPE_STRING:
      return TextValue(field, get(&R::GetString, &R::GetRepeatedString));
    case pb::FieldDescriptor::CPPTYPE_ENUM:
      return Parameter(EnumText(*get(&R::GetEnum, &R::GetRepeatedEnum)));
    case pb::FieldDescriptor::CPPTYPE_BOOL:
      return Parameter(get(&R::GetBool, &R::GetRepeatedBool));
    case pb::FieldDescriptor::CPPTYPE_INT32:
      return Parameter(get(&R::GetInt32, &R::GetRepeatedInt32));
    case pb::FieldDescriptor::CPPTYPE_INT64:
      return Parameter(get(&R::GetInt64, &R::GetRepeatedInt64));
    case pb::FieldDescriptor::CPPTYPE_MESSAGE:
      if (i < 0 && field.message_type()->full_name() == "google.protobuf.Timestamp") {
        return InstantValue(reflection.GetMessage(request, &field));
      }
      [[fallthrough]];
    default:
      throw std::logic_error(field.full_name() + " is of no type that a list can filter by");
  }
}

Result<void> AddFilter(const pb::Message& request, const pb::FieldDescriptor& field, Query* query) {
  const Filter filter = FilterOf(field);
  if (!field.is_repeated()) {
    ASSIGN_OR_RETURN(Parameter value, ValueOf(request, field, -1));
    query->binding += field.name() + "=" + *value.text() + "\n";
    query->Require("r." + filter.column + " " + filter.comparison + " " +
                   query->Place(std::move(value)));
    return {};
  }
  std::vector<Parameter> values;
  for (int i = 0; i < request.GetReflection()->FieldSize(request, &field); ++i) {
    ASSIGN_OR_RETURN(Parameter value, ValueOf(request, field, i));
    values.push_back(std::move(value));
  }
  Parameter any = Parameter::Array(values);
  query->binding += field.name() + "=" + *any.text() + "\n";
  query->Require("r." + filter.column + " = ANY(" + query->Place(std::move(any)) + ")");
  return {};
}

bool IsOneOf(std::string_view name, std::span<const std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

Result<void> AddFilters(const pb::Message& request, const ListQuery& list, Query* query) {
  constexpr std::array<std::string_view, 6> kControls{"limit", "cursor", "sort",
                                                      "q",     "expand", "fields"};
  std::vector<const pb::FieldDescriptor*> set;
  request.GetReflection()->ListFields(request, &set);
  for (const pb::FieldDescriptor* field : set) {
    if (IsOneOf(field->name(), kControls) || IsOneOf(field->name(), list.treated)) continue;
    RETURN_IF_FAULT(AddFilter(request, *field, query));
  }
  for (const Parameter& parameter : list.parameters) {
    query->binding += "$" + parameter.text().value_or("") + "\n";
  }
  return {};
}

void AddSearch(const std::string& q, const type::v1::ListRule& rule, Query* query) {
  if (q.empty() || rule.search().empty()) return;
  std::string pattern = "%";
  for (const char c : q) {
    if (c == '%' || c == '_' || c == '\\') pattern += '\\';
    pattern += c;
  }
  const std::string place = query->Place(pattern + "%");
  std::string any;
  for (const std::string& column : rule.search()) {
    any += (any.empty() ? "(r." : " OR r.") + column + " ILIKE " + place;
  }
  query->binding += "q=" + q + "\n";
  query->Require(any + ")");
}

Result<Order> OrderOf(const std::string& sort, const type::v1::ListRule& rule) {
  Order order;
  if (sort.empty()) return order;
  order.descending = sort.starts_with('-');
  order.column = sort.substr(order.descending ? 1 : 0);
  if (order.column == "id") return order;
  std::string choices = "id";
  for (const std::string& column : rule.sort()) {
    if (column == order.column) return order;
    choices += ", " + column;
  }
  return Invalid("sort", "INVALID_SORT",
                 "Sort by " + choices + "; '-' in front turns the order round.");
}

Result<int> LimitOf(const pb::Message& request) {
  const pb::FieldDescriptor* field = FieldNamed(request, "limit");
  if (field == nullptr) return kLimitDefault;
  const pb::Reflection& reflection = *request.GetReflection();
  const int limit = reflection.GetInt32(request, field);
  // Without `optional` a zero cannot be told from a limit that was not sent.
  if (!reflection.HasField(request, field)) return kLimitDefault;
  if (limit <= 0) {
    return Invalid("limit", "OUT_OF_RANGE", "The limit is from 1 to 100; 25 when it is left out.");
  }
  return std::min(limit, kLimitMax);
}

// The rows behind the cursor's row. NULLs are where Postgres' own order puts them: last, and first
// when descending.
void AddPosition(const Cursor& cursor, const Order& order, Query* query) {
  const std::string beyond = order.descending ? " < " : " > ";
  const std::string id = query->Place(cursor.id);
  const std::string column = "r." + order.column;
  if (order.column == "id") {
    query->Require("r.id" + beyond + id);
  } else if (cursor.sort_value) {
    const std::string value = query->Place(*cursor.sort_value);
    const std::string later = "(" + column + ", r.id)" + beyond + "(" + value + ", " + id + ")";
    query->Require(order.descending ? later : "(" + later + " OR " + column + " IS NULL)");
  } else {
    const std::string later = "(" + column + " IS NULL AND r.id" + beyond + id + ")";
    query->Require(order.descending ? "(" + later + " OR " + column + " IS NOT NULL)" : later);
  }
}

Failure InvalidCursor() {
  return Failure(Fault{.code = Code::kInvalidArgument,
                       .reason = "INVALID_CURSOR",
                       .message =
                           "The cursor does not belong to this list. Start again without one, "
                           "and keep filters and sort unchanged while paging."});
}

std::string TextOfSelect(const Statement& select) {
  std::string text(select.text);
  text.erase(text.find_last_not_of("; \n\t") + 1);
  return text;
}

const type::v1::ListRule& RuleOf(const ListQuery& list, const rpc::Call& call) {
  if (list.rule != nullptr) return *list.rule;
  std::string name = call.method.substr(call.method.starts_with('/') ? 1 : 0);
  std::replace(name.begin(), name.end(), '/', '.');
  const pb::MethodDescriptor* method = pb::DescriptorPool::generated_pool()->FindMethodByName(name);
  if (method == nullptr) return type::v1::ListRule::default_instance();
  return method->options().GetExtension(type::v1::method).list();
}

Page FillPage(const Rows& rows, int limit, const Order& order, const std::string& binding,
              pb::Message* response) {
  const pb::Reflection& reflection = *response->GetReflection();
  const pb::FieldDescriptor* data = FieldNamed(*response, "data");
  Page page{.size = std::min(rows.size(), static_cast<size_t>(limit)),
            .has_more = rows.size() > static_cast<size_t>(limit)};
  for (size_t i = 0; i < page.size; ++i) Fill(rows[i], reflection.AddMessage(response, data));
  reflection.SetBool(response, FieldNamed(*response, "has_more"), page.has_more);
  if (!page.has_more) return page;
  const Row last = rows[page.size - 1];
  Cursor cursor{.id = std::string(last.Text("id"))};
  if (order.column != "id") {
    const auto value = last.OptionalText(order.column);
    if (value) cursor.sort_value = std::string(*value);
  }
  page.next_cursor = EncodeCursor(cursor, binding);
  reflection.SetString(response, FieldNamed(*response, "next_cursor"), page.next_cursor);
  return page;
}

}  // namespace

Result<Page> List(Transaction& tx, const ListQuery& list, const pb::Message& request,
                  pb::Message* response) {
  const type::v1::ListRule& rule = RuleOf(list, tx.call());
  const std::string sort = TextField(request, "sort");
  ASSIGN_OR_RETURN(const Order order, OrderOf(sort, rule));
  ASSIGN_OR_RETURN(const int limit, LimitOf(request));
  Query query{.parameters = {list.parameters.begin(), list.parameters.end()},
              .binding = std::string(list.select.name) + "\n" + sort + "\n"};
  RETURN_IF_FAULT(AddFilters(request, list, &query));
  AddSearch(TextField(request, "q"), rule, &query);
  const std::string cursor_text = TextField(request, "cursor");
  if (!cursor_text.empty()) {
    const std::optional<Cursor> cursor = DecodeCursor(cursor_text, query.binding);
    if (!cursor) return InvalidCursor();
    AddPosition(*cursor, order, &query);
  }
  const std::string direction = order.descending ? " DESC" : "";
  std::string text = "SELECT * FROM (\n" + TextOfSelect(list.select) + "\n) AS r" +
                     query.conditions + "\nORDER BY r." + order.column + direction;
  if (order.column != "id") text += ", r.id" + direction;
  text += "\nLIMIT " + query.Place(limit + 1);
  const Rows rows = tx.RunDynamic(text, query.parameters);
  return FillPage(rows, limit, order, query.binding, response);
}

}  // namespace continuo::postgres
