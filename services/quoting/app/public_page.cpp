#include "services/quoting/app/public_page.h"

#include "libs/document/html.h"
#include "libs/document/locale.h"
#include "services/quoting/app/public_quotes.h"
#include "services/quoting/domain/proposal_words.h"

namespace continuo::quoting::app {
namespace {

using document::Escape;
using domain::Words;

std::string PathOf(const std::string& token) { return "/v1/public/quotes/" + Escape(token); }

std::string PageOf(const PublicProposal& proposal, const std::string& title,
                   const std::string& body) {
  return document::Page({.language = proposal.locale,
                         .title = title + " - " + proposal.seller,
                         .header = proposal.seller,
                         .body = body});
}

// A list of what to mend, each a link to its field; read out at once.
std::string Errors(const Words& words, const FormState& state) {
  std::string items;
  const auto say = [&](bool wrong, const char* field, const char* text) {
    if (!wrong) return;
    items += "<li><a href=\"#" + std::string(field) + "\">" + Escape(text) + "</a></li>\n";
  };
  say(state.name_missing, "name", words.name_missing);
  say(state.consent_missing, "consent", words.consent_missing);
  say(state.choice_missing, "choice", words.choice_missing);
  say(state.comment_missing, "text", words.comment_missing);
  if (!state.refused.empty()) {
    return "<div class=\"error\" role=\"alert\"><p>" + Escape(state.refused) + "</p></div>\n";
  }
  if (items.empty()) return "";
  return "<div class=\"error\" role=\"alert\"><h2>" + Escape(words.wrong) + "</h2>\n<ul>\n" + items +
         "</ul></div>\n";
}

std::string Invalid(bool invalid, const char* described_by) {
  if (!invalid) return "";
  return std::string(" aria-invalid=\"true\" aria-describedby=\"") + described_by + "\"";
}

std::string Message(bool shown, const char* id, const char* text) {
  if (!shown) return "";
  return "<p class=\"error\" id=\"" + std::string(id) + "\">" + Escape(text) + "</p>\n";
}

struct OptionsForm {
  const PublicProposal& proposal;
  const Words& words;
  const FormState& state;

