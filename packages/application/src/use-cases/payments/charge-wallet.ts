import type { UserId } from '@frontrow/domain/shared/ids.ts';
import { invariant } from '@frontrow/domain/shared/invariant.ts';
import type { Money } from '@frontrow/domain/shared/money.ts';
import type {
  IdempotencyInProgress,
  IdempotencyKeyReused,
  WalletLimitExceeded,
} from '@frontrow/domain/shared/refusals.ts';
import { type Result, ok } from '@frontrow/domain/shared/result.ts';
import { type WalletEntry, charge } from '@frontrow/domain/payments/wallet.ts';
import type { LockedWallet } from '../../ports/payments/wallets.ts';
import type { Ports } from '../../ports/ports.ts';
import type { IdempotentRequest } from '../../ports/shared/idempotency.ts';
import type { LockMode } from '../../ports/shared/lock-mode.ts';
import { type Decision, answerTogether } from '../../shared/answer-together.ts';
import { GROUP_MAX, createGroupQueue } from '../../shared/group-queue.ts';
import type { Answer } from '../../shared/idempotently.ts';

export type ChargeWalletCommand = {
  readonly userId: UserId;
  readonly amount: Money;
  readonly request: IdempotentRequest;
};
type ChargeOutcome = Result<
  Answer<WalletEntry>,
  WalletLimitExceeded | IdempotencyKeyReused | IdempotencyInProgress
>;
export type ChargeWallet = (command: ChargeWalletCommand) => Promise<ChargeOutcome>;

type ChargeWalletPorts = Pick<Ports, 'transact' | 'lineOf' | 'ids' | 'traces'>;
/** The charges of a process form one queue, where they have no lines. */
const QUEUE = 'charges';

/** Charges a wallet in one transaction, together with the charges that arrive while another one runs. */
export function createChargeWallet(ports: ChargeWalletPorts, groupMax = GROUP_MAX): ChargeWallet {
  const chargeInGroup = createGroupQueue<ChargeWalletCommand, ChargeOutcome>(
    {
      // A service charges the wallets of many users, and may repeat a key.
      resourcesOf: ({ userId, request }) => [`wallet ${userId}`, `key ${request.userId} ${request.key}`],
      runTogether: (_, commands) => chargeTogether(ports, commands, 'SKIP'),
      async runAlone(_, command) {
        const [charged] = await chargeTogether(ports, [command], 'WAIT');
        invariant(charged !== undefined && charged !== null, 'a charge that waits for its lock is decided');
        return charged;
      },
    },
    { groupMax },
    ports.traces,
  );
  return (command) => chargeInGroup(ports.lineOf?.({ userId: command.userId }) ?? QUEUE, command);
}

function chargeTogether(
  { transact, ids }: ChargeWalletPorts,
  commands: readonly ChargeWalletCommand[],
  mode: LockMode,
): Promise<readonly (ChargeOutcome | null)[]> {
  return answerTogether<ChargeWalletCommand, WalletEntry, WalletLimitExceeded>(
    transact,
    commands,
    { userId: commands[0]!.userId },
    async ({ wallets }, newCommands) => {
      const locked = await wallets.lockAll(
        newCommands.map(({ userId }) => userId),
        mode,
      );
      const decisions = newCommands.map((command) => decide(command, locked.get(command.userId), ids));
      const entries = decisions.flatMap((decision) => (decision?.ok === true ? decision.value : []));
      if (entries.length > 0) await wallets.append(entries);
      return decisions;
    },
  );
}

/** Null where another transaction has locked the wallet. */
function decide(
  { userId, amount }: ChargeWalletCommand,
  locked: LockedWallet | undefined,
  ids: Ports['ids'],
): Decision<WalletEntry, WalletLimitExceeded> {
  if (locked === undefined) return null;
  const charged = charge(locked.wallet, amount);
  if (!charged.ok) return charged;
  return ok({ ...charged.value, id: ids.next(), userId, paymentId: null, createdAt: locked.asOf });
}
