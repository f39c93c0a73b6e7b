// A stored lead.
#pragma once

#include <string>

#include "libs/postgres/resource.h"

namespace continuo::crm::v1 {
class Lead;
}

namespace continuo::crm::app {

extern const postgres::Resource kLead;

// Locked for a change. LEAD_NOT_OPEN once converted or disqualified.
Result<v1::Lead> LoadOpenLead(postgres::Transaction& tx, const std::string& id);

}  // namespace continuo::crm::app
