import type { ComponentChildren } from 'preact';
import { useEffect, useId, useLayoutEffect, useRef } from 'preact/hooks';

type DialogProps = {
  readonly title: string;
  /** Called when the user closes the dialog, also by Escape. */
  readonly onClose: () => void;
  readonly children: ComponentChildren;
};

/** A modal dialog; it is open as long as it is rendered. */
export function Dialog({ title, onClose, children }: DialogProps) {
  const element = useRef<HTMLDialogElement>(null);
  const before = useRef<Element>(null);
  const titleId = useId();
  // Before the browser paints: a dialog that is not open yet would show within the page.
  useLayoutEffect(() => {
    before.current = document.activeElement;
    element.current?.showModal();
  }, []);
  // Once the dialog is removed: as long as it is there, nothing outside takes the focus.
  useEffect(() => () => giveFocusBack(before.current), []);
  return (
    <dialog ref={element} class="dialog stack" aria-labelledby={titleId} onClose={onClose}>
      <h2 id={titleId}>{title}</h2>
      {children}
    </dialog>
  );
}

/** A dialog that is removed while it is open leaves the focus nowhere. */
function giveFocusBack(before: Element | null): void {
  const isLost = document.activeElement === null || document.activeElement === document.body;
  if (isLost && before instanceof HTMLElement) before.focus();
}
