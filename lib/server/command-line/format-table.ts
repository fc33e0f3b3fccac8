/** Formats rows as text. Pads every column but the last one with spaces. */
export function formatTable(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row.map((text, column) => text.padEnd(column === row.length - 1 ? 0 : (widths[column] ?? 0))).join("  "),
  );
  return lines.map((line) => `${line}\n`).join("");
}
