import { useEffect } from 'preact/hooks';

/** Calls `refresh` every so often while the page is seen, and when it is seen again. It must be the same in every render. */
export function useRefresh(refresh: () => void, everyMs: number): void {
  useEffect(() => {
    const refreshIfSeen = () => {
      if (!document.hidden) refresh();
    };
    const timer = setInterval(refreshIfSeen, everyMs);
    document.addEventListener('visibilitychange', refreshIfSeen);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', refreshIfSeen);
    };
  }, []);
}