  bool IsMarked(const PublicOption& option) const {
    return state.options ? state.options->contains(option.code) : option.chosen;
  }
  std::string TextOf(const PublicOption& option) const {
    const document::Locale* locale = document::FindLocale(proposal.locale);
    return Escape(option.products + " - " + words.whole_term + ": " +
                  document::FormatMoney(option.term_total, *locale,
                                        document::CurrencyDisplay::kSymbol));
  }
  std::string Checkbox(const PublicOption& option) const {
    const std::string id = "option-" + Escape(option.code);
    return "<label class=\"check\" for=\"" + id + "\"><input type=\"checkbox\" id=\"" + id +
           "\" name=\"options\" value=\"" + Escape(option.code) + "\"" +
           (IsMarked(option) ? " checked" : "") + ">\n<span>" + TextOf(option) + "</span></label>\n";
  }
  // A list to choose from needs no script to keep alternatives apart, and no name of its own.
  std::string Alternatives(const std::string& group, size_t number) const {
    const std::string id = "alternatives-" + std::to_string(number);
    std::string items = "<option value=\"\"></option>\n";
    for (const PublicOption& option : proposal.options) {
      if (option.alternative_group != group) continue;
      items += "<option value=\"" + Escape(option.code) + "\"" +
               (IsMarked(option) ? " selected" : "") + ">" + TextOf(option) + "</option>\n";
    }
    return "<label for=\"" + id + "\">" + Escape(document::Filled(words.alternatives, {group})) +
           "</label>\n<select id=\"" + id + "\" name=\"options\" required" +
           Invalid(state.choice_missing, "choice-error") + ">\n" + items + "</select>\n";
  }
  std::string Html() const {
    if (proposal.options.empty()) return "";
    std::string html = "<fieldset id=\"choice\" tabindex=\"-1\">\n<legend>" + Escape(words.options) +
                       "</legend>\n<p>" + Escape(words.choose_note) + "</p>\n" +
                       Message(state.choice_missing, "choice-error", words.choice_missing);
    std::set<std::string> groups;
    for (const PublicOption& option : proposal.options) {
      if (option.alternative_group.empty()) {
        html += Checkbox(option);
      } else if (groups.insert(option.alternative_group).second) {
        html += Alternatives(option.alternative_group, groups.size());
      }
    }
    return html + "</fieldset>\n";
  }
};

std::string AcceptForm(const PublicProposal& proposal, const std::string& token, const Words& words,
                       const FormState& state) {
  return "<section aria-labelledby=\"accept\">\n<h2 id=\"accept\" tabindex=\"-1\">" +
         Escape(words.accept_heading) + "</h2>\n<form method=\"post\" action=\"" + PathOf(token) +
         "\">\n<input type=\"hidden\" name=\"version\" value=\"" +
         std::to_string(proposal.version) +
         "\">\n<input type=\"hidden\" name=\"content_hash\" value=\"" +
         Escape(proposal.content_hash) + "\">\n" +
         OptionsForm{proposal, words, state}.Html() + "<label for=\"name\">" + Escape(words.accept_name) +
         "</label>\n" + Message(state.name_missing, "name-error", words.name_missing) +
         "<input type=\"text\" id=\"name\" name=\"name\" autocomplete=\"name\" maxlength=\"200\" "
         "required value=\"" +
         Escape(state.name) + "\"" + Invalid(state.name_missing, "name-error") + ">\n" +
         Message(state.consent_missing, "consent-error", words.consent_missing) +
         "<label class=\"check\" for=\"consent\"><input type=\"checkbox\" id=\"consent\" "
         "name=\"consent\" value=\"true\" required" +
         (state.consent ? " checked" : "") + Invalid(state.consent_missing, "consent-error") +
         ">\n<span>" + Escape(proposal.consent) + "</span></label>\n<p class=\"small\">" +
         Escape(words.accept_note) + "</p>\n<button type=\"submit\">" +
         Escape(words.accept_button) + "</button>\n</form>\n</section>\n";
}

std::string CommentForm(const std::string& token, const Words& words, const FormState& state) {
  return "<section aria-labelledby=\"comment\">\n<h2 id=\"comment\">" +
         Escape(words.comment_heading) + "</h2>\n<form method=\"post\" action=\"" + PathOf(token) +
         "/comments\">\n<label for=\"text\">" + Escape(words.comment_text) + "</label>\n" +
         Message(state.comment_missing, "text-error", words.comment_missing) +
         "<textarea id=\"text\" name=\"text\" rows=\"4\" maxlength=\"4000\" required" +
         Invalid(state.comment_missing, "text-error") + ">" + Escape(state.comment) +
         "</textarea>\n<label for=\"comment-name\">" + Escape(words.comment_name) +
         "</label>\n<input type=\"text\" id=\"comment-name\" name=\"name\" autocomplete=\"name\" "
         "maxlength=\"200\" value=\"" +
         Escape(state.comment_name) + "\">\n<button type=\"submit\">" +
         Escape(words.comment_button) + "</button>\n</form>\n</section>\n";
}

std::string PdfLink(const std::string& token, const Words& words) {
  return "<p><a href=\"" + PathOf(token) + "/pdf\" type=\"application/pdf\">" + Escape(words.pdf) +
         "</a></p>\n";
}

std::string Confirmation(const PublicProposal& proposal, const Words& words) {
  const document::Locale* locale = document::FindLocale(proposal.locale);
  return "<p class=\"notice\" role=\"status\"><strong>" + Escape(words.thanks) + "</strong><br>" +
         Escape(document::Filled(words.thanks_text,
                                 {proposal.number, FormatDate(*proposal.accepted_on, *locale),
                                  proposal.order_number})) +
         "</p>\n";
}

}  // namespace

std::string PublicPage(const PublicProposal& proposal, const std::string& token,
                       const FormState& state) {
  const Words& words = domain::WordsOf(proposal.locale);
  if (proposal.accepted_on) {
    return PageOf(proposal, words.thanks,
                  Confirmation(proposal, words) + PdfLink(token, words) + proposal.html);
  }
  if (proposal.negotiating) {
    return PageOf(proposal, proposal.title,
                  "<p class=\"notice\">" + Escape(words.negotiating) + "</p>\n" +
                      Errors(words, state) + proposal.html + PdfLink(token, words) +
                      CommentForm(token, words, state));
  }
  return PageOf(proposal, proposal.title,
                "<p><a class=\"skip\" href=\"#accept\">" + Escape(words.skip) + "</a></p>\n" +
                    Errors(words, state) + proposal.html + PdfLink(token, words) +
                    AcceptForm(proposal, token, words, state) + CommentForm(token, words, state));
}

std::string CommentThanksPage(const PublicProposal& proposal, const std::string& token) {
  const Words& words = domain::WordsOf(proposal.locale);
  return PageOf(proposal, words.comment_thanks,
                "<h1>" + Escape(words.comment_thanks) + "</h1>\n<p><a href=\"" + PathOf(token) +
                    "\">" + Escape(words.back) + "</a></p>\n");
}

}  // namespace continuo::quoting::app
