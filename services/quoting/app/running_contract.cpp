#include "services/quoting/app/running_contract.h"

#include "continuo/contracts/v1/running_contract.pb.h"
#include "libs/postgres/database.h"
#include "libs/rpc/peers.h"
#include "services/quoting/app/amounts.h"
#include "services/quoting/store/line_json.h"
#include "services/quoting/store/product_json.h"
#include "services/quoting/store/sql.h"

namespace continuo::quoting::app {
namespace {

using calendar::Date;
using money::Decimal;
using postgres::Transaction;

Failure ContractChanged(const std::string& contract_id, const std::string& why) {
  return FailedPrecondition("CONTRACT_CHANGED", "Contract " + contract_id + " " + why,
                            {{"contract_id", contract_id}});
}
Failure IsChanging(const std::string& contract_id) {
  return ContractChanged(contract_id, "is just being changed by another order. Read it and try again.");
}
Failure HasChanged(const domain::Quote& quote) {
  return ContractChanged(quote.contract->id.ToString(),
                         "was changed since the quote started from it. Quote the change again.");
}

Result<contracts::v1::RunningContract> AskContracts(
    const App& app, const rpc::Call& call, const contracts::v1::DescribeContractRequest& request) {
  auto contract = app.peers.Ask<contracts::v1::RunningContract>(
      AsQuoting(call), "continuo.contracts.v1.ContractsService/DescribeContract", request);
  if (!contract && contract.error().code == Code::kNotFound) {
    return Invalid("/contract_id", "REFERENCE_NOT_FOUND", "There is no such contract.");
  }
  return contract;
}

Result<Running> ReadContract(const contracts::v1::RunningContract& contract) {
  Running running{.contract = {},
                  .account_id = contract.account_id(),
                  .division_id = contract.division_id(),
                  .currency = contract.currency(),
                  .payment_days = contract.payment_days(),
                  .order_count = contract.order_count(),
                  .lines = {}};
  ASSIGN_OR_RETURN(running.contract.id, ids::ContractId::Parse(contract.contract_id()));
  running.contract.revision = contract.revision();
  return running;
}

Result<domain::RunningLine> ReadRunning(const contracts::v1::RunningLine& line) {
  domain::RunningLine running{.running = line.running()};
  if (!running.running) return running;
  ASSIGN_OR_RETURN(running.end_on, Date::Parse(line.end_on()));
  ASSIGN_OR_RETURN(running.effective_on, Date::Parse(line.effective_on()));
  ASSIGN_OR_RETURN(running.quantity, Decimal::Parse(line.quantity()));
  ASSIGN_OR_RETURN(running.amount, MoneyOf(line.amount()));
  ASSIGN_OR_RETURN(running.billing, store::ReadPeriod(line.billing_period()));
  running.periods_left = line.periods_left();
  ASSIGN_OR_RETURN(running.take_over_on, Date::Parse(line.take_over_on()));
  if (line.whole_days() > 0) running.part = {line.part_days(), line.whole_days()};
  ASSIGN_OR_RETURN(running.open_from, Date::Parse(line.open_from()));
  ASSIGN_OR_RETURN(running.ended_total, MoneyOf(line.ended_total()));
  return running;
}

Result<domain::SoldLine> FindSold(Transaction& tx, const NewLine& line,
                                  const ids::ContractId& contract) {
  const postgres::Rows found = tx.Run(sql::find_sold_line, line.change->order_line_id, contract);
  if (found.empty()) {
    return Invalid(line.pointer + "/change/order_line_id", "REFERENCE_NOT_FOUND",
                   "The contract has no such line.");
  }
  const postgres::Row row = found.front();
  return domain::SoldLine{
      .product = store::ParseProduct(row.Text("product"),
                                     static_cast<int>(row.Int("product_version"))),
      .net_unit_price = row.Decimal("net_unit_price"),
      .service_level = std::string(row.OptionalText("service_level").value_or("")),
      .order_number = std::string(row.Text("number")),
      .is_extended = row.Bool("is_extended"),
      .catch_up = {}};
}

int64_t CountOrders(Transaction& tx, const ids::ContractId& contract) {
  return tx.Run(sql::count_contract_orders, contract).front().Int("orders");
}

}  // namespace

Result<Running> AskRunning(const App& app, const rpc::Call& call, const std::string& contract_id,
                           const std::vector<NewLine>& lines) {
  contracts::v1::DescribeContractRequest request;
  request.set_contract_id(contract_id);
  std::vector<const NewLine*> asked;
  for (const NewLine& line : lines) {
    if (!line.change) continue;
    asked.push_back(&line);
    contracts::v1::LineAsked& named = *request.add_lines();
    named.set_order_line_id(line.change->order_line_id.ToString());
    if (line.change->effective_on) {
      named.set_effective_on(line.change->effective_on->ToString());
    }
  }
  ASSIGN_OR_RETURN(const auto contract, AskContracts(app, call, request));
  ASSIGN_OR_RETURN(Running running, ReadContract(contract));
  return app.database.Read(call, [&](Transaction& tx) -> Result<Running> {
    if (CountOrders(tx, running.contract.id) != running.order_count) return IsChanging(contract_id);
    for (size_t i = 0; i < asked.size(); ++i) {
      KnownLine known;
      ASSIGN_OR_RETURN(known.running, ReadRunning(contract.lines(static_cast<int>(i))));
      ASSIGN_OR_RETURN(known.sold, FindSold(tx, *asked[i], running.contract.id));
      if (known.running.part) {
        const calendar::Period until{known.running.effective_on, known.running.take_over_on};
        known.sold.catch_up =
            store::BilledOnceOver(known.sold.product, static_cast<int>(until.days()),
                                  known.running.part->ToRatio());
      }
      running.lines.emplace(asked[i]->pointer, std::move(known));
    }
    return running;
  });
}

Result<contracts::v1::RunningContract> DescribeWhole(const App& app, const rpc::Call& call,
                                                     const std::string& contract_id) {
  contracts::v1::DescribeContractRequest request;
  request.set_contract_id(contract_id);
  request.set_every_line(true);
  return AskContracts(app, call, request);
}

Result<void> CheckUnchanged(const domain::Quote& quote, const Running& running) {
  if (quote.contract->revision == running.contract.revision) return {};
  return HasChanged(quote);
}

Result<std::optional<RunningNow>> AskRunningNow(const App& app, const rpc::Call& call,
                                                const ids::QuoteId& quote_id) {
  contracts::v1::DescribeContractRequest request;
  RETURN_IF_FAULT(app.database.Read(call, [&](Transaction& tx) -> Result<void> {
    for (const postgres::Row row : tx.Run(sql::list_changed_lines, quote_id)) {
      request.set_contract_id(row.Id("ctr", "contract_id"));
      const auto change = store::ParseChange(row.OptionalText("change"));
      if (!change) continue;
      request.add_lines()->set_order_line_id(change->order_line_id.ToString());
    }
    return {};
  }));
  if (request.contract_id().empty()) return std::nullopt;
  ASSIGN_OR_RETURN(const auto contract, AskContracts(app, call, request));
  RunningNow now;
  ASSIGN_OR_RETURN(now.running, ReadContract(contract));
  for (const contracts::v1::RunningLine& line : contract.lines()) {
    if (!line.running()) continue;
    ASSIGN_OR_RETURN(const auto id, ids::OrderLineId::Parse(line.order_line_id()));
    ASSIGN_OR_RETURN(now.open_from[id], Date::Parse(line.open_from()));
  }
  return now;
}

Result<void> CheckAcceptedOn(Transaction& tx, const domain::Quote& quote,
                             const std::optional<RunningNow>& now) {
  if (!now) return {};
  tx.Run(sql::lock_contract, quote.contract->id);
  if (CountOrders(tx, quote.contract->id) != now->running.order_count) return HasChanged(quote);
  RETURN_IF_FAULT(CheckUnchanged(quote, now->running));
  for (const domain::Line& line : quote.lines) {
    if (!line.change) continue;
    const auto open = now->open_from.find(line.change->order_line_id);
    if (open == now->open_from.end()) return HasChanged(quote);
    RETURN_IF_FAULT(domain::CheckStillOpen(*line.change, open->second));
  }
  return {};
}

}  // namespace continuo::quoting::app
