import { type ExportResult, ExportResultCode, setGlobalErrorHandler } from '@opentelemetry/core';
import type { SpanExporter } from '@opentelemetry/sdk-trace';
import type { Logger } from 'pino';

/** Reports the first of the exports that fail one after the other, in one line; spans that are not sent are lost. */
export function reportFailures(
  exporter: SpanExporter,
): SpanExporter & { readonly reportTo: (logger: Logger) => void } {
  let log: Logger | null = null;
  let isFailing = false;
  // The processor reports each failure of the exporter again.
  setGlobalErrorHandler(() => undefined);

  function observe({ code, error: err }: ExportResult): void {
    const fails = code !== ExportResultCode.SUCCESS;
    if (fails && !isFailing) log?.warn({ err }, 'traces are lost: the collector does not take them');
    if (!fails && isFailing) log?.info('the collector takes traces again');
    isFailing = fails;
  }

  return {
    export: (spans, done) =>
      exporter.export(spans, (result) => {
        observe(result);
        done(result);
      }),
    shutdown: () => exporter.shutdown(),
    forceFlush: async () => exporter.forceFlush?.(),
    reportTo: (logger) => void (log = logger),
  };
}
