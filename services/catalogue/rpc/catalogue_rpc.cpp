#include "services/catalogue/rpc/catalogue_rpc.h"

#include "continuo/catalogue/v1/catalogue_service.pb.h"
#include "continuo/catalogue/v1/index_series.pb.h"
#include "continuo/catalogue/v1/price_book.pb.h"
#include "continuo/catalogue/v1/price_import.pb.h"
#include "continuo/catalogue/v1/price_preview.pb.h"
#include "continuo/catalogue/v1/product.pb.h"
#include "continuo/catalogue/v1/supplier.pb.h"
#include "continuo/catalogue/v1/version_adoption.pb.h"
#include "continuo/catalogue/v1/version_difference.pb.h"
#include "google/api/httpbody.pb.h"
#include "libs/postgres/database.h"
#include "libs/rpc/methods.h"
#include "services/catalogue/app/book_prices.h"
#include "services/catalogue/app/index_series.h"
#include "services/catalogue/app/preview_price.h"
#include "services/catalogue/app/price_book_entries.h"
#include "services/catalogue/app/price_books.h"
#include "services/catalogue/app/price_imports.h"
#include "services/catalogue/app/product_versions.h"
#include "services/catalogue/app/products.h"
#include "services/catalogue/app/suppliers.h"
#include "services/catalogue/app/version_adoptions.h"
#include "services/catalogue/app/version_difference.h"

namespace continuo::catalogue {

void OfferMethods(rpc::Methods& methods, const app::App& with) {
  methods.Serve(with.database, app::CreateProduct, app::GetProduct, app::ListProducts, app::UpdateProduct,
                app::PublishProduct, app::RetireProduct, app::ListProductVersions,
                app::GetProductVersion, app::CreateSupplier, app::GetSupplier, app::ListSuppliers,
                app::UpdateSupplier, app::GetProductVersionDifference, app::GetOffer,
                app::CreateVersionAdoption, app::GetVersionAdoption, app::ListVersionAdoptions,
                app::CreateIndexSeries, app::GetIndexSeries, app::ListIndexSeries,
                app::UpdateIndexSeries, app::AddIndexPoint, app::ListIndexPoints);
  methods.Serve(with, app::PreviewPrice, app::CreatePriceBook, app::GetPriceBook,
                app::ListPriceBooks, app::UpdatePriceBook, app::PublishPriceBook,
                app::RetirePriceBook, app::CreatePriceBookEntry, app::GetPriceBookEntry,
                app::ListPriceBookEntries, app::UpdatePriceBookEntry, app::RemovePriceBookEntry);
  methods.Serve(with, app::ExportPriceBookEntries, app::CreatePriceImport, app::GetPriceImport,
                app::ListPriceImports, app::TakePriceRows, app::CompletePriceImport,
                app::ListRefusedPriceRows);
}

}  // namespace continuo::catalogue
