// A stored contact, and how one is added.
#pragma once

#include "libs/postgres/resource.h"

namespace continuo::crm::v1 {
class Contact;
}

namespace continuo::crm::app {

extern const postgres::Resource kContact;

// The account is known to exist.
Result<v1::Contact> InsertContact(postgres::Transaction& tx, const v1::Contact& contact);

}  // namespace continuo::crm::app
