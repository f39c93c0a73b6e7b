-- Reads only: all rates for sales from one country into another, of every code and day.
SELECT tax_code, rate, valid_from FROM tax_rate WHERE country = $1 AND customer_country = $2
