// The kinds of id that more than one service speaks of, with the prefixes that integrators see. A
// prefix is public interface: it is never changed or used again. Kinds that stay within one service
// are declared beside their domain in the same way.
#pragma once

#include "libs/ids/id.h"

namespace continuo::ids {

using DivisionId = Id<"div">;
using UserId = Id<"usr">;
using TeamId = Id<"team">;
using SecurityProfileId = Id<"prof">;
using ApiKeyId = Id<"key">;
using ResponsibilityLinkId = Id<"link">;
using ExchangeRateId = Id<"fx">;
using AuditEntryId = Id<"aud">;
using ProductId = Id<"prod">;
using ProductVersionId = Id<"pv">;
using SupplierId = Id<"sup">;
using AccountId = Id<"acc">;
using ContactId = Id<"con">;
using OnboardingId = Id<"onb">;
using LeadId = Id<"lead">;
using PipelineId = Id<"pipe">;
using OpportunityId = Id<"opp">;
using QuoteId = Id<"quo">;
using QuoteLineId = Id<"ql">;
using QuoteVersionId = Id<"qv">;
using ProposalId = Id<"prop">;
using ResidualDemandId = Id<"rd">;
using OrderId = Id<"ord">;
using OrderLineId = Id<"ol">;
using ContractId = Id<"ctr">;
using ScheduleId = Id<"sch">;
using ScheduleLineId = Id<"sl">;
using ReleaseBatchId = Id<"rb">;
using PurchaseOrderId = Id<"po">;
using BillableItemId = Id<"bi">;
using BillRunId = Id<"brun">;
using InvoiceId = Id<"inv">;
using InvoiceLineId = Id<"il">;
using CreditNoteId = Id<"cn">;
using PaymentId = Id<"pay">;
using AllocationId = Id<"alc">;
using TaxRateId = Id<"tax">;
using RevenueContractId = Id<"rc">;
using PerformanceObligationId = Id<"pob">;
using JournalEntryId = Id<"je">;
using AccountingPeriodId = Id<"ap">;
using ParticipantId = Id<"part">;
using CommissionPlanId = Id<"plan">;
using SaleLinkId = Id<"sale">;
using CreditId = Id<"cred">;
using CommissionStatementId = Id<"stmt">;
using WebhookEndpointId = Id<"we">;
using WebhookDeliveryId = Id<"wd">;
using EventId = Id<"evt">;
using RequestId = Id<"req">;

}  // namespace continuo::ids
