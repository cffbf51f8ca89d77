import type { ComponentChildren } from 'preact';

type NoticeProps = {
  readonly tone?: 'info' | 'good' | 'warn' | 'bad';
  readonly title: string;
  /** An alert is read out at once; use it for what the user has to know now. */
  readonly alert?: boolean;
  readonly children?: ComponentChildren;
};

/** A boxed message with a title. */
export function Notice({ tone = 'info', title, alert = false, children }: NoticeProps) {
  return (
    <div class={`notice notice-${tone}`} role={alert ? 'alert' : undefined}>
      <strong>{title}</strong>
      {children}
    </div>
  );
}
