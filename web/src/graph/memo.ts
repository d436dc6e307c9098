/** What is derived from an object once, and forgotten with it; *more* goes with the object. */
export function perObject<Key extends object, Made, More extends unknown[] = []>(
  make: (key: Key, ...more: More) => Made,
): (key: Key, ...more: More) => Made {
  const made = new WeakMap<Key, { of: Made }>();
  return (key, ...more) => {
    let found = made.get(key);
    if (!found) made.set(key, (found = { of: make(key, ...more) }));
    return found.of;
  };
}
