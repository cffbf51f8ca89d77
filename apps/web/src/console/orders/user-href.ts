/** The page of a user, whose id may have any characters. */
export function userHref(userId: string, tab?: 'wallet'): string {
  const path = `/console/users/${encodeURIComponent(userId)}`;
  return tab === undefined ? path : `${path}/${tab}`;
}
