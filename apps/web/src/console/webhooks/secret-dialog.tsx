import { useSignal } from '@preact/signals';
import { Dialog } from '../../shared/components/dialog.tsx';

/** Shows a secret, which nobody can read again. */
export function SecretDialog({ secret, onClose }: { readonly secret: string; readonly onClose: () => void }) {
  const isCopied = useSignal(false);
  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(secret);
      isCopied.value = true;
    } catch {
      // a browser that forbids it still lets the user select the text
    }
  }
  return (
    <Dialog title="The secret of the endpoint" onClose={onClose}>
      <p>The receiver checks the signature of each message with it. Keep it now: it is not shown again.</p>
      <input
        class="input"
        readOnly
        aria-label="Secret"
        value={secret}
        onFocus={({ currentTarget }) => currentTarget.select()}
      />
      <div class="row">
        <button type="button" class="button button-quiet" onClick={() => void copy()}>
          Copy
        </button>
        <button type="button" class="button" onClick={onClose}>
          I have kept it
        </button>
        <span role="status">{isCopied.value ? 'Copied' : ''}</span>
      </div>
    </Dialog>
  );
}
