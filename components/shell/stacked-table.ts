/** For a `Table`: below 768 px a row's cells stand below each other, its head is only read out. */
export const stackedTable =
  "max-md:[&_td]:block max-md:[&_td]:py-1 max-md:[&_thead]:sr-only max-md:[&_tr]:block max-md:[&_tr]:py-2.5";
