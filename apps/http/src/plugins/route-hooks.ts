/** Returns the hooks of a route, with `first` in front. */
export function prependHook<First, Own>(
  first: First,
  own: Own | readonly Own[] | undefined,
): (First | Own)[] {
  if (own === undefined) return [first];
  return [first, ...(Array.isArray(own) ? (own as readonly Own[]) : [own as Own])];
}

/** Returns the hooks of a route, with `last` behind. */
export function appendHook<Last, Own>(last: Last, own: Own | readonly Own[] | undefined): (Last | Own)[] {
  if (own === undefined) return [last];
  return [...(Array.isArray(own) ? (own as readonly Own[]) : [own as Own]), last];
}
