/** Classes for a `Table`: below 768 px cells are stacked and the header is visible only to screen readers. */
export const stackedTable =
  "max-md:[&_td]:block max-md:[&_td]:py-1 max-md:[&_thead]:sr-only max-md:[&_tr]:block max-md:[&_tr]:py-2.5";
