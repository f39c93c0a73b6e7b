#include "services/quoting/app/direction_message.h"

#include "continuo/quoting/v1/quote.pb.h"

namespace continuo::quoting::app {

v1::Direction ToProto(domain::Direction direction) {
  switch (direction) {
    case domain::Direction::kSame:
      return v1::DIRECTION_SAME;
    case domain::Direction::kUp:
      return v1::DIRECTION_UP;
    case domain::Direction::kDown:
      return v1::DIRECTION_DOWN;
  }
  __builtin_unreachable();
}

}  // namespace continuo::quoting::app
