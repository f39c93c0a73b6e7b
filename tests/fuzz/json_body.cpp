// JSON bodies: whatever is accepted is written and read again as the same message.
#include <google/protobuf/util/message_differencer.h>

#include <cstdint>
#include <cstdlib>

#include "continuo/catalogue/v1/product.pb.h"
#include "continuo/directory/v1/user.pb.h"
#include "continuo/quoting/v1/quote.pb.h"
#include "libs/json/read.h"
#include "libs/json/validate.h"
#include "libs/json/write.h"

namespace {

template <class Message>
void ReadWriteRead(std::string_view text) {
  Message message, again;
  const auto named = continuo::json::ReadMessage(text, &message);
  if (!named) return;
  (void)continuo::json::Validate(message);
  std::string written;
  continuo::json::WriteMessage(message, &written);
  if (!continuo::json::ReadMessage(written, &again, continuo::json::Direction::kResponse)) {
    std::abort();
  }
  if (!google::protobuf::util::MessageDifferencer::Equals(message, again)) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 1) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  switch (data[0] % 3) {
    case 0: ReadWriteRead<continuo::quoting::v1::Quote>(text); break;
    case 1: ReadWriteRead<continuo::catalogue::v1::Product>(text); break;
    default: ReadWriteRead<continuo::directory::v1::User>(text); break;
  }
  return 0;
}
