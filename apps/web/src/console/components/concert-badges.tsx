import type { Concert } from '@frontrow/client';
import { Badge, type Tone } from './badges.tsx';

const VISIBILITIES: Readonly<Record<Concert['visibility'], readonly [Tone, string]>> = {
  DRAFT: ['neutral', 'Draft'],
  PUBLISHED: ['good', 'Published'],
  ARCHIVED: ['neutral', 'Archived'],
};

export function VisibilityBadge({ visibility }: Pick<Concert, 'visibility'>) {
  const [tone, text] = VISIBILITIES[visibility];
  return <Badge tone={tone}>{text}</Badge>;
}

/** Nothing while sales run: only what is unusual is shown. */
export function StoppedBadge({ salesState }: Pick<Concert, 'salesState'>) {
  return salesState === 'RUNNING' ? null : <Badge tone="bad">Sales stopped</Badge>;
}
