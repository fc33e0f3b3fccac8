/** The parts of `document` that decide whether a secret may be shown. */
type PageState = Pick<Document, "hidden" | "hasFocus">;

/**
 * True while the page is visible and its window has the focus. A secret can arrive after the member has left
 * the window; it is then not shown, because no further `blur` event would hide it.
 */
export function mayShowSecret(page: PageState): boolean {
  return !page.hidden && page.hasFocus();
}
