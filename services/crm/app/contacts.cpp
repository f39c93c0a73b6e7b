#include "services/crm/app/contacts.h"

#include "continuo/crm/v1/contact.pb.h"
#include "libs/ids/kinds.h"
#include "libs/json/patch.h"
#include "services/crm/app/account_rows.h"
#include "services/crm/app/contact_rows.h"
#include "services/crm/store/sql.h"

namespace continuo::crm::app {

using postgres::Document;
using postgres::IdOrNull;

const postgres::Resource kContact{sql::select_contact, sql::lock_contact};

Result<v1::Contact> InsertContact(postgres::Transaction& tx, const v1::Contact& contact) {
  const ids::ContactId id = ids::ContactId::New();
  tx.Run(sql::insert_contact, id, postgres::Json{Document(contact)},
         IdOrNull("acc", contact.account_id()), tx.now());
  return Load<v1::Contact>(tx, kContact, id.ToString());
}

Result<v1::Contact> CreateContact(postgres::Database& database, const rpc::Call& call,
                                  const v1::CreateContactRequest& request) {
  return database.Command<v1::Contact>(
      call, [&](postgres::Transaction& tx) -> Result<v1::Contact> {
        RETURN_IF_FAULT(CheckAccountExists(tx, request.contact().account_id(), "/account_id"));
        return InsertContact(tx, request.contact());
      });
}

Result<v1::Contact> GetContact(postgres::Database& database, const rpc::Call& call,
                               const v1::GetContactRequest& request) {
  return Get<v1::Contact>(database, call, kContact, request);
}

Result<v1::ListContactsResponse> ListContacts(postgres::Database& database, const rpc::Call& call,
                                              const v1::ListContactsRequest& request) {
  return ListOf<v1::ListContactsResponse>(database, call, kContact, request);
}

Result<v1::Contact> UpdateContact(postgres::Database& database, const rpc::Call& call,
                                  const v1::UpdateContactRequest& request) {
  return database.Command<v1::Contact>(
      call, [&](postgres::Transaction& tx) -> Result<v1::Contact> {
        ASSIGN_OR_RETURN(v1::Contact contact,
                         LoadForChange<v1::Contact>(tx, kContact, request.id()));
        RETURN_IF_FAULT(json::ApplyPatch(request.update_mask(), request.contact(), &contact));
        tx.Run(sql::update_contact, IdOrNull("con", request.id()),
               postgres::Json{Document(contact)});
        return Load<v1::Contact>(tx, kContact, request.id());
      });
}

}  // namespace continuo::crm::app
