// The names of the metadata that travel with internal calls.
#pragma once

namespace continuo::rpc::metadata {

inline constexpr char kToken[] = "continuo-token-bin";
inline constexpr char kRequestId[] = "x-request-id";
inline constexpr char kTraceparent[] = "traceparent";
inline constexpr char kIdempotencyKey[] = "idempotency-key";
inline constexpr char kIfMatch[] = "continuo-if-match";
inline constexpr char kCausation[] = "continuo-causation";
inline constexpr char kReplayed[] = "continuo-replayed";  // in the answer

}  // namespace continuo::rpc::metadata
