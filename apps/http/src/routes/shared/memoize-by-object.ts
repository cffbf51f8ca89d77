/**
 * What is made of an object, made once and shared by all who ask while the object lives: for answers that many requests
 * are given from one cached or shared read. The object must not change.
 */
export function memoizeByObject<Of extends object, Made extends object>(
  make: (of: Of) => Made,
): (of: Of) => Made {
  const made = new WeakMap<Of, Made>();
  return (of) => {
    const known = made.get(of);
    if (known !== undefined) return known;
    const fresh = make(of);
    made.set(of, fresh);
    return fresh;
  };
}
