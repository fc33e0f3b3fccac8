/**
 * True when a JSON value has more than `maxNodes` nodes. Each value is a node: the outermost, every entry of a
 * list and every field of an object. Stops counting at the maximum, so that its own cost is bounded.
 */
export function exceedsNodes(value: unknown, maxNodes: number): boolean {
  let nodes = 1;
  const pending: object[] = [];
  const count = (inner: unknown) => {
    nodes += 1;
    if (typeof inner === "object" && inner !== null) pending.push(inner);
  };
  if (typeof value === "object" && value !== null) pending.push(value);
  for (let container = pending.pop(); container !== undefined; container = pending.pop()) {
    if (Array.isArray(container)) {
      if (nodes + container.length > maxNodes) return true;
      container.forEach(count);
    } else {
      const entries = Object.values(container);
      if (nodes + entries.length > maxNodes) return true;
      entries.forEach(count);
    }
  }
  return nodes > maxNodes;
}
