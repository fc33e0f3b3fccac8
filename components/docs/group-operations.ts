import { httpMethods, type OpenApiDocument, type Operation } from "@/lib/environment-api/openapi/model";

/** An operation as the page shows it: one for all methods when the path answers every one. */
export type OperationEntry = {
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
};

export type OperationGroup = {
  readonly name: string;
  readonly id: string;
  readonly entries: readonly OperationEntry[];
};

/** The document's operations under their headings, older addresses last. */
export function groupOperations({ tags, paths }: OpenApiDocument): OperationGroup[] {
  const entries = Object.entries(paths).flatMap(([path, item]) => {
    const found = httpMethods.flatMap((method) => {
      const operation = item[method];
      return operation === undefined ? [] : [{ method: method.toUpperCase(), path, operation }];
    });
    const [first] = found;
    return first !== undefined && found.length === httpMethods.length ? [{ ...first, method: "ANY" }] : found;
  });
  return tags.map(({ name }) => {
    const own = entries.filter(({ operation }) => operation.tags.includes(name));
    return {
      name,
      id: name.toLowerCase().replaceAll(" ", "-"),
      entries: [
        ...own.filter(({ operation }) => !operation.deprecated),
        ...own.filter(({ operation }) => operation.deprecated),
      ],
    };
  });
}
