import { useEffect } from 'preact/hooks';
import { textsOf } from '../../shared/i18n/locale.ts';
import {
  askForNotifications,
  changeSound,
  isSoundReady,
  notificationState,
  playSound,
  prepareSound,
  wantsSound,
} from './alerts.ts';
import { roomMessages } from './messages.ts';

/** How a fan wants to be called besides the title of the page. Nothing is on unless the fan says so. */
export function AlertsPanel() {
  const texts = textsOf(roomMessages);
  useEffect(() => {
    // After a reload a browser lets a page play only once the fan has touched it.
    const prepare = () => wantsSound.value && !isSoundReady.value && void prepareSound();
    addEventListener('pointerup', prepare);
    addEventListener('keyup', prepare);
    return () => {
      removeEventListener('pointerup', prepare);
      removeEventListener('keyup', prepare);
    };
  }, []);
  return (
    <section class="card stack" aria-label={texts.alerts}>
      <h2>{texts.alerts}</h2>
      <div class="row">
        <label class="room-check">
          <input
            type="checkbox"
            checked={wantsSound.value}
            onChange={({ currentTarget }) => void changeSound(currentTarget.checked)}
          />
          {texts.sound}
        </label>
        {wantsSound.value && isSoundReady.value && (
          <button type="button" class="button button-quiet" onClick={playSound}>
            {texts.trySound}
          </button>
        )}
      </div>
      {wantsSound.value && !isSoundReady.value && <p class="muted small">{texts.soundBlocked}</p>}
      <Notifications />
    </section>
  );
}

function Notifications() {
  const texts = textsOf(roomMessages);
  switch (notificationState.value) {
    case 'unsupported':
      return null;
    case 'granted':
      return <p>{texts.notifyOn}</p>;
    case 'denied':
      return <p class="muted small">{texts.notifyBlocked}</p>;
    case 'default':
    default:
      return (
        <p>
          <button
            type="button"
            class="button button-quiet"
            onClick={() => void askForNotifications(texts.alerts, texts.notifyOn)}
          >
            {texts.notify}
          </button>
        </p>
      );
  }
}
