import type { ExpectedVersions } from '@frontrow/domain/catalog/concert.ts';
import { checkLayout } from '@frontrow/domain/halls/check-layout.ts';
import type { LayoutTemplate } from '@frontrow/domain/halls/layout-template.ts';
import type { Layout } from '@frontrow/domain/halls/layout.ts';
import { countSeats } from '@frontrow/domain/halls/numbered-seats.ts';
import type { LayoutTemplateId } from '@frontrow/domain/shared/ids.ts';
import type { NotFound, PreconditionFailed, ValidationFailed } from '@frontrow/domain/shared/refusals.ts';
import { type Result, ok, refuse } from '@frontrow/domain/shared/result.ts';
import { expectCurrent } from '../../catalog/expect-current.ts';
import { NAME_USED } from '../../halls/name-used.ts';
import type { LayoutTemplates, LockedTemplate } from '../../ports/halls/layout-templates.ts';
import type { Ports } from '../../ports/ports.ts';
import type { AdminRequest } from '../../ports/shared/audit-log.ts';

type Target = {
  readonly layoutTemplateId: LayoutTemplateId;
  readonly expected: ExpectedVersions;
  readonly by: AdminRequest;
};
type Replaced = Result<LayoutTemplate, NotFound | PreconditionFailed | ValidationFailed>;
type Removed = Result<void, NotFound | PreconditionFailed>;
export type ReplaceLayoutTemplate = (
  command: Target & Pick<LayoutTemplate, 'name'> & { readonly layout: Layout },
) => Promise<Replaced>;
export type DeleteLayoutTemplate = (command: Target) => Promise<Removed>;

/** Replaces the name and the layout of the version that the caller has read. */
export function createReplaceLayoutTemplate({
  transact,
  clock,
}: Pick<Ports, 'transact' | 'clock'>): ReplaceLayoutTemplate {
  return async ({ layoutTemplateId, expected, name, layout, by }) => {
    const checked = checkLayout(layout, '/layout');
    return transact<Replaced>(async ({ layoutTemplates, auditLog }) => {
      const locked = await lockCurrent(layoutTemplates, layoutTemplateId, expected);
      if (!locked.ok) return locked;
      if (!checked.ok) return checked;
      const before = locked.value;
      const template: LayoutTemplate = {
        ...before.template,
        name,
        seatCount: countSeats(layout),
        version: before.template.version + 1,
        updatedAt: clock.now(),
      };
      const layoutDigest = await layoutTemplates.save(template, layout);
      if (layoutDigest === null) return refuse(NAME_USED);
      await auditLog.append({
        by,
        target: `layout-template/${layoutTemplateId}`,
        before: forAudit(before),
        after: forAudit({ template, layoutDigest }),
      });
      return ok(template);
    }, 'STAFF');
  };
}

/** Removes a template. The dates that have copied it keep their layouts. */
export function createDeleteLayoutTemplate({ transact }: Pick<Ports, 'transact'>): DeleteLayoutTemplate {
  return ({ layoutTemplateId, expected, by }) =>
    transact<Removed>(async ({ layoutTemplates, auditLog }) => {
      const locked = await lockCurrent(layoutTemplates, layoutTemplateId, expected);
      if (!locked.ok) return locked;
      await layoutTemplates.remove(layoutTemplateId);
      const before = forAudit(locked.value);
      await auditLog.append({ by, target: `layout-template/${layoutTemplateId}`, before, after: null });
      return ok(undefined);
    }, 'STAFF');
}

async function lockCurrent(
  layoutTemplates: LayoutTemplates,
  id: LayoutTemplateId,
  expected: ExpectedVersions,
): Promise<Result<LockedTemplate, NotFound | PreconditionFailed>> {
  const locked = await layoutTemplates.lock(id);
  const current = expectCurrent(locked?.template ?? null, 'layout template', expected);
  if (!current.ok) return current;
  return ok({ template: current.value, layoutDigest: locked?.layoutDigest ?? '' });
}

/** The layout itself is too large for the audit log. */
function forAudit({ template, layoutDigest }: LockedTemplate) {
  return { ...template, layoutDigest };
}
