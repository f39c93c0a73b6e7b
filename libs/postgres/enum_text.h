// Enum values as columns and JSON spell them: QUOTE_STATUS_DRAFT of QuoteStatus is "draft". For
// this library's .cpp files only.
#pragma once

#include <string>
#include <string_view>

namespace google::protobuf {
class EnumDescriptor;
class EnumValueDescriptor;
}  // namespace google::protobuf

namespace continuo::postgres {

std::string EnumText(const google::protobuf::EnumValueDescriptor& value);
// Null when the enum has no such value.
const google::protobuf::EnumValueDescriptor* EnumOfText(
    const google::protobuf::EnumDescriptor& type, std::string_view text);

}  // namespace continuo::postgres
