import type { Side } from './section-plan.ts';

const ARROWS: Readonly<Record<Side, string>> = { top: '', right: '→', bottom: '↓', left: '←' };

/** Where the stage is, seen from the section. */
export function StageEdge({ side, text }: { readonly side: Side; readonly text: string }) {
  return (
    <p class={`stage-edge stage-edge-${side}`}>
      {text} {ARROWS[side] !== '' && <span aria-hidden="true">{ARROWS[side]}</span>}
    </p>
  );
}
