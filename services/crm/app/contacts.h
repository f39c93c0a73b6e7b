// The people at an account.
#pragma once

#include "libs/result/result.h"

namespace continuo::postgres {
class Database;
}
namespace continuo::rpc {
struct Call;
}
namespace continuo::crm::v1 {
class Contact;
class CreateContactRequest;
class GetContactRequest;
class ListContactsRequest;
class ListContactsResponse;
class UpdateContactRequest;
}  // namespace continuo::crm::v1

namespace continuo::crm::app {

Result<v1::Contact> CreateContact(postgres::Database& database, const rpc::Call& call,
                                  const v1::CreateContactRequest& request);
Result<v1::Contact> GetContact(postgres::Database& database, const rpc::Call& call,
                               const v1::GetContactRequest& request);
Result<v1::ListContactsResponse> ListContacts(postgres::Database& database, const rpc::Call& call,
                                              const v1::ListContactsRequest& request);
Result<v1::Contact> UpdateContact(postgres::Database& database, const rpc::Call& call,
                                  const v1::UpdateContactRequest& request);

}  // namespace continuo::crm::app
