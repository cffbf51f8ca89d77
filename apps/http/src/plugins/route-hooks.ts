/** A hook for one route, in front of those that the route has of its own. */
export function prependHook<First, Own>(
  first: First,
  own: Own | readonly Own[] | undefined,
): (First | Own)[] {
  if (own === undefined) return [first];
  return [first, ...(Array.isArray(own) ? (own as readonly Own[]) : [own as Own])];
}
