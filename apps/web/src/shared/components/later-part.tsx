import { signal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';
import { NotLoaded } from './page-errors.tsx';

/** A part of a page that is loaded when it is first shown, with `Loading` in its place until then. */
export function laterPart<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  Loading: ComponentType<Props>,
): ComponentType<Props> {
  const loaded = signal<ComponentType<Props> | null>(null);
  const start = async () => {
    const part = await load().catch(() => NotLoaded);
    loaded.value = part;
  };
  return function LaterPart(props) {
    useEffect(() => {
      if (loaded.peek() === null) void start();
    }, []);
    const Part = loaded.value ?? Loading;
    return <Part {...props} />;
  };
}
