// The form in which a command's answer is kept for repeats. For this library's .cpp files only.
#pragma once

#include <string>

namespace google::protobuf {
class Message;
}

namespace continuo::postgres {

// Serialized, without the fields marked shown_once: a secret is given out once and stored never.
std::string AnswerToStore(const google::protobuf::Message& answer);

}  // namespace continuo::postgres
