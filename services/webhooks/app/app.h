// What every use case gets beside its call and request.
#pragma once

namespace continuo::postgres {
class Database;
}
namespace continuo::rpc {
class Peers;
}

namespace continuo::webhooks::app {

class FeedWaiters;

struct App {
  postgres::Database& database;
  rpc::Peers& peers;
  // Plain http and loopback addresses are allowed.
  bool sandbox = false;
  // Those who wait for the feed to grow; null: nobody may.
  FeedWaiters* waiters = nullptr;
};

// Raised when events without a position, or deliveries, may be there.
inline constexpr char kFeedSignal[] = "webhooks/feed";
// Raised when the feed has grown.
inline constexpr char kPlacedSignal[] = "webhooks/placed";
inline constexpr char kDeliverySignal[] = "webhooks/deliveries";

}  // namespace continuo::webhooks::app
