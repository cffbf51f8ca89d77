import { hash } from 'node:crypto';

/** The slot of a concert or a user: where Vitess' vindex `binary_md5` puts it. */
export function slotOf(id: string): number {
  return hash('md5', id, 'buffer')[0]!;
}
