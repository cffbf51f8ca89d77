import type { CreatedSaleCode } from '@frontrow/client';
import { useRef } from 'preact/hooks';
import { Dialog } from '../../../shared/components/dialog.tsx';
import { Notice } from '../../../shared/components/notice.tsx';
import { csvOf } from '../../components/csv.ts';
import { saveFile } from '../../components/save-file.ts';
import { showToast } from '../../components/toasts.tsx';

type CreatedCodesProps = {
  readonly codes: readonly CreatedSaleCode[];
  readonly onClose: () => void;
};

/** Shows new codes: the only time that they can be read. */
export function CreatedCodes({ codes, onClose }: CreatedCodesProps) {
  const area = useRef<HTMLTextAreaElement>(null);
  const text = codes.map(({ code }) => code).join('\n');
  const copy = async () => {
    area.current?.select();
    await navigator.clipboard.writeText(text);
    showToast('The codes are copied');
  };
  return (
    <Dialog title={codes.length === 1 ? 'Your new code' : `Your ${codes.length} new codes`} onClose={onClose}>
      <Notice tone="warn" title="Keep them now">
        <p>They are shown only once. frontrow stores digests of them.</p>
      </Notice>
      <textarea
        ref={area}
        class="input numbers"
        aria-label="Codes"
        readOnly
        rows={Math.min(10, codes.length + 1)}
        value={text}
      />
      <div class="row">
        <button
          type="button"
          class="button"
          onClick={() => {
            copy().catch(() => showToast('Press Ctrl+C to copy the marked codes'));
          }}
        >
          Copy
        </button>
        <button type="button" class="button button-quiet" onClick={() => saveCodes(codes)}>
          Save as CSV
        </button>
        <button type="button" class="button button-quiet" onClick={onClose}>
          Done
        </button>
      </div>
    </Dialog>
  );
}

function saveCodes(codes: readonly CreatedSaleCode[]): void {
  const rows = codes.map(({ code, label, usesMax, validFrom, validUntil }) => ({
    code,
    label,
    usesMax,
    validFrom,
    validUntil,
  }));
  saveFile('sale-codes.csv', new Blob([csvOf(rows)], { type: 'text/csv' }));
}
