"""页面: page or fragment, forms, errors, headers, assets. The only room that reads HX- headers."""
