// The page that a proposal's link opens: the document, its PDF, a form to accept it and one to
// comment on it. It works without scripts, by keyboard and read aloud.
#pragma once

#include <optional>
#include <set>
#include <string>

namespace continuo::quoting::app {

struct PublicProposal;

// What a form was sent with, and what is wrong with it. Empty: it was not sent yet.
struct FormState {
  std::string name;
  bool consent = false;
  std::string comment, comment_name;
  std::optional<std::set<std::string>> options;  // that were marked; none: as the quote stands
  bool name_missing = false, consent_missing = false, comment_missing = false;
  bool choice_missing = false;
  std::string refused;  // why the offer cannot be accepted
};

// Open, or, once accepted, the confirmation.
std::string PublicPage(const PublicProposal& proposal, const std::string& token,
                       const FormState& state);
std::string CommentThanksPage(const PublicProposal& proposal, const std::string& token);

}  // namespace continuo::quoting::app
