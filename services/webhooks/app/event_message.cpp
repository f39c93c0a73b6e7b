#include "services/webhooks/app/event_message.h"

#include "continuo/webhooks/v1/event.pb.h"
#include "libs/postgres/message.h"

namespace continuo::webhooks::app {

v1::Event EventFrom(const postgres::Row& row) {
  v1::Event event;
  postgres::Fill(row, &event);
  event.set_specversion("1.0");
  event.set_datacontenttype("application/json");
  return event;
}

}  // namespace continuo::webhooks::app
