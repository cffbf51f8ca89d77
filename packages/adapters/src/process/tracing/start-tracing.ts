import { NO_TRACING, type Tracing, type TracingConfig } from './tracing.ts';

/** Loads OpenTelemetry where a process is traced, and nothing of it otherwise. */
export async function startTracing(config: TracingConfig | null, serviceName: string): Promise<Tracing> {
  if (config === null) return NO_TRACING;
  const { createOtelTracing } = await import('./otel-tracing.ts');
  return createOtelTracing({ ...config, serviceName: config.serviceName ?? serviceName });
}
