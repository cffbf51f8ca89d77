import { useEffect } from 'preact/hooks';

const REFRESH_MS = 10_000;

/** Calls `refresh` every ten seconds while the page is seen, and when it is seen again. It must be the same in every render. */
export function useRefresh(refresh: () => void): void {
  useEffect(() => {
    const refreshIfSeen = () => {
      if (!document.hidden) refresh();
    };
    const timer = setInterval(refreshIfSeen, REFRESH_MS);
    document.addEventListener('visibilitychange', refreshIfSeen);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', refreshIfSeen);
    };
  }, []);
}
