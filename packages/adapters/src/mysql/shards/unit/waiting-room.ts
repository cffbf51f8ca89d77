import type { UnitOfWork } from '@frontrow/application/ports/shared/unit-of-work.ts';
import type { SaleCodes } from '@frontrow/application/ports/waiting-room/sale-codes.ts';
import { routed } from './routed.ts';
import type { Searched } from './searched.ts';
import type { Session } from './session.ts';

export function aimRoom(
  unit: UnitOfWork,
  { toConcert, toId }: Session,
  searched: Searched,
): Pick<UnitOfWork, 'queueEnds' | 'sellOuts' | 'saleCodes'> {
  return {
    queueEnds: routed(unit.queueEnds, {
      find: ({ concertId }) => toConcert(concertId),
      add: ({ concertId }) => toConcert(concertId),
      addAll: async ([end]) => (end === undefined ? undefined : toConcert(end.concertId)),
    }),
    sellOuts: routed(unit.sellOuts, { lock: toConcert, save: toConcert }),
    saleCodes: {
      ...routed<Omit<SaleCodes, 'lock'>>(unit.saleCodes, {
        add: ([code]) => toConcert(code!.saleCode.concertId),
        lockByDigest: toConcert,
        findUse: toConcert,
        countUse: ({ concertId }) => toConcert(concertId),
        revoke: toId,
      }),
      lock: searched(
        (id) => id,
        'sale_code',
        (id) => unit.saleCodes.lock(id),
      ),
    },
  };
}
