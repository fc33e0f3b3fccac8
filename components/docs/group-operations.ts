import { httpMethods, type OpenApiDocument, type Operation } from "@/lib/environment-api/openapi/model";

/** An operation on the page. `method` is `ANY` for a path that has every method. */
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

/** Groups the operations by tag, with deprecated ones last. */
export function groupOperations({ tags, paths }: OpenApiDocument): OperationGroup[] {
  const entries = Object.entries(paths).flatMap(([path, item]) => {
    const operations = httpMethods.flatMap((method) => {
      const operation = item[method];
      return operation === undefined ? [] : [{ method: method.toUpperCase(), path, operation }];
    });
    const [first] = operations;
    const hasEveryMethod = operations.length === httpMethods.length;
    return first !== undefined && hasEveryMethod ? [{ ...first, method: "ANY" }] : operations;
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
