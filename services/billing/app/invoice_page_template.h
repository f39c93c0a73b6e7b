// The Mustache template of the invoice page. {{x}} escapes; there is no unescaped {{{x}}} in it.
#pragma once

#include <string_view>

namespace continuo::billing::app {

inline constexpr std::string_view kInvoicePageTemplate = R"html(<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{{title}}</title>
<style>
body { font: 14px/1.5 system-ui, sans-serif; margin: 3rem auto; max-width: 52rem; color: #1c2430; }
h1 { font-size: 1.6rem; margin: 2rem 0 1rem; }
.parties { display: flex; justify-content: space-between; gap: 2rem; }
address { font-style: normal; }
table { width: 100%; border-collapse: collapse; margin: 1rem 0; }
th { text-align: left; border-bottom: 2px solid #1c2430; }
th, td { padding: .35rem .5rem; vertical-align: top; }
tbody td { border-bottom: 1px solid #d8dde5; }
.amount { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
tfoot td { padding-top: .35rem; }
tfoot tr:last-child td { font-weight: 700; border-top: 2px solid #1c2430; }
dl { display: grid; grid-template-columns: max-content auto; gap: .1rem 1rem; }
dd { margin: 0; }
</style>
</head>
<body>
<div class="parties">
<address>
<strong>{{customer_name}}</strong><br>
{{#customer_lines}}{{line}}<br>
{{/customer_lines}}{{#customer_tax_numbers}}{{number}}<br>
{{/customer_tax_numbers}}</address>
<address>
<strong>{{seller_name}}</strong><br>
{{seller_country}}<br>
{{#seller_tax_numbers}}{{number}}<br>
{{/seller_tax_numbers}}</address>
</div>
<h1>{{title}}</h1>
<dl>
{{#issued_on}}<dt>Date</dt><dd>{{issued_on}}</dd>
{{/issued_on}}{{#due_on}}<dt>Due</dt><dd>{{due_on}}</dd>
{{/due_on}}</dl>
<table>
<thead><tr><th>#</th><th>Description</th><th>Period</th><th class="amount">Quantity</th>
<th class="amount">Tax</th><th class="amount">Net {{currency}}</th></tr></thead>
<tbody>
{{#lines}}<tr><td>{{position}}</td><td>{{description}}</td><td>{{period}}</td>
<td class="amount">{{quantity}}</td><td class="amount">{{tax_rate}} %</td><td class="amount">{{net}}</td></tr>
{{/lines}}</tbody>
<tfoot>
<tr><td colspan="5">Net</td><td class="amount">{{net}}</td></tr>
{{#taxes}}<tr><td colspan="5">Tax {{rate}} % on {{base}}</td><td class="amount">{{tax}}</td></tr>
{{/taxes}}<tr><td colspan="5">Total {{currency}}</td><td class="amount">{{total}}</td></tr>
</tfoot>
</table>
</body>
</html>
)html";

}  // namespace continuo::billing::app
