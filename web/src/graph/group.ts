/** Grouping; Map.groupBy is younger than the browsers and Node that the page runs on. */
export function groupBy<K, V>(values: Iterable<V>, key: (value: V) => K): Map<K, V[]> {
  const groups = new Map<K, V[]>();
  for (const value of values) {
    const at = key(value);
    const group = groups.get(at);
    if (group) group.push(value);
    else groups.set(at, [value]);
  }
  return groups;
}
